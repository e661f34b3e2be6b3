import { refusedBy } from '../../support/appointments.ts';
import { decide } from '../../support/decided.ts';
import {
  AGAIN,
  attest,
  betweenOf,
  choose,
  givenIn,
  LIGHT,
  owed,
  PEEL,
  planned,
  RULES,
  sessionOf,
} from '../../support/listed.ts';
import { atEdge, atStage, for_, intervalOf, leaf } from '../../support/pathways.ts';
import { kinds, refusalOf } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';

const deviationsOf = ({ steps }: ReturnType<typeof planned>['plan']) =>
  steps
    .flatMap(({ journal }) => journal)
    .filter(({ kind }) => kind === 'deviation.raised')
    .map(({ details }) => details.code);

describe('sessions that differ', () => {
  it('are given in the order of their list, each reported with its name and what was done at it', () => {
    const { plan, give } = planned();
    expect(['2026-03-02', '2026-03-09', '2026-03-16'].map(give)).toEqual([
      'programme.ready',
      'programme.ready',
      'last.ready',
    ]);
    expect(plan.state.performed).toMatchObject([
      { session: 'one', procedures: ['facial', 'peel'] },
      { session: 'two', procedures: ['blue-light'] },
      { session: 'three', procedures: ['peel'] },
    ]);
    expect(deviationsOf(plan)).toEqual([]);
  });

  it('are said by their own titles to whoever books, starts and reports them', () => {
    const { plan, desk, give } = planned();
    expect(owed(plan)).toBe('Book Programme: First peel, session 1 of 3');
    give('2026-03-02');
    expect(owed(plan)).toBe('Book Programme: Blue light, session 2 of 3');
    desk.book('programme', '2026-03-10');
    expect(owed(plan)).toBe('Start Programme: Blue light, session 2 of 3, booked for 2026-03-10');
    desk.start('programme', on('2026-03-10'));
    expect(plan.state.waits['report/programme']?.title).toBe('Report Programme: Blue light, session 2 of 3');
  });

  it('of one alone is said without a number', () => {
    const { plan } = planned({ list: [PEEL] });
    expect(owed(plan)).toBe('Book Programme: First peel');
  });

  it('remember in their gates which of them a gate opened for', () => {
    const { plan, give } = planned();
    give('2026-03-02');
    give('2026-03-09');
    expect(plan.state.gates.map(({ session }) => session)).toEqual(['one', 'two']);
  });
});

describe('the gate of a session that is one among others', () => {
  const rulesAgainst = (answer: Parameters<typeof refusalOf>[0]) =>
    refusalOf(answer).reasons.map(({ finding }) => finding?.rule);

  it('asks the rules of what is done at this one, and of no other', () => {
    const { plan, desk, report } = planned({ more: { rules: RULES } });
    expect(rulesAgainst(desk.start('programme'))).toEqual(['irritation']);
    expect(Object.keys(plan.state.holds)).toEqual(['programme/irritation']);
    report('2026-03-02');
    expect(Object.keys(plan.state.holds)).toEqual(['programme/light']);
    expect(rulesAgainst(desk.start('programme'))).toEqual(['light']);
  });

  it('opens though a rule of a later one is met', () => {
    const { plan, desk } = planned({ more: { rules: RULES } });
    plan.observe([
      { fact: 'irritated', value: false },
      { fact: 'lightSensitive', value: true },
    ]);
    expect(desk.start('programme').outcome).toBe('accepted');
    plan.report('programme', '2026-03-02');
    expect(Object.keys(plan.state.holds)).toEqual(['programme/light']);
  });

  it('keeps its distance from what was done before by what is done at it', () => {
    const apart = intervalOf('apart', atEdge('end of peel'), 'peel', { minimum: for_(14, 'day') });
    const { plan, desk, give } = planned({ more: { intervals: [apart] } });
    attest(plan);
    give('2026-03-02');
    give('2026-03-03');
    expect(refusedBy(desk.start('programme', on('2026-03-15')))).toEqual(['S3']);
    expect(desk.start('programme', on('2026-03-16')).outcome).toBe('accepted');
  });

  it('does not close for an interval between two things that are done at it together', () => {
    const apart = intervalOf('apart', atEdge('end of facial'), 'peel', { minimum: for_(14, 'day') });
    const { plan, desk, give } = planned({ more: { intervals: [apart] } });
    attest(plan);
    expect(give('2026-03-02')).toBe('programme.ready');
    expect(deviationsOf(plan)).toEqual([]);
    give('2026-03-03');
    expect(refusedBy(desk.start('programme', on('2026-03-15')))).toEqual(['S3']);
  });

  it('counts a session for every interval of anything that was done at it', () => {
    const intervals = ['facial', 'peel'].map((of) =>
      intervalOf(`after-${of}`, atEdge(`end of ${of}`), 'blue-light', { minimum: for_(7, 'day') }),
    );
    const { plan, desk, give } = planned({ more: { intervals } });
    give('2026-03-02');
    expect(refusalOf(desk.start('programme', on('2026-03-08'))).reasons).toHaveLength(2);
    expect(desk.start('programme', on('2026-03-09')).outcome).toBe('accepted');
    expect(plan.state.chart).toBe('programme.procedure');
  });

  it('is booked by the intervals of the one that is booked', () => {
    const apart = intervalOf('apart', atEdge('start of facial'), 'blue-light', { minimum: for_(7, 'day') });
    const spacing = intervalOf('spacing', atStage('end of programme'), '', {
      to: { kind: 'stage', stage: 'programme' },
      minimum: for_(2, 'day'),
    });
    const { desk, give } = planned({ more: { intervals: [apart, spacing] } });
    give('2026-03-02');
    expect(refusedBy(desk.book('programme', '2026-03-03'))).toEqual(['S3', 'S3']);
    expect(refusedBy(desk.book('programme', '2026-03-05'))).toEqual(['S3']);
    expect(desk.book('programme', '2026-03-09').outcome).toBe('accepted');
  });
});

describe('a report of a session that was not the next', () => {
  it('is taken, judged by that session, and is a deviation', () => {
    const { plan, report } = planned({ more: { rules: RULES } });
    report('2026-03-02', 'two');
    expect(givenIn(plan)).toEqual(['two']);
    expect(plan.state.performed[0]).toMatchObject({ procedures: ['blue-light'], deviation: true });
    expect(deviationsOf(plan)).toEqual(['out-of-order']);
    const [entry] = plan.last.journal.filter(({ kind }) => kind === 'deviation.raised');
    expect(entry?.says).toContain('First peel was owed first');
    expect(JSON.stringify(entry?.details.reasons)).toContain('lightSensitive');
    expect(JSON.stringify(entry?.details.reasons)).not.toContain('irritated');
  });

  it('leaves the ones before it owed, and is not owed again itself', () => {
    const { plan, report, give } = planned();
    report('2026-03-02', 'two');
    expect(owed(plan)).toBe('Book Programme: First peel, session 1 of 3');
    give('2026-03-03');
    expect(owed(plan)).toBe('Book Programme: Second peel, session 3 of 3');
    expect(give('2026-03-04')).toBe('last.ready');
  });

  it('does not use the gate that opened for another', () => {
    const { plan, desk, report } = planned();
    desk.start('programme');
    report('2026-03-02', 'three');
    expect(plan.last.journal.find(({ kind }) => kind === 'deviation.raised')?.says).toContain(
      'its gate had not been opened',
    );
    expect(plan.state.chart).toBe('programme.ready');
  });

  it('that was given already is one more, and counts once', () => {
    const { plan, report, give } = planned();
    give('2026-03-02');
    report('2026-03-03', 'one');
    expect(givenIn(plan)).toEqual(['one', 'one']);
    expect(deviationsOf(plan)).toEqual(['out-of-order']);
    expect(owed(plan)).toBe('Book Programme: Blue light, session 2 of 3');
  });

  it('of a session that the stage does not have is no report', () => {
    const { plan, report } = planned();
    expect(report('2026-03-02', 'four').answer).toMatchObject({ outcome: 'rejected', code: 'CC2016' });
    expect(plan.state.performed).toEqual([]);
  });

  it('told again is the same; another on the same day is another', () => {
    const { plan, report, give } = planned();
    give('2026-03-02');
    report('2026-03-02');
    report('2026-03-02', 'one');
    expect(givenIn(plan)).toEqual(['one']);
    report('2026-03-02', 'two');
    expect(givenIn(plan)).toEqual(['one', 'two']);
  });
});

describe('a session that the patient missed', () => {
  const SKIP = { stage: { missed: 'skip' as const } };

  it('is passed over once more, when the report is withdrawn that it was given on that day after all', () => {
    const { plan, desk, report } = planned(SKIP);
    desk.book('programme', '2026-03-03');
    desk.missed('programme', '2026-03-03', on('2026-03-04'));
    report('2026-03-03', 'one', '2026-03-05');
    expect(owed(plan)).toBe('Book Programme: Blue light, session 2 of 3');
    desk.withdraw('programme', '2026-03-03', on('2026-03-06'));
    expect(givenIn(plan)).toEqual([]);
    expect(plan.state.stages.programme).toMatchObject({
      skipped: ['2026-03-03'],
      passedOver: [{ on: '2026-03-03', session: 'one' }],
    });
    expect(owed(plan)).toBe('Book Programme: Blue light, session 2 of 3');
  });

  it('is passed over by its name: the next one is another', () => {
    const { plan, desk } = planned(SKIP);
    desk.book('programme', '2026-03-03');
    desk.missed('programme', '2026-03-03', on('2026-03-04'));
    expect(plan.state.stages.programme?.passedOver).toEqual([{ on: '2026-03-03', session: 'one' }]);
    expect(owed(plan)).toBe('Book Programme: Blue light, session 2 of 3');
  });

  it.each([
    ['with its name', 'one'],
    ['on its day, without a name', undefined],
  ])('may have been given after all, %s: that is no disorder', (_how, session) => {
    const { plan, desk, report } = planned(SKIP);
    desk.book('programme', '2026-03-03');
    desk.start('programme', on('2026-03-03'));
    desk.missed('programme', '2026-03-03', on('2026-03-04'));
    report('2026-03-03', session, '2026-03-05');
    expect(givenIn(plan)).toEqual(['one']);
    expect(deviationsOf(plan)).toEqual([]);
    expect(plan.state.stages.programme?.passedOver).toEqual([]);
    expect(owed(plan)).toBe('Book Programme: Blue light, session 2 of 3');
  });

  it('may be given later: it is behind once, and not owed twice', () => {
    const { plan, desk, report } = planned(SKIP);
    desk.book('programme', '2026-03-03');
    desk.missed('programme', '2026-03-03', on('2026-03-04'));
    report('2026-03-06', 'one');
    expect(deviationsOf(plan)).toEqual(['gate-not-opened']);
    expect(owed(plan)).toBe('Book Programme: Blue light, session 2 of 3');
  });

  it('is still owed where it says so', () => {
    const { plan, desk } = planned();
    desk.book('programme', '2026-03-03');
    desk.missed('programme', '2026-03-03', on('2026-03-04'));
    expect(owed(plan)).toBe('Book Programme: First peel, session 1 of 3');
  });
});

describe('a report that is taken back', () => {
  it('leaves its session owed again, whatever came after it', () => {
    const { plan, desk, give } = planned();
    give('2026-03-02');
    give('2026-03-03');
    desk.withdraw('programme', '2026-03-02', on('2026-03-04'));
    expect(givenIn(plan)).toEqual(['two']);
    expect(owed(plan)).toBe('Book Programme: First peel, session 1 of 3');
  });

  it('of the last one brings the plan back to its gate', () => {
    const { plan, desk, give } = planned();
    for (const day of ['2026-03-02', '2026-03-03', '2026-03-04']) give(day);
    expect(plan.state.chart).toBe('last.ready');
    desk.withdraw('programme', '2026-03-04', on('2026-03-05'));
    expect(plan.last.journal.map(({ says }) => says).join()).toContain('Programme: Second peel');
  });
});

describe('sessions that are for some patients', () => {
  const only = (...values: string[]) => ({ onlyFor: [{ choice: 'severity', values }] });
  const list = [
    PEEL,
    sessionOf('mild-two', { ...only('mild', 'moderate'), title: 'Microneedling' }),
    sessionOf('severe-two', { ...only('severe'), title: 'Light' }),
    AGAIN,
  ];

  it.each([
    ['mild', ['one', 'mild-two', 'three'], 3],
    ['severe', ['one', 'severe-two', 'three'], 3],
  ])('of a patient whose choice is %s', (severity, sessions, number) => {
    const { plan, give } = planned({ list, chosen: { severity } });
    expect(owed(plan)).toContain(`of ${number}`);
    expect(['2026-03-02', '2026-03-03', '2026-03-04'].map(give).at(-1)).toBe('last.ready');
    expect(givenIn(plan)).toEqual(sessions);
  });

  it('are all owed while nobody has chosen', () => {
    const { plan, give } = planned({ list });
    expect(owed(plan)).toContain('session 1 of 4');
    give('2026-03-02');
    expect(owed(plan)).toBe('Book Programme: Microneedling, session 2 of 4');
  });

  it('given to another patient is a deviation, and leaves what is for this one owed', () => {
    const { plan, report, give } = planned({ list, chosen: { severity: 'mild' } });
    give('2026-03-02');
    report('2026-03-03', 'severe-two');
    expect(deviationsOf(plan)).toEqual(['out-of-order']);
    expect(owed(plan)).toBe('Book Programme: Microneedling, session 2 of 4');
  });

  it('are others once another choice is made, of those that are ahead', () => {
    const { plan, give } = planned({ list, chosen: { severity: 'mild' } });
    give('2026-03-02');
    choose(plan, { severity: 'severe' });
    plan.wake(on('2026-03-03'));
    expect(owed(plan)).toBe('Book Programme: Light, session 2 of 3');
    give('2026-03-04');
    expect(give('2026-03-05')).toBe('last.ready');
  });

  it.each([
    ['mild', 'severe', 'mild-two'],
    ['severe', 'mild', 'severe-two'],
  ])('chosen as %s, and as %s after the decision behind them: none is made up for', (first, then, given) => {
    const between = [...list.slice(0, 3), betweenOf('half-way'), AGAIN];
    const { plan, give } = planned({ list: between, chosen: { severity: first } });
    give('2026-03-02');
    give('2026-03-03');
    choose(plan, { severity: then });
    decide(plan, 'decision/half-way', 'yes');
    expect(owed(plan)).toBe('Book Programme: Second peel, session 3 of 3');
    expect(give('2026-03-04')).toBe('last.ready');
    expect(givenIn(plan)).toEqual(['one', given, 'three']);
  });

  it('is the one that its gate had opened for, though another choice was made since', () => {
    const { plan, desk, give } = planned({ list, chosen: { severity: 'mild' } });
    give('2026-03-02');
    desk.start('programme', on('2026-03-03'));
    choose(plan, { severity: 'severe' });
    plan.report('programme', '2026-03-03');
    expect(givenIn(plan)).toEqual(['one', 'mild-two']);
  });
});

describe('a series of sessions that differ', () => {
  it('ends early once what ends it is met', () => {
    const { plan, give } = planned({
      stage: { untilWhen: { all: [leaf('irritated', 'equal', false)] } },
    });
    give('2026-03-02');
    expect(plan.state.chart).toBe('programme.ready');
    plan.observe([{ fact: 'irritated', value: false }], on('2026-03-03'));
    expect(plan.state.chart).toBe('last.ready');
  });

  it('that ended takes what is told of another later, and does not come back for it', () => {
    const { plan, give, report } = planned({ list: [PEEL, LIGHT] });
    give('2026-03-02');
    give('2026-03-03');
    report('2026-03-04', 'one');
    expect(kinds(plan.last.journal)).toContain('deviation.raised');
    expect(plan.state.chart).toBe('last.ready');
  });
});
