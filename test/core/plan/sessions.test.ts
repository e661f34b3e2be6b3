import { Desk, openTasks, refusedBy } from '../../support/appointments.ts';
import {
  atStage,
  contraindication,
  factOf,
  for_,
  intervalOf,
  leaf,
  pathwayWith,
  stageOf,
  taskOf,
  termsOf,
  type Variation,
} from '../../support/pathways.ts';
import { actor, eventOf, kinds, RunningPlan } from '../../support/plan.ts';
import { decide, on, tell } from '../../support/staged.ts';

const FACTS = [
  factOf('clear', { kind: 'yes or no' }),
  factOf('smoker', { kind: 'yes or no' }),
  factOf('scarring', { kind: 'yes or no' }, { byArea: true }),
];
const isClear = { all: [leaf('clear', 'equal', true)] };
const CONSENT = { form: 'peel-consent', by: 'patient', covers: 'course' as const, lasts: for_(1, 'year') };

const call = taskOf('call', { due: { to: for_(3, 'day'), after: 'session' } });
const weigh = taskOf('weigh', { due: { to: for_(1, 'day'), after: 'stage' } });

/** At the gate of a series of three. */
const planned = (stage: Parameters<typeof stageOf>[1] = {}, more: Variation = {}) => {
  const peel = stageOf('peel', { consent: CONSENT, sessions: 3, ...stage });
  const stages = [peel, stageOf('last')];
  const plan = new RunningPlan(
    pathwayWith({ facts: FACTS, rules: [], consultation: [], stages, ...more }),
    on('2026-03-02'),
  );
  plan.consent('peel-consent', '2026-03-02');
  const desk = new Desk(plan);
  const give = (day: string): string => {
    const answer = desk.start('peel', on(day));
    if (answer.outcome !== 'accepted') throw new Error(JSON.stringify(answer));
    plan.report('peel', day, on(day));
    return plan.state.chart;
  };
  return { plan, desk, give };
};

describe('a series of sessions', () => {
  it('comes back to its gate after each but the last', () => {
    const { give } = planned();
    expect(['2026-03-02', '2026-03-03', '2026-03-04'].map(give)).toEqual([
      'peel.ready',
      'peel.ready',
      'last.ready',
    ]);
  });

  it('needs a gate of its own for each', () => {
    const { plan, give } = planned();
    give('2026-03-02');
    plan.report('peel', '2026-03-03', on('2026-03-03'));
    expect(kinds(plan.last.journal)).toContain('deviation.raised');
    expect(plan.state.performed.map(({ deviation }) => deviation)).toEqual([false, true]);
  });

  it('says which one is owed', () => {
    const { plan, desk, give } = planned();
    const title = () => plan.state.waits['start/peel']?.title;
    expect(title()).toBe('Book Stage peel, session 1 of 3');
    give('2026-03-02');
    expect(title()).toBe('Book Stage peel, session 2 of 3');
    desk.book('peel', '2026-03-10');
    expect(title()).toBe('Start Stage peel, session 2 of 3, booked for 2026-03-10');
    desk.start('peel', on('2026-03-10'));
    expect(plan.state.waits['report/peel']?.title).toBe('Report Stage peel, session 2 of 3');
  });

  it('asks for the work of each session anew, before and after it', () => {
    const { plan, give } = planned({ beforeEach: [weigh], afterEach: [call] });
    expect(openTasks(plan)).toEqual(['peel.ready/weigh']);
    plan.finishPhase();
    give('2026-03-02');
    expect(openTasks(plan).toSorted()).toEqual(['peel.ready/weigh', 'peel.session/call']);
    plan.complete('peel.session/call');
    plan.complete('peel.ready/weigh');
    give('2026-03-09');
    give('2026-03-16');
    expect(openTasks(plan)).toContain('peel.session/call');
  });

  it('counts the sessions of a round, each with its round', () => {
    const { plan, give } = planned();
    give('2026-03-02');
    expect(plan.state.stages.peel).toEqual({ round: 1, skipped: [] });
    expect(plan.state.performed).toMatchObject([{ round: 1, counts: true }]);
    const again = { ...plan.state, stages: { peel: { round: 2, skipped: [] } } };
    plan.steps.push({ ...plan.last, state: again });
    expect(['2026-03-03', '2026-03-04', '2026-03-05'].map(give)).toEqual([
      'peel.ready',
      'peel.ready',
      'last.ready',
    ]);
    expect(plan.state.performed.map(({ round }) => round)).toEqual([1, 2, 2, 2]);
  });

  it('the report of an earlier one that comes last ends it', () => {
    const { plan, give } = planned();
    give('2026-03-05');
    give('2026-03-06');
    plan.report('peel', '2026-03-03', on('2026-03-07'));
    expect(plan.state.chart).toBe('last.ready');
  });

  it('of one that was done before something else, and is told later, asks for nothing more', () => {
    const { plan, give } = planned({ sessions: 1 });
    expect(give('2026-03-05')).toBe('last.ready');
    plan.report('last', '2026-03-03', on('2026-03-06'));
    expect(plan.state.chart).toBe('completed');
  });

  it('told twice of one day is one session', () => {
    const { plan, give } = planned();
    give('2026-03-02');
    plan.report('peel', '2026-03-02', on('2026-03-03'));
    expect(plan.state.performed).toHaveLength(1);
  });

  it('that goes beyond its number is recorded, and asks for no further one', () => {
    const { plan, give } = planned();
    for (const day of ['2026-03-02', '2026-03-03', '2026-03-04']) give(day);
    plan.report('peel', '2026-03-05', on('2026-03-05'));
    expect(plan.state.performed).toHaveLength(4);
    expect(plan.state.chart).toBe('last.ready');
  });

  it('takes a signature for each where consent covers one procedure', () => {
    const consent = { ...CONSENT, covers: 'one procedure' as const };
    const { plan, desk, give } = planned({ consent });
    give('2026-03-02');
    expect(refusedBy(desk.start('peel', on('2026-03-09')))).toEqual(['S1']);
    plan.consent('peel-consent', '2026-03-09');
    expect(refusedBy(desk.start('peel'))).toEqual([]);
  });

  it('keeps what was set aside for the stage until it is over', () => {
    const smokes = contraindication(
      'smoking',
      { all: [leaf('smoker', 'equal', true)] },
      { override: termsOf({ covers: 'stage', lasts: for_(90, 'day') }) },
    );
    const { plan, give } = planned({}, { rules: [smokes] });
    plan.observe([{ fact: 'smoker', value: true }]);
    const granted = { rule: 'smoking', stage: 'peel', reason: 'urgent' };
    plan.send(eventOf('grantOverride', granted, { actor: actor('dermatologist-1', 'dermatologist') }));
    give('2026-03-02');
    give('2026-03-03');
    expect(Object.values(plan.state.overrides).map(({ status }) => status)).toEqual(['active']);
    give('2026-03-04');
    expect(Object.values(plan.state.overrides).map(({ status }) => status)).toEqual(['lapsed']);
  });
});

describe('untilWhen ends a series early', () => {
  it('once it is met after a session', () => {
    const { plan, give } = planned({ untilWhen: isClear });
    plan.observe([{ fact: 'clear', value: false }]);
    expect(give('2026-03-02')).toBe('peel.ready');
    plan.observe([{ fact: 'clear', value: true }], on('2026-03-03'));
    expect(plan.state.chart).toBe('last.ready');
    expect(plan.state.enteredAt['peel.closure']).toBe(on('2026-03-03'));
  });

  it('with the very report, when it was met before', () => {
    const { plan, give } = planned({ untilWhen: isClear });
    plan.observe([{ fact: 'clear', value: true }]);
    expect(plan.state.chart).toBe('peel.ready');
    expect(give('2026-03-02')).toBe('last.ready');
  });

  it('not before the first was given', () => {
    const { plan } = planned({ untilWhen: isClear });
    plan.observe([{ fact: 'clear', value: true }]);
    expect(plan.state.chart).toBe('peel.ready');
  });

  it('not while it is unknown: the series goes on to its number', () => {
    const { give } = planned({ untilWhen: isClear });
    expect(['2026-03-02', '2026-03-03', '2026-03-04'].map(give)).toEqual([
      'peel.ready',
      'peel.ready',
      'last.ready',
    ]);
  });

  it('not while a gate stands open: that session is reported first', () => {
    const { plan, desk, give } = planned({ untilWhen: isClear });
    give('2026-03-02');
    desk.start('peel', on('2026-03-09'));
    plan.observe([{ fact: 'clear', value: true }]);
    expect(plan.state.chart).toBe('peel.procedure');
    plan.report('peel', '2026-03-09');
    expect(plan.state.chart).toBe('last.ready');
  });

  it('on the day on which time alone comes to meet it', () => {
    const facts = [factOf('lastSpot', { kind: 'date' })];
    const untilWhen = { all: [leaf('lastSpot', 'atLeastAgo', for_(30, 'day'))] };
    const { plan, give } = planned({ untilWhen }, { facts });
    plan.observe([{ fact: 'lastSpot', value: '2026-03-01' }]);
    give('2026-03-02');
    while (plan.state.chart === 'peel.ready' && plan.steps.length < 50) plan.wake(plan.state.wake.at ?? '');
    expect(plan.state.enteredAt['peel.closure']).toBe('2026-03-31T04:00:00.000Z');
  });

  it('at every site, where it is asked of sites', () => {
    const untilWhen = { not: { all: [leaf('scarring', 'equal', true)] } };
    const parts = [{ area: 'cheek', sides: ['left', 'right'], parts: [] }];
    const compiled = pathwayWith({
      facts: FACTS,
      rules: [],
      consultation: [],
      parts,
      areas: { treatment: { choose: 'all', sites: ['left cheek', 'right cheek'] } },
      stages: [stageOf('peel', { consent: CONSENT, sessions: 3, untilWhen, in: 'treatment' })],
    });
    const plan = new RunningPlan(compiled, on('2026-03-02'));
    plan.report('peel', '2026-03-02');
    plan.observe([{ fact: 'scarring', area: 'left cheek', value: false }]);
    expect(plan.state.chart).toBe('peel.ready');
    plan.observe([{ fact: 'scarring', area: 'right cheek', value: false }]);
    expect(plan.state.chart).toBe('completed');
  });
});

describe('the spacing of a series: an interval from the stage to itself', () => {
  const spacing = intervalOf('spacing', atStage('end of peel'), '', {
    to: { kind: 'stage', stage: 'peel' },
    minimum: for_(7, 'day'),
    recommended: { from: for_(7, 'day'), to: for_(10, 'day') },
    latest: for_(14, 'day'),
    ifLate: { ask: 'dermatologist' },
  });

  it.each([
    ['2026-03-08', ['S3']],
    ['2026-03-09', []],
    ['2026-03-16', []],
    ['2026-03-17', ['S3']],
  ])('%s, the last having been on 2 March', (day, expected) => {
    const { desk, give } = planned({}, { intervals: [spacing] });
    give('2026-03-02');
    expect(refusedBy(desk.book('peel', day))).toEqual(expected);
    expect(refusedBy(desk.start('peel', on(day)))).toEqual(expected);
  });

  it('says by when the next is to be booked', () => {
    const { plan, give } = planned({}, { intervals: [spacing] });
    give('2026-03-02');
    expect(plan.state.waits['start/peel']?.dueAt).toBe('2026-03-13T04:00:00.000Z');
  });

  it('is asked about once it has passed, and goes on when that is answered', () => {
    const { plan, desk, give } = planned({}, { intervals: [spacing] });
    give('2026-03-02');
    plan.wake(on('2026-03-17'));
    decide(plan, 'late/peel/spacing/2026-03-02');
    expect(refusedBy(desk.start('peel'))).toEqual([]);
    plan.report('peel', '2026-03-17');
    expect(refusedBy(desk.start('peel', on('2026-03-18')))).toEqual(['S3']);
  });

  it('one that came too early to count is owed again, and asks for its aftercare alone', () => {
    const recovery = [taskOf('mri', { due: { to: for_(7, 'day'), after: 'last session' } })];
    const strict = { ...spacing, ifEarly: 'does not count' as const };
    const { plan, give } = planned({ afterEach: [call], recovery }, { intervals: [strict] });
    give('2026-03-02');
    plan.complete('peel.session/call');
    plan.report('peel', '2026-03-05', on('2026-03-05'));
    expect(plan.state.performed.map(({ counts }) => counts)).toEqual([true, false]);
    expect(plan.state.waits['start/peel']?.title).toBe('Book Stage peel, session 2 of 3');
    expect(openTasks(plan).filter((id) => id.startsWith('peel'))).toEqual(['peel.session/call']);
  });
});

describe('an early session that does not count', () => {
  const strict = intervalOf('spacing', atStage('end of peel'), 'peel-procedure', {
    minimum: for_(28, 'day'),
    ifEarly: 'does not count',
  });

  it('is not owed again in a series that has all that it needs, and its aftercare is owed', () => {
    const recovery = [taskOf('mri', { due: { to: for_(7, 'day'), after: 'last session' } })];
    const { plan, give } = planned({ sessions: 2, recovery, afterEach: [call] }, { intervals: [strict] });
    expect(['2026-03-02', '2026-04-02'].map(give)).toEqual(['peel.ready', 'peel.recovery']);
    plan.complete('peel.session/call');
    plan.report('peel', '2026-04-03', on('2026-04-03'));
    expect(plan.state.performed.at(-1)?.counts).toBe(false);
    expect(plan.state.chart).toBe('peel.recovery');
    expect(openTasks(plan)).toEqual(expect.arrayContaining(['peel.recovery/mri', 'peel.session/call']));
  });

  it('is owed again while the series is not over', () => {
    const { plan, give } = planned({ sessions: 2 }, { intervals: [strict] });
    give('2026-03-02');
    plan.report('peel', '2026-03-05', on('2026-03-05'));
    expect(plan.state.chart).toBe('peel.ready');
    expect(plan.state.waits['start/peel']?.title).toBe('Book Stage peel, session 2 of 2');
  });

  it('keeps no series open whose other sessions were passed over', () => {
    const { plan, desk, give } = planned({ sessions: 2, missed: 'skip' }, { intervals: [strict] });
    give('2026-03-02');
    plan.report('peel', '2026-03-05', on('2026-03-05'));
    desk.book('peel', '2026-04-10', on('2026-04-07'));
    desk.missed('peel', '2026-04-10', on('2026-04-10'));
    expect(plan.state.chart).toBe('last.ready');
  });

  it('behind an open gate leads on, once the series has reached what it is for', () => {
    const elsewhere = {
      ...strict,
      from: { kind: 'procedure' as const, of: 'peel-procedure', edge: 'end' as const },
    };
    const { plan, desk, give } = planned({ untilWhen: isClear }, { intervals: [elsewhere] });
    tell(plan, [], { isComplete: true });
    give('2026-03-02');
    desk.start('peel', on('2026-04-20'));
    plan.observe([{ fact: 'clear', value: true }]);
    tell(plan, [{ procedure: 'peel-procedure', performedOn: '2026-04-10' }]);
    expect(plan.state.chart).toBe('peel.procedure');
    plan.report('peel', '2026-04-20');
    expect(plan.state.performed.at(-1)?.counts).toBe(false);
    expect(plan.state.chart).toBe('last.ready');
  });
});

describe('a series that is over while the plan is in prep for one more', () => {
  const inPrep = (more: Parameters<typeof stageOf>[1], rest: Variation = {}) => {
    const all = planned({ prep: [taskOf('bloods'), taskOf('talk')], ...more }, rest);
    const { plan, desk } = all;
    desk.startPrep('peel', on('2026-03-10'));
    for (const task of ['bloods', 'talk']) plan.complete(`peel.prep/${task}`);
    all.give('2026-03-10');
    desk.startPrep('peel', on('2026-03-12'));
    plan.complete('peel.prep/bloods');
    expect(plan.state.chart).toBe('peel.prep');
    return all;
  };

  it('opens no gate, and asks for no more of the prep: the report of one of them was late', () => {
    const { plan, desk } = inPrep({ sessions: 2 });
    desk.book('peel', '2026-03-20');
    plan.report('peel', '2026-03-05', on('2026-03-12'));
    expect(plan.state.chart).toBe('last.ready');
    expect(plan.state.enteredAt['peel.closure']).toBe(on('2026-03-12'));
    expect(plan.state.bookings.peel?.status).toBe('cancelled');
    expect(openTasks(plan).filter((id) => id.startsWith('peel.prep'))).toEqual([]);
    expect(refusedBy(desk.start('peel'))).toEqual(['phase']);
  });

  it('opens no gate once what ends it early is met', () => {
    const { plan, desk } = inPrep({ untilWhen: isClear });
    plan.observe([{ fact: 'clear', value: true }], on('2026-03-12'));
    expect(plan.state.chart).toBe('last.ready');
    expect(refusedBy(desk.start('peel'))).toEqual(['phase']);
  });

  it.each(['startPrep', 'start'] as const)('by time alone, refuses to %s before it was woken', (asks) => {
    const facts = [factOf('lastSpot', { kind: 'date' })];
    const untilWhen = { all: [leaf('lastSpot', 'atLeastAgo', for_(30, 'day'))] };
    const { plan, desk } =
      asks === 'start'
        ? inPrep({ untilWhen }, { facts })
        : planned({ untilWhen, prep: [taskOf('bloods')] }, { facts });
    plan.observe([{ fact: 'lastSpot', value: '2026-03-01' }]);
    if (asks === 'startPrep') plan.report('peel', '2026-03-02');
    else plan.complete('peel.prep/talk');
    expect(plan.state.chart).toBe(asks === 'start' ? 'peel.prep' : 'peel.ready');
    const answer = desk[asks]('peel', '2026-03-31T04:00:00.000Z');
    expect(answer).toMatchObject({ outcome: 'refused', code: 'CC3002' });
    expect(plan.state.chart).toBe('last.ready');
    expect(kinds(plan.last.journal)).not.toContain('gate.opened');
  });
});
