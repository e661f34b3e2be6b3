import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import { goesOn } from '../../../src/core/pathway/on-the-way.ts';
import { stepOf, wordsOf } from '../../../src/core/plan/action-steps.ts';
import {
  book,
  decide,
  decisionOf,
  exitTo,
  GO,
  openQuestions,
  openTasks,
  planWith,
} from '../../support/decided.ts';
import { alertOf, atStage, for_, intervalOf, leaf, stageOf, taskOf } from '../../support/pathways.ts';
import { timesOf } from '../../support/plain.ts';
import { coordinator, eventOf, type RunningPlan, refusalOf } from '../../support/plan.ts';
import { perform } from '../../support/staged.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const again = (atMost: number): Action[number] => ({ do: 'again', atMost });
const exit = exitTo('referral')[0] as Action[number];

describe('the steps of an action', () => {
  const counted = {
    written: 'decision/d/o',
    about: 'first/1/1',
    stage: 'first',
    isAnywhere: false,
    isAtEnd: () => false,
    timesOf,
  };
  const action: Action = [{ do: 'wait', for: for_(7, 'day'), atMost: 2 }, again(1), exit];

  it.each([
    ['nothing was done yet', {}, 'wait'],
    ['it waited once', { 'decision/d/o/0/first/1/1': 1 }, 'wait'],
    ['it waited twice', { 'decision/d/o/0/first/1/1': 2 }, 'again'],
    ['it waited for another session', { 'decision/d/o/0/first/1/2': 2 }, 'wait'],
    ['it was done again as well', { 'decision/d/o/0/first/1/1': 2, 'decision/d/o/1/first': 1 }, 'exit'],
    ['another stage was done again', { 'decision/d/o/0/first/1/1': 2, 'decision/d/o/1/second': 1 }, 'again'],
  ])('the first that has not been done as often as it may be: %s', (_name, actionCounts, step) => {
    expect(stepOf({ actionCounts }, action, counted).step.do).toBe(step);
  });

  it('with none left, it goes on', () => {
    expect(stepOf({ actionCounts: { 'decision/d/o/0/first': 1 } }, [again(1)], counted).step).toEqual({
      do: 'go',
    });
  });

  it('what has no stage is not done again', () => {
    expect(stepOf({ actionCounts: {} }, [again(1), exit], { ...counted, stage: undefined }).step).toBe(exit);
  });

  it('lets a gate through only when it goes on at once', () => {
    expect([GO, [again(1), ...GO], [exit]].map((one) => goesOn(one, () => false))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it.each([
    [{ do: 'wait', for: for_(1, 'day'), atMost: 1 } as const, 'wait 1 day'],
    [{ do: 'wait', for: for_(2, 'week'), atMost: 1 } as const, 'wait 2 weeks'],
    [{ do: 'end' } as const, 'the course ends'],
    [{ do: 'to', stage: 'second' } as const, 'on to second'],
  ])('are said in words', (step, words) => {
    expect(wordsOf(step)).toBe(words);
  });
});

/** The first operation has been done, and its result is to be decided. */
const reassessed = (outcomes: Record<string, Action>): RunningPlan => {
  const plan = planWith({
    stages: [
      stageOf('first', { reassess: 'result', beforeEach: [taskOf('check')], recovery: [taskOf('visit')] }),
      stageOf('second'),
      stageOf('third'),
    ],
    decisions: [decisionOf('result', { outcomes })],
  });
  once(plan, '2026-03-03');
  return plan;
};
const once = (plan: RunningPlan, day: string): void => {
  perform(plan, 'first', day);
  plan.finishPhase();
  expect(plan.state.chart).toBe('first.reassessment');
};
const RESULT = 'decision/result';

describe('the outcome of a reassessment', () => {
  it.each<[string, Action, string]>([
    ['go', GO, 'second.ready'],
    ['end', [{ do: 'end' }], 'completed'],
    ['next stage', [{ do: 'next stage' }], 'second.ready'],
    ['to a stage further on', [{ do: 'to', stage: 'third' }], 'third.ready'],
    ['again', [again(1)], 'first.ready'],
    ['exit', [exit], 'referral'],
    ['wait', [{ do: 'wait', for: for_(7, 'day'), atMost: 1 }], 'first.reassessment'],
    ['ask', [{ do: 'ask', role: 'nurse' }], 'first.reassessment'],
  ])('%s', (_name, outcome, chart) => {
    const plan = reassessed({ so: outcome });
    decide(plan, RESULT, 'so');
    expect(plan.state.chart).toBe(chart);
    const [taken, ...more] = plan.last.journal.filter(({ kind }) => kind === 'action.taken');
    expect(taken?.details).toMatchObject({ written: 'decision/result/so', step: outcome[0] });
    expect(more).toEqual([]);
  });

  it('again: another round, its work asked for anew, its gate asked anew', () => {
    const plan = reassessed({ revise: [again(1), exit] });
    decide(plan, RESULT, 'revise');
    expect(plan.state.stages.first).toMatchObject({ round: 2, skipped: [] });
    expect(openTasks(plan)).toEqual(['first.ready/check']);
    expect(refusalOf(plan.start('first')).reasons).toMatchObject([{ invariant: 'S1' }]);
    once(plan, '2026-03-10');
    expect(plan.state.performed.map(({ round }) => round)).toEqual([1, 2]);
  });

  it('again beyond its number passes on', () => {
    const plan = reassessed({ revise: [again(1), exit] });
    decide(plan, RESULT, 'revise');
    once(plan, '2026-03-10');
    decide(plan, `${RESULT}#2`, 'revise');
    expect(plan.state.chart).toBe('referral');
    expect(plan.state.actionCounts['decision/result/revise/0/first']).toBe(1);
  });

  it('again is counted over all rounds: no outcome of another round begins it anew', () => {
    const plan = reassessed({ revise: [again(2), ...GO] });
    for (const [index, day] of ['2026-03-10', '2026-03-17'].entries()) {
      decide(plan, index === 0 ? RESULT : `${RESULT}#${index + 1}`, 'revise');
      once(plan, day);
    }
    decide(plan, `${RESULT}#3`, 'revise');
    expect(plan.state.chart).toBe('second.ready');
  });
});

describe('a stage that is begun anew at its gate', () => {
  it('asks for its prep and its checks anew, and nobody owes those of the round before', () => {
    const plan = planWith({
      stages: [
        stageOf('first', { beforeEach: [taskOf('check')], prep: [taskOf('fitness'), taskOf('shower')] }),
      ],
      alerts: [
        alertOf('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] }, { decide: 'restart' }),
      ],
      decisions: [decisionOf('restart', { outcomes: { over: [again(1)] } })],
    });
    plan.complete('first.ready/check');
    plan.consent('first-consent', '2026-03-02');
    plan.send(eventOf('startPrep', { stage: 'first' }, { actor: coordinator }));
    plan.complete('first.prep/fitness');
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
    decide(plan, 'decision/restart', 'over');
    expect(plan.state.chart).toBe('first.ready');
    expect(openTasks(plan)).toEqual(['first.ready/check', 'plan/alert-fever-look-1']);
    expect(plan.state.gates).toMatchObject([{ of: 'prep', closedAt: plan.state.now }]);
    plan.send(eventOf('startPrep', { stage: 'first' }, { actor: coordinator }));
    expect(openTasks(plan)).toEqual(expect.arrayContaining(['first.prep/fitness', 'first.prep/shower']));
  });
});

describe('a jump forward', () => {
  it('skips what lies between, and takes its appointment out of the calendar', () => {
    const plan = reassessed({ skip: [{ do: 'to', stage: 'third' }] });
    book(plan, 'second', '2026-04-01');
    book(plan, 'third', '2026-05-01');
    decide(plan, RESULT, 'skip');
    expect(plan.state.chart).toBe('third.ready');
    expect(plan.state.bookings).toMatchObject({
      second: { status: 'cancelled' },
      third: { status: 'booked' },
    });
    expect(openTasks(plan)).toEqual(['plan/calendar-second-1']);
    expect(plan.state.stages.second).toBeUndefined();
  });

  it('to a stage that had been left out before does it in its first round, and then again in its second', () => {
    const plan = planWith({
      course: [
        { kind: 'stage', name: 'first' },
        { kind: 'stage', name: 'second' },
        { kind: 'decision', name: 'mid' },
      ],
      stages: [stageOf('first', { reassess: 'result' }), stageOf('second')],
      decisions: [
        decisionOf('result', { outcomes: { jump: [{ do: 'to', stage: 'second' }] } }),
        decisionOf('mid', { outcomes: { back: [{ do: 'to', stage: 'second', atMost: 1 }, { do: 'end' }] } }),
      ],
    });
    perform(plan, 'first', '2026-03-03');
    decide(plan, RESULT, 'jump');
    expect(plan.state.stages.second).toEqual({ round: 1, skipped: [] });
    perform(plan, 'second', '2026-03-04');
    decide(plan, 'decision/mid', 'back');
    expect(plan.state.stages.second).toMatchObject({ round: 2, skipped: [] });
    perform(plan, 'second', '2026-03-05');
    decide(plan, 'decision/mid#2', 'back');
    expect(plan.state.chart).toBe('completed');
  });
});

describe('a latest day that a decision answers', () => {
  /** The second operation within 30 days of the first, on 3 March. */
  const late = (outcomes: Record<string, Action>): RunningPlan => {
    const plan = planWith({
      intervals: [
        intervalOf('soon', atStage('end of first'), 'second-procedure', {
          latest: for_(30, 'day'),
          ifLate: { decide: 'late' },
        }),
      ],
      decisions: [decisionOf('late', { outcomes, by: { kind: 'roles', roles: ['dermatologist', 'nurse'] } })],
    });
    perform(plan, 'first', '2026-03-03');
    plan.consent('second-consent', '2026-03-03');
    plan.wake(at('2026-04-03'));
    return plan;
  };
  const LATE = 'late/second/soon/2026-03-03';
  const both = (plan: RunningPlan, outcome: string, question = LATE): void => {
    decide(plan, question, outcome, { role: 'dermatologist' });
    decide(plan, question, outcome, { by: { id: 'nurse-1', roles: ['nurse'], clinic: 'northside' } });
  };

  it('asks those who decide it, and says so at the gate', () => {
    const plan = late({ operate: GO });
    expect(plan.state.questions[LATE]).toMatchObject({
      decision: 'late',
      rule: 'soon',
      roles: ['dermatologist', 'nurse'],
      outcomes: ['operate'],
    });
    expect(refusalOf(plan.start('second')).reasons[0]?.says).toContain(
      'the dermatologist and the nurse have to decide',
    );
  });

  it('go answers it: the gate opens', () => {
    const plan = late({ operate: GO });
    both(plan, 'operate');
    expect(plan.start('second').outcome).toBe('accepted');
  });

  it('again answers it as well: the stage begins anew', () => {
    const plan = late({ over: [again(1)] });
    both(plan, 'over');
    expect(plan.state.stages.second?.round).toBe(2);
    expect(plan.start('second').outcome).toBe('accepted');
  });

  it('wait does not: it is asked again once it has waited', () => {
    const plan = late({ later: [{ do: 'wait', for: for_(7, 'day'), atMost: 1 }, ...exitTo('conservative')] });
    both(plan, 'later');
    expect(openQuestions(plan)).toEqual([]);
    plan.wake(at('2026-04-09'));
    expect(openQuestions(plan)).toEqual([]);
    plan.wake(at('2026-04-10'));
    expect(openQuestions(plan)).toEqual([`${LATE}#2`]);
    expect(refusalOf(plan.start('second')).reasons[0]?.clears).toMatchObject([[{ needs: `${LATE}#2` }]]);
    both(plan, 'later', `${LATE}#2`);
    expect(plan.state.chart).toBe('conservative');
  });

  it('another decision that it leads to answers it', () => {
    const plan = planWith({
      intervals: [
        intervalOf('soon', atStage('end of first'), 'second-procedure', {
          latest: for_(30, 'day'),
          ifLate: { decide: 'late' },
        }),
      ],
      decisions: [
        decisionOf('late', { outcomes: { unsure: [{ do: 'decide', decision: 'senior' }] } }),
        decisionOf('senior', { outcomes: { operate: GO, not: exitTo('referral') } }),
      ],
    });
    perform(plan, 'first', '2026-03-03');
    plan.consent('second-consent', '2026-03-03');
    plan.wake(at('2026-04-03'));
    decide(plan, LATE, 'unsure');
    expect(openQuestions(plan)).toEqual(['decision/senior']);
    decide(plan, 'decision/senior', 'operate');
    expect(plan.start('second').outcome).toBe('accepted');
  });

  it('is asked again of a plan that left its course on it and came back', () => {
    const plan = late({ pause: exitTo('postponement'), operate: GO });
    both(plan, 'pause');
    expect(plan.state.chart).toBe('postponement');
    plan.send({
      id: 'back',
      source: 'front-desk',
      actor: { id: 'coordinator-1', roles: ['coordinator'], clinic: 'northside' },
      type: 'returnToCourse',
      data: { reason: 'back' },
    });
    expect(openQuestions(plan)).toEqual([`${LATE}#2`]);
    both(plan, 'operate', `${LATE}#2`);
    expect(plan.start('second').outcome).toBe('accepted');
  });
});

it('back to an earlier stage, what lies between is done again as well, and what lies behind stays done', () => {
  const plan = planWith({
    stages: [stageOf('zeroth'), stageOf('first'), stageOf('second', { reassess: 'result' })],
    course: [
      { kind: 'stage', name: 'zeroth' },
      { kind: 'stage', name: 'first' },
      { kind: 'stage', name: 'second' },
      { kind: 'decision', name: 'mid' },
    ],
    decisions: [
      decisionOf('result', { outcomes: { go: GO } }),
      decisionOf('mid', { outcomes: { back: [{ do: 'to', stage: 'first', atMost: 1 }], on: GO } }),
    ],
  });
  perform(plan, 'zeroth', '2026-03-02');
  perform(plan, 'first', '2026-03-03');
  perform(plan, 'second', '2026-03-04');
  decide(plan, 'decision/result', 'go');
  decide(plan, 'decision/mid', 'back');
  expect(plan.state.chart).toBe('first.ready');
  expect(plan.state.stages).toMatchObject({
    zeroth: { round: 1 },
    first: { round: 2 },
    second: { round: 2 },
  });
  perform(plan, 'first', '2026-03-05');
  expect(plan.state.chart).toBe('second.ready');
  perform(plan, 'second', '2026-03-06');
  expect(openQuestions(plan)).toEqual(['decision/result#2']);
});
