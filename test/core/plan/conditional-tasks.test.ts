import type { TaskDefinition } from '../../../src/core/pathway/work.schema.ts';
import { factOf, for_, leaf, pathwayWith, stageOf, taskOf, type Variation } from '../../support/pathways.ts';
import { kinds, RunningPlan } from '../../support/plan.ts';
import { dueOf, repeating, waitOf } from '../../support/tasks.ts';

const FERTILITY = 'consultation/fertility';
const YOUNG = { all: [leaf('smoker', 'equal', true)] };
const fertility = (more: Partial<TaskDefinition> = {}): TaskDefinition =>
  taskOf('fertility', { onlyWhen: YOUNG, ...more });

const planOf = (consultation: TaskDefinition[], more: Variation = {}): RunningPlan =>
  new RunningPlan(pathwayWith({ rules: [], consultation, ...more }));
const told = (plan: RunningPlan, smoker: boolean, now?: string) =>
  plan.observe([{ fact: 'smoker', value: smoker }], now);
const at = (day: string): string => `${day}T16:00:00.000Z`;

describe('a task that is made only under a condition', () => {
  it('is made while nobody knows', () => {
    const plan = planOf([fertility(), taskOf('history')]);
    expect(plan.state.tasks[FERTILITY]).toMatchObject({ status: 'requested' });
    expect(dueOf(plan, FERTILITY)).toBe('2026-03-10T04:00:00.000Z');
  });

  it.each([
    [true, 'requested'],
    [false, 'cancelled'],
  ])('once it is known: smoker %s, it is %s', (smoker, status) => {
    const plan = planOf([fertility(), taskOf('history')]);
    told(plan, smoker);
    expect(plan.state.tasks[FERTILITY]?.status).toBe(status);
    expect(waitOf(plan, FERTILITY) !== undefined).toBe(smoker);
  });

  it('is not asked for at all when it is known from the first', () => {
    const recovery = [
      taskOf('patches', { onlyWhen: YOUNG, due: { to: for_(3, 'day'), after: 'procedure' } }),
    ];
    const plan = planOf([], { stages: [stageOf('excision', { recovery: [...recovery, taskOf('visit')] })] });
    told(plan, false);
    plan.report('excision', '2026-03-02');
    expect(plan.state.tasks['excision.recovery/patches']).toBeUndefined();
    expect(plan.state.tasks['excision.recovery/visit']?.status).toBe('requested');
  });

  it('is made when it becomes needed while its phase lasts, and counts from its anchor', () => {
    const plan = planOf([fertility(), taskOf('history')]);
    told(plan, false, at('2026-03-03'));
    told(plan, true, at('2026-03-05'));
    expect(plan.state.tasks[FERTILITY]?.status).toBe('requested');
    expect(dueOf(plan, FERTILITY)).toBe('2026-03-10T04:00:00.000Z');
  });

  it('is not made when its phase is over', () => {
    const plan = planOf([fertility(), taskOf('history')], { assessment: [taskOf('scan')] });
    told(plan, false, at('2026-03-03'));
    plan.complete('consultation/history', at('2026-03-04'));
    expect(plan.state.chart).toBe('assessment');
    told(plan, true, at('2026-03-05'));
    expect(plan.state.tasks[FERTILITY]?.status).toBe('cancelled');
  });

  it('that is done stays done, whatever becomes known', () => {
    const plan = planOf([fertility(), taskOf('history')]);
    plan.complete(FERTILITY, at('2026-03-03'));
    told(plan, false, at('2026-03-04'));
    told(plan, true, at('2026-03-05'));
    expect(plan.state.tasks[FERTILITY]).toMatchObject({ status: 'completed', completedAt: at('2026-03-03') });
  });

  it('and falls away does not keep its phase from ending', () => {
    const plan = planOf([fertility()], { assessment: [taskOf('scan')] });
    expect(plan.state.chart).toBe('consultation');
    told(plan, false);
    expect(plan.state.chart).toBe('assessment');
    expect(kinds(plan.last.journal)).toEqual([
      'event.accepted',
      'task.cancelled',
      'phase.entered',
      'task.requested',
    ]);
  });

  it('and becomes needed again as the last of a phase is done keeps the phase', () => {
    const facts = [factOf('smoker', { kind: 'yes or no' }, { goodFor: for_(10, 'day') })];
    const plan = planOf([fertility(), taskOf('history')], { facts, assessment: [taskOf('scan')] });
    told(plan, false, at('2026-03-03'));
    // Too old to tell by then, though no wake came.
    plan.complete('consultation/history', at('2026-04-01'));
    expect(plan.state.chart).toBe('consultation');
    expect(plan.state.tasks[FERTILITY]?.status).toBe('requested');
  });
});

describe('time alone', () => {
  it.each([
    ['the last instant at which it is known', '2026-03-14T03:59:59.999Z', 'cancelled'],
    ['the first at which it is too old', '2026-03-14T04:00:00.000Z', 'requested'],
  ])('makes a task that nobody can rule out any more: %s', (_when, now, status) => {
    const facts = [factOf('smoker', { kind: 'yes or no' }, { goodFor: for_(10, 'day') })];
    const plan = planOf(
      [fertility(), taskOf('history', { due: { to: for_(60, 'day'), after: 'plan start' } })],
      {
        facts,
      },
    );
    told(plan, false, at('2026-03-03'));
    expect(plan.state.wake.at).toBe('2026-03-14T04:00:00.000Z');
    plan.wake(now);
    expect(plan.state.tasks[FERTILITY]?.status).toBe(status);
  });
});

describe('work at a gate that is made only under a condition', () => {
  const stage = stageOf('excision', {
    beforeEach: [taskOf('patch-test', { onlyWhen: YOUNG, due: { to: for_(7, 'day'), after: 'stage' } })],
  });
  const TEST = 'excision.ready/patch-test';

  it('is asked for anew before the next time, whatever it was before the last', () => {
    const plan = planOf([], { stages: [stage, stageOf('refinement')] });
    told(plan, false);
    expect(plan.state.tasks[TEST]?.status).toBe('cancelled');
    told(plan, true);
    plan.complete(TEST);
    expect(plan.state.tasks[TEST]?.status).toBe('completed');
    expect(plan.state.chart).toBe('excision.ready');
  });

  it('does not come back once it is cancelled because the plan was', () => {
    const plan = planOf([], { stages: [stage] });
    plan.cancel();
    told(plan, true);
    expect(plan.state.tasks[TEST]?.status).toBe('cancelled');
  });
});

describe('a row under a condition that is not met from the first', () => {
  it('begins when it is, with the first that is due then', () => {
    const plan = planOf([repeating('weigh', for_(7, 'day'), { onlyWhen: YOUNG }), taskOf('history')]);
    told(plan, false, at('2026-03-03'));
    told(plan, true, at('2026-03-20'));
    expect(plan.state.tasks['consultation/weigh']).toMatchObject({ status: 'requested', repeat: 3 });
    expect(dueOf(plan, 'consultation/weigh')).toBe('2026-03-24T04:00:00.000Z');
  });

  it('begins even after its phase, while its stage lasts', () => {
    const closure = [repeating('dressing', for_(2, 'day'), { onlyWhen: YOUNG })];
    const stages = [stageOf('excision', { closure, recovery: [taskOf('visit')] }), stageOf('refinement')];
    const plan = planOf([], { stages });
    told(plan, false, at('2026-03-03'));
    plan.report('excision', '2026-03-04', at('2026-03-04'));
    expect(plan.state.chart).toBe('excision.recovery');
    expect(waitOf(plan, 'excision.closure/dressing')).toBeUndefined();
    told(plan, true, at('2026-03-09'));
    expect(dueOf(plan, 'excision.closure/dressing')).toBe('2026-03-11T04:00:00.000Z');
  });
});
