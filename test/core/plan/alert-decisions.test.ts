import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import {
  boardOf,
  comeBack,
  decide,
  decisionOf,
  exitTo,
  GO,
  leave,
  openQuestions,
  openTasks,
  planWith,
  sleepUntil,
} from '../../support/decided.ts';
import { alertOf, contraindication, for_, leaf, stageOf, taskOf } from '../../support/pathways.ts';
import type { RunningPlan } from '../../support/plan.ts';
import { perform } from '../../support/staged.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const again = (atMost: number): Action[number] => ({ do: 'again', atMost });
const RESULT = 'decision/result';

describe('a decision that an alert asks', () => {
  const alerted = (outcomes: Record<string, Action>): RunningPlan =>
    planWith({
      alerts: [
        alertOf(
          'fever',
          { all: [leaf('temperature', 'greaterThanInclusive', 38)] },
          {
            decide: 'complication',
            of: ['first-procedure'],
            within: for_(30, 'day'),
          },
        ),
      ],
      stages: [stageOf('first', { recovery: [taskOf('visit')] })],
      decisions: [decisionOf('complication', { outcomes })],
    });
  const fever = (plan: RunningPlan, id: string, day: string): void => {
    plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }], at(day), { id });
  };
  const ASKED = 'decision/complication';

  it('is asked beside its tasks, and holds nothing', () => {
    const plan = alerted({ 'go-on': GO });
    perform(plan, 'first', '2026-03-03');
    fever(plan, 'f1', '2026-03-04');
    expect(plan.state.questions[ASKED]).toMatchObject({ rule: 'fever', about: 'alert/fever/1' });
    plan.complete('first.recovery/visit');
    expect(plan.state.chart).toBe('completed');
    expect(openQuestions(plan)).toEqual([ASKED]);
    expect(plan.state.status).toBe('active');
  });

  it('leads to what it says, of the stage that the plan is at', () => {
    const plan = alerted({ operate: [again(1)] });
    perform(plan, 'first', '2026-03-03');
    fever(plan, 'f1', '2026-03-04');
    decide(plan, ASKED, 'operate');
    expect(plan.state.chart).toBe('first.ready');
    expect(plan.state.stages.first?.round).toBe(2);
    expect(openTasks(plan)).toContain('first.recovery/visit');
  });

  it('asked after the course has ended is answered, and what would move the plan is handed to the coordinator', () => {
    const plan = alerted({ operate: [again(1)], fine: GO });
    perform(plan, 'first', '2026-03-03');
    plan.finishPhase();
    expect(plan.state.chart).toBe('completed');
    fever(plan, 'f1', '2026-03-10');
    decide(plan, ASKED, 'operate');
    expect(plan.state.chart).toBe('completed');
    const handed = openTasks(plan).find((id) => id.startsWith('plan/decided-')) ?? '';
    expect(plan.state.tasks[handed]).toMatchObject({
      role: 'coordinator',
      title: expect.stringContaining('completed'),
    });
  });

  it('survives the end of the plan that it was asked in: somebody still has to look', () => {
    const plan = alerted({ fine: GO });
    perform(plan, 'first', '2026-03-03');
    fever(plan, 'f1', '2026-03-04');
    plan.cancel();
    expect(openQuestions(plan)).toEqual([ASKED]);
    expect(plan.state.status).toBe('active');
    for (const id of openTasks(plan)) plan.complete(id);
    decide(plan, ASKED, 'fine');
    expect(openQuestions(plan)).toEqual([]);
  });

  it('off the course it can lead to another exit, and to nothing that would move the course', () => {
    const plan = alerted({ operate: [again(1)], look: exitTo('further-evaluation') });
    perform(plan, 'first', '2026-03-03');
    leave(plan, 'postponement');
    fever(plan, 'f1', '2026-03-04');
    decide(plan, ASKED, 'operate');
    expect(plan.state.chart).toBe('postponement');
    expect(openTasks(plan).some((id) => id.startsWith('plan/decided-'))).toBe(true);
    for (const id of openTasks(plan).filter((one) => one.startsWith('plan/alert-'))) plan.complete(id);
    fever(plan, 'f2', '2026-03-06');
    decide(plan, `${ASKED}#2`, 'look');
    expect(plan.state.leave).toMatchObject({ exit: 'further-evaluation', from: 'first.recovery' });
  });

  it('stays open over an exit: what it was asked about has not gone away', () => {
    const plan = alerted({ fine: GO });
    perform(plan, 'first', '2026-03-03');
    fever(plan, 'f1', '2026-03-04');
    leave(plan, 'postponement');
    expect(openQuestions(plan)).toEqual([ASKED]);
  });
});

describe('the same decision, asked from two places', () => {
  const twice = () =>
    planWith({
      alerts: [
        alertOf('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] }, { decide: 'result' }),
      ],
      stages: [stageOf('first', { reassess: 'result' })],
      decisions: [decisionOf('result')],
    });
  const fever = (plan: RunningPlan) => plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);

  it('by the stage first: the alert asks no second one', () => {
    const plan = twice();
    perform(plan, 'first', '2026-03-03');
    fever(plan);
    expect(openQuestions(plan)).toEqual([RESULT]);
    decide(plan, RESULT, 'yes');
    expect(plan.state.chart).toBe('completed');
  });

  it('by the alert first: the stage takes it over, with the votes that were cast, and ends with it', () => {
    const plan = twice();
    fever(plan);
    perform(plan, 'first', '2026-03-03');
    expect(openQuestions(plan)).toEqual([RESULT]);
    expect(plan.state.questions[RESULT]).toMatchObject({ about: 'first.reassessment', stage: 'first' });
    decide(plan, RESULT, 'yes');
    expect(plan.state.chart).toBe('completed');
  });
});

describe('a decision that an alert and a stage wait for, when the plan leaves the stage', () => {
  const HOT = { all: [leaf('temperature', 'greaterThanInclusive', 38)] };
  const shared = (more: Parameters<typeof decisionOf>[1] = {}) =>
    planWith({
      alerts: [alertOf('fever', HOT, { decide: 'result' })],
      stages: [stageOf('first', { reassess: 'result' })],
      decisions: [decisionOf('result', more), decisionOf('senior')],
    });
  const fever = (plan: RunningPlan) => plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
  const alertFirst = (more?: Parameters<typeof decisionOf>[1]) => {
    const plan = shared(more);
    fever(plan);
    perform(plan, 'first', '2026-03-03');
    return plan;
  };
  const stageFirst = (more?: Parameters<typeof decisionOf>[1]) => {
    const plan = shared(more);
    perform(plan, 'first', '2026-03-03');
    fever(plan);
    return plan;
  };

  it.each([
    ['the alert asked first', alertFirst],
    ['the stage asked first', stageFirst],
  ])('is asked for the alert still: %s', (_who, begin) => {
    const plan = begin();
    leave(plan, 'postponement');
    expect(openQuestions(plan)).toEqual([RESULT]);
    expect(plan.state.questions[RESULT]?.about).toBe('alert/fever/1');
    expect(plan.state.questions[RESULT]?.alsoFor).toBeUndefined();
    comeBack(plan);
    expect(openQuestions(plan)).toEqual([RESULT]);
    decide(plan, RESULT, 'yes');
    expect(plan.state.chart).toBe('completed');
  });

  it.each([
    ['the alert asked first', alertFirst],
    ['the stage asked first', stageFirst],
  ])('outlives the plan that is cancelled: %s', (_who, begin) => {
    const plan = begin();
    plan.cancel();
    expect(openQuestions(plan)).toEqual([RESULT]);
    expect(plan.state.waits[`question/${RESULT}`]?.pausedAt).toBeUndefined();
  });

  it('is asked for the alert still once it was put off', () => {
    const plan = stageFirst({ outcomes: { later: [{ do: 'wait', for: for_(1, 'day'), atMost: 3 }] } });
    decide(plan, RESULT, 'later');
    leave(plan, 'postponement');
    expect(openQuestions(plan)).toEqual([`${RESULT}#2`]);
  });

  it('and so is the decision that it led to', () => {
    const plan = alertFirst({ outcomes: { unsure: [{ do: 'decide', decision: 'senior' }] } });
    decide(plan, RESULT, 'unsure');
    leave(plan, 'postponement');
    expect(openQuestions(plan)).toEqual(['decision/senior']);
  });

  it('keeps the votes that were cast', () => {
    const plan = alertFirst({ by: { kind: 'roles', roles: ['dermatologist', 'nurse'] } });
    decide(plan, RESULT, 'yes');
    leave(plan, 'postponement');
    expect(plan.state.questions[RESULT]?.votes).toHaveLength(1);
  });
});

it('what an alert asked, and was put off, is stopped by no hold', () => {
  const hot = { all: [leaf('temperature', 'greaterThanInclusive', 38)] };
  const plan = planWith({
    rules: [contraindication('hot', hot)],
    alerts: [alertOf('fever', hot, { decide: 'result' })],
    decisions: [
      decisionOf('result', { outcomes: { later: [{ do: 'wait', for: for_(1, 'day'), atMost: 3 }] } }),
    ],
  });
  plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
  decide(plan, RESULT, 'later');
  expect(Object.keys(plan.state.holds)).not.toEqual([]);
  expect(plan.state.waits[`question/${RESULT}#2`]).toBeDefined();
  expect(plan.state.waits[`question/${RESULT}#2`]?.pausedAt).toBeUndefined();
});

it('two decisions that cannot be acted on in one step are each handed to the coordinator', () => {
  const board = { by: boardOf(2), noQuorum: exitTo('referral') };
  const when = { all: [leaf('temperature', 'greaterThanInclusive', 38)] };
  const plan = planWith({
    alerts: [alertOf('a', when, { decide: 'one' }), alertOf('b', when, { decide: 'two' })],
    decisions: [decisionOf('one', board), decisionOf('two', board)],
  });
  plan.observe([{ fact: 'temperature', value: 39, unit: 'Cel' }]);
  plan.cancel();
  expect(openQuestions(plan)).toEqual(['decision/one', 'decision/two']);
  sleepUntil(plan, at('2026-03-20'));
  expect(openQuestions(plan)).toEqual([]);
  expect(openTasks(plan).filter((id) => id.includes('decided-'))).toHaveLength(2);
});
