import { refusedBy } from '../../support/appointments.ts';
import {
  comeBack,
  decide,
  decisionOf,
  exitTo,
  GO,
  leave,
  openQuestions,
  sleepUntil,
} from '../../support/decided.ts';
import { AGAIN, betweenOf, LIGHT, owed, PEEL, planned, RULES, sessionOf } from '../../support/listed.ts';
import { for_, taskOf } from '../../support/pathways.ts';
import { refusalOf } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';

const HALF_WAY = 'decision/half-way';
const BETWEEN = [PEEL, LIGHT, betweenOf('half-way'), AGAIN];
const decided = (outcomes: Parameters<typeof decisionOf>[1], decision = 'half-way') => ({
  decisions: [decisionOf('half-way'), decisionOf('fit'), decisionOf('borne')].map((one) =>
    one.decision === decision ? { ...one, ...outcomes } : one,
  ),
});

describe('a decision between two sessions', () => {
  it('is asked once all before it were given, and not before', () => {
    const { plan, give } = planned({ list: BETWEEN });
    expect(openQuestions(plan)).toEqual([]);
    give('2026-03-02');
    expect(openQuestions(plan)).toEqual([]);
    give('2026-03-09');
    expect(openQuestions(plan)).toEqual([HALF_WAY]);
    expect(plan.state.questions[HALF_WAY]).toMatchObject({ stage: 'programme', askedIn: 'programme.ready' });
  });

  it('keeps the next gate closed until it goes on, naming the question', () => {
    const { plan, desk, give } = planned({ list: BETWEEN });
    give('2026-03-02');
    give('2026-03-09');
    const { reasons } = refusalOf(desk.start('programme'));
    expect(reasons).toMatchObject([
      { invariant: 'phase', clears: [[{ kind: 'event', type: 'decide', needs: HALF_WAY }]] },
    ]);
    decide(plan, HALF_WAY, 'yes');
    expect(desk.start('programme').outcome).toBe('accepted');
  });

  it('is due as it says, from the session before it', () => {
    const due = { to: for_(7, 'day'), after: 'session' as const };
    const { plan, give } = planned({ list: BETWEEN, more: decided({ due }) });
    give('2026-03-02');
    give('2026-03-09');
    expect(plan.state.waits[`question/${HALF_WAY}`]?.dueAt).toBe('2026-03-17T04:00:00.000Z');
  });

  it('is asked as well when those before it were passed over', () => {
    const { plan, desk, give } = planned({ list: BETWEEN, stage: { missed: 'skip' } });
    give('2026-03-02');
    desk.book('programme', '2026-03-09');
    desk.missed('programme', '2026-03-09', on('2026-03-10'));
    expect(openQuestions(plan)).toEqual([HALF_WAY]);
  });

  it('waits for no session that is for other patients', () => {
    const severe = sessionOf('severe-two', { onlyFor: [{ choice: 'severity', values: ['severe'] }] });
    const { plan, give } = planned({
      list: [PEEL, severe, betweenOf('half-way'), AGAIN],
      chosen: { severity: 'mild' },
    });
    give('2026-03-02');
    expect(openQuestions(plan)).toEqual([HALF_WAY]);
  });

  it('is closed when a report before it is taken back, and asked once it is given anew', () => {
    const { plan, desk, give } = planned({ list: BETWEEN });
    give('2026-03-02');
    give('2026-03-09');
    desk.withdraw('programme', '2026-03-09', on('2026-03-10'));
    expect(openQuestions(plan)).toEqual([]);
    expect(desk.start('programme', on('2026-03-11')).outcome).toBe('accepted');
    plan.report('programme', '2026-03-11', on('2026-03-11'));
    expect(openQuestions(plan)).toEqual([`${HALF_WAY}#2`]);
  });

  it.each([
    ['an exit', exitTo('referral'), 'referral'],
    ['the end of the course', [{ do: 'end' as const }], 'completed'],
    ['the next stage', [{ do: 'next stage' as const }], 'last.ready'],
  ])('may lead to %s', (_where, no, chart) => {
    const { plan, give } = planned({ list: BETWEEN, more: decided({ outcomes: { yes: GO, no } }) });
    give('2026-03-02');
    give('2026-03-09');
    decide(plan, HALF_WAY, 'no');
    expect(plan.state.chart).toBe(chart);
  });

  it('may begin the stage again: from its first session, and it is asked again there', () => {
    const no = [{ do: 'again' as const, atMost: 1 }, { do: 'end' as const }];
    const { plan, give } = planned({ list: BETWEEN, more: decided({ outcomes: { yes: GO, no } }) });
    give('2026-03-02');
    give('2026-03-09');
    decide(plan, HALF_WAY, 'no');
    expect(owed(plan)).toBe('Book Programme: First peel, session 1 of 3');
    expect(openQuestions(plan)).toEqual([]);
    give('2026-03-10');
    give('2026-03-11');
    expect(openQuestions(plan)).toEqual([`${HALF_WAY}#2`]);
    decide(plan, `${HALF_WAY}#2`, 'no');
    expect(plan.state.chart).toBe('completed');
  });

  it('that is put off is asked again, and the gate stays closed', () => {
    const no = [{ do: 'wait' as const, for: for_(7, 'day'), atMost: 1 }, ...exitTo('referral')];
    const { plan, desk, give } = planned({ list: BETWEEN, more: decided({ outcomes: { yes: GO, no } }) });
    give('2026-03-02');
    give('2026-03-09');
    decide(plan, HALF_WAY, 'no');
    expect(openQuestions(plan)).toEqual([`${HALF_WAY}#2`]);
    expect(refusedBy(desk.start('programme'))).toEqual(['phase']);
    decide(plan, `${HALF_WAY}#2`, 'no');
    expect(plan.state.chart).toBe('referral');
  });

  it('that asks somebody else stays open until that was decided', () => {
    const { plan, desk, give } = planned({
      list: BETWEEN,
      more: decided({ outcomes: { yes: GO, no: [{ do: 'decide', decision: 'fit' }] } }),
    });
    give('2026-03-02');
    give('2026-03-09');
    decide(plan, HALF_WAY, 'no');
    expect(openQuestions(plan)).toEqual(['decision/fit']);
    expect(refusalOf(desk.start('programme')).reasons[0]?.clears).toMatchObject([
      [{ type: 'decide', needs: 'decision/fit' }],
    ]);
    decide(plan, 'decision/fit', 'yes');
    expect(desk.start('programme').outcome).toBe('accepted');
  });

  it('is not asked off the course, and again on the way back; what was decided stays', () => {
    const { plan, desk, give } = planned({ list: BETWEEN });
    give('2026-03-02');
    give('2026-03-09');
    leave(plan, 'postponement');
    expect(openQuestions(plan)).toEqual([]);
    comeBack(plan);
    expect(openQuestions(plan)).toEqual([`${HALF_WAY}#2`]);
    decide(plan, `${HALF_WAY}#2`, 'yes');
    leave(plan, 'postponement');
    comeBack(plan);
    expect(openQuestions(plan)).toEqual([]);
    expect(desk.start('programme').outcome).toBe('accepted');
  });

  it('keeps prep closed as well', () => {
    const { plan, desk, give: _give } = planned({ list: BETWEEN, stage: { prep: [taskOf('wash')] } });
    plan.report('programme', '2026-03-02');
    plan.report('programme', '2026-03-09', on('2026-03-09'));
    expect(refusedBy(desk.startPrep('programme'))).toEqual(['phase']);
    decide(plan, HALF_WAY, 'yes');
    expect(desk.startPrep('programme').outcome).toBe('accepted');
  });

  it('has its clock stand while the next session is held', () => {
    const { plan, report } = planned({ list: BETWEEN, more: { rules: RULES } });
    report('2026-03-02');
    report('2026-03-09');
    plan.observe([{ fact: 'irritated', value: true }], on('2026-03-10'));
    expect(plan.state.waits[`question/${HALF_WAY}`]?.pausedAt).toBeDefined();
  });
});

describe('a decision after the last session', () => {
  const list = [PEEL, betweenOf('half-way')];

  it('keeps the stage from ending, and not the care from beginning', () => {
    const wound = taskOf('wound', { due: { to: for_(7, 'day'), after: 'procedure' } });
    const { plan, give } = planned({ list, stage: { recovery: [wound] } });
    expect(give('2026-03-02')).toBe('programme.recovery');
    expect(openQuestions(plan)).toEqual([HALF_WAY]);
    plan.finishPhase();
    expect(plan.state.chart).toBe('programme.recovery');
    decide(plan, HALF_WAY, 'yes');
    expect(plan.state.chart).toBe('last.ready');
  });

  it('is decided before the stage is reassessed', () => {
    const { plan, give } = planned({ list, stage: { reassess: 'borne' } });
    give('2026-03-02');
    decide(plan, HALF_WAY, 'yes');
    expect(plan.state.chart).toBe('programme.reassessment');
    expect(openQuestions(plan)).toEqual(['decision/borne']);
  });

  it('is decided though no session was given', () => {
    const { plan, desk } = planned({ list, stage: { missed: 'skip' } });
    desk.book('programme', '2026-03-03');
    desk.missed('programme', '2026-03-03', on('2026-03-04'));
    expect(openQuestions(plan)).toEqual([HALF_WAY]);
    expect(plan.state.chart).toBe('programme.ready');
    decide(plan, HALF_WAY, 'yes');
    expect(plan.state.chart).toBe('last.ready');
  });
});

describe('a decision before each session', () => {
  const stage = { decidedBefore: 'fit' };

  it('is asked when the plan has come to the gate, and for each session anew', () => {
    const { plan, desk, give } = planned({ stage });
    expect(openQuestions(plan)).toEqual(['decision/fit']);
    expect(refusedBy(desk.start('programme'))).toEqual(['phase']);
    decide(plan, 'decision/fit', 'yes');
    give('2026-03-02');
    expect(openQuestions(plan)).toEqual(['decision/fit#2']);
    expect(refusedBy(desk.start('programme'))).toEqual(['phase']);
  });

  it('is asked before sessions that are all alike, too', () => {
    const { plan, desk } = planned({ stage: { ...stage, list: undefined, sessions: 2 } });
    expect(refusedBy(desk.start('programme'))).toEqual(['phase']);
    decide(plan, 'decision/fit', 'yes');
    desk.start('programme');
    plan.report('programme', '2026-03-02');
    expect(openQuestions(plan)).toEqual(['decision/fit#2']);
  });

  it('is asked no more after the last', () => {
    const { plan, give } = planned({ list: [PEEL], stage });
    decide(plan, 'decision/fit', 'yes');
    expect(give('2026-03-02')).toBe('last.ready');
    expect(openQuestions(plan)).toEqual([]);
  });

  it('is not asked again for a session that nobody went through with', () => {
    const { plan, desk } = planned({ stage });
    decide(plan, 'decision/fit', 'yes');
    desk.start('programme');
    desk.notPerformed('programme', '2026-03-02');
    expect(openQuestions(plan)).toEqual([]);
    expect(desk.start('programme').outcome).toBe('accepted');
  });

  it('that says wait closes the gate until its day, and asks again then', () => {
    const no = [{ do: 'wait' as const, for: for_(7, 'day'), atMost: 1 }, ...exitTo('referral')];
    const { plan, desk } = planned({ stage, more: decided({ outcomes: { yes: GO, no } }, 'fit') });
    decide(plan, 'decision/fit', 'no');
    expect(openQuestions(plan)).toEqual([]);
    const { reasons } = refusalOf(desk.start('programme', on('2026-03-08')));
    expect(reasons.map(({ clears }) => clears)).toEqual([
      [[{ kind: 'date', on: '2026-03-09' }]],
      [[{ kind: 'date', on: '2026-03-09' }]],
    ]);
    sleepUntil(plan, on('2026-03-09'));
    expect(openQuestions(plan)).toEqual(['decision/fit#2']);
    decide(plan, 'decision/fit#2', 'no');
    expect(plan.state.chart).toBe('referral');
  });

  it('is cleared by whoever has not said yet, and what a patient says by somebody who writes it down', () => {
    const by = { kind: 'roles' as const, roles: ['patient', 'dermatologist'] };
    const { plan, desk } = planned({ stage, more: decided({ by }, 'fit') });
    const asked = () => refusalOf(desk.start('programme')).reasons.map(({ clears }) => clears);
    const decidedBy = (role: string) => [[[{ kind: 'event', type: 'decide', needs: 'decision/fit', role }]]];
    expect(asked()).toEqual(decidedBy('dermatologist'));
    decide(plan, 'decision/fit', 'yes');
    expect(asked()).toEqual(decidedBy('coordinator'));
  });

  it('is decided by a board as any other is', () => {
    const by = {
      kind: 'board' as const,
      roles: ['nurse', 'dermatologist'],
      quorum: 1,
      agree: 'all' as const,
    };
    const { plan, desk } = planned({
      stage,
      more: decided({ by, noQuorum: exitTo('further-evaluation') }, 'fit'),
    });
    expect(refusedBy(desk.start('programme'))).toEqual(['phase']);
    sleepUntil(plan, on('2026-03-12'));
    expect(plan.state.chart).toBe('further-evaluation');
  });
});

describe('a decision after each session', () => {
  const stage = { decidedAfter: 'borne' };

  it('is asked with each report, and keeps the next gate closed', () => {
    const { plan, desk, give } = planned({ stage });
    expect(openQuestions(plan)).toEqual([]);
    give('2026-03-02');
    expect(openQuestions(plan)).toEqual(['decision/borne']);
    expect(refusedBy(desk.start('programme'))).toEqual(['phase']);
    decide(plan, 'decision/borne', 'yes');
    give('2026-03-09');
    expect(openQuestions(plan)).toEqual(['decision/borne#2']);
  });

  it('waits for whoever was asked what now: the gate names what they have to do', () => {
    const outcomes = { yes: GO, unsure: [{ do: 'ask' as const, role: 'clinical-lead' }] };
    const { plan, desk, give } = planned({ stage, more: decided({ outcomes }, 'borne') });
    give('2026-03-02');
    decide(plan, 'decision/borne', 'unsure');
    const task = 'plan/asked-decision/borne';
    expect(refusalOf(desk.start('programme')).reasons.map(({ clears }) => clears)).toEqual([
      [[{ kind: 'event', type: 'task.completed', needs: task, role: 'clinical-lead' }]],
    ]);
    plan.complete(task);
    expect(openQuestions(plan)).toEqual(['decision/borne#2']);
  });

  it('is asked of each of two that were reported one after the other', () => {
    const { plan, desk, report } = planned({ stage });
    report('2026-03-02');
    report('2026-03-03');
    expect(openQuestions(plan)).toEqual(['decision/borne', 'decision/borne#2']);
    expect(refusedBy(desk.start('programme'))).toEqual(['phase', 'phase']);
  });

  it('keeps the stage from ending after the last', () => {
    const { plan, give } = planned({ list: [PEEL], stage });
    expect(give('2026-03-02')).toBe('programme.recovery');
    decide(plan, 'decision/borne', 'yes');
    expect(plan.state.chart).toBe('last.ready');
  });

  it('is closed with its report', () => {
    const { plan, desk, give } = planned({ stage });
    give('2026-03-02');
    desk.withdraw('programme', '2026-03-02', on('2026-03-03'));
    expect(openQuestions(plan)).toEqual([]);
  });

  it('leaves no gate that was gone through in question', () => {
    const { plan, give, report } = planned({ stage });
    give('2026-03-02');
    decide(plan, 'decision/borne', 'yes');
    give('2026-03-09');
    report('2026-03-09', 'two', '2026-03-12');
    expect(plan.journal.filter(({ kind }) => kind === 'deviation.raised')).toEqual([]);
  });
});
