import type { TaskDefinition } from '../../../src/core/pathway/work.schema.ts';
import {
  comeBack,
  decide,
  decisionOf,
  leave,
  openTasks,
  planWith,
  sleepUntil,
} from '../../support/decided.ts';
import { contraindication, factOf, for_, leaf, taskOf, type Variation } from '../../support/pathways.ts';
import { eventOf, type RunningPlan } from '../../support/plan.ts';
import { dueOf, repeating, until, waitOf } from '../../support/tasks.ts';

const HEART = 'course/heart-check';
const at = (day: string): string => `${day}T16:00:00.000Z`;

/** Every three months from the first session on, until a year after the last. */
const heartCheck = (more: Parameters<typeof repeating>[2] = {}): TaskDefinition =>
  repeating('heart-check', for_(3, 'month'), {
    from: { by: for_(0, 'day'), after: 'first session' },
    ...until(for_(12, 'month'), 'last session'),
    ...more,
  });

const beside = (tasks: TaskDefinition[], more: Variation = {}): RunningPlan =>
  planWith({ alongside: tasks, ...more });

const treated = (tasks: TaskDefinition[] = [heartCheck()], more: Variation = {}): RunningPlan => {
  const plan = beside(tasks, more);
  plan.report('first', '2026-03-09', '2026-03-09T20:00:00.000Z');
  return plan;
};

describe('work alongside the course', () => {
  it('that counts from what has not come yet nobody owes', () => {
    const plan = beside([heartCheck()]);
    expect(plan.state.chart).toBe('first.ready');
    expect(plan.state.tasks[HEART]).toBeUndefined();
    expect(waitOf(plan, HEART)).toBeUndefined();
  });

  it('is due for the first time when it says, and then in its turn', () => {
    const plan = treated();
    const dues = [1, 2, 3].map(() => {
      const due = dueOf(plan, HEART)?.slice(0, 10) ?? '';
      plan.complete(HEART, at(due));
      return due;
    });
    expect(dues).toEqual(['2026-03-10', '2026-06-10', '2026-09-10']);
  });

  it('is owed no more when the report that it counted from is withdrawn, and again when it is told right', () => {
    const plan = treated();
    plan.send(
      eventOf('report.withdrawn', { stage: 'first', performedOn: '2026-03-09', reason: 'another patient' }),
      at('2026-03-10'),
    );
    expect(plan.state.tasks[HEART]?.status).toBe('cancelled');
    plan.report('first', '2026-03-12', at('2026-03-12'));
    expect(plan.state.tasks[HEART]?.status).toBe('requested');
    expect(dueOf(plan, HEART)).toBe('2026-03-13T04:00:00.000Z');
  });

  it.each([
    [
      'the beginning of the course',
      heartCheck({ from: { by: for_(0, 'day'), after: 'course' } }),
      '2026-03-03',
    ],
    [
      'a round after it, where the row does not say',
      repeating('heart-check', for_(3, 'month')),
      '2026-06-03',
    ],
  ])('is asked for as the course begins where it counts from %s', (_says, row, lateFrom) => {
    expect(dueOf(beside([row]), HEART)?.slice(0, 10)).toBe(lateFrom);
  });

  it('is not asked for before the course begins', () => {
    const plan = beside([repeating('heart-check', for_(3, 'month')), taskOf('ring')], {
      decidedIn: { consultation: ['begin'], assessment: [] },
      decisions: [decisionOf('begin')],
    });
    expect(openTasks(plan)).toEqual([]);
    decide(plan, 'decision/begin', 'yes');
    expect(openTasks(plan)).toEqual([HEART, 'course/ring']);
  });

  it('done once, waits for its day and keeps no phase from ending', () => {
    const once = taskOf('ring', { due: { to: for_(14, 'day'), after: 'first session' } });
    const plan = treated([once]);
    expect(dueOf(plan, 'course/ring')).toBe('2026-03-24T04:00:00.000Z');
    plan.report('second', '2026-03-16', at('2026-03-16'));
    expect(plan.state.chart).toBe('completed');
    expect(openTasks(plan)).toContain('course/ring');
    plan.complete('course/ring', at('2026-03-20'));
    expect(plan.state.tasks['course/ring']?.status).toBe('completed');
  });

  it('that has a condition is made while that is not known to be unmet', () => {
    const onlyWhen = { all: [leaf('smokes', 'equal', true)] };
    const facts = [factOf('smokes', { kind: 'yes or no' })];
    const plan = beside([taskOf('quit', { onlyWhen })], { facts });
    expect(openTasks(plan)).toEqual(['course/quit']);
    plan.observe([{ fact: 'smokes', value: false }], at('2026-03-03'));
    expect(openTasks(plan)).toEqual([]);
    plan.observe([{ fact: 'smokes', value: true }], at('2026-03-05'));
    expect(openTasks(plan)).toEqual(['course/quit']);
  });

  it('goes on while a hold stops the clocks of the stage', () => {
    const facts = [factOf('fever', { kind: 'yes or no' })];
    const rules = [contraindication('febrile', { all: [leaf('fever', 'equal', true)] })];
    const plan = beside([repeating('heart-check', for_(1, 'month'))], { facts, rules });
    plan.observe([{ fact: 'fever', value: true }], at('2026-03-03'));
    expect(plan.state.status).toBe('on-hold');
    expect(waitOf(plan, HEART)?.pausedAt).toBeUndefined();
  });
});

describe('where a plan goes, the work alongside', () => {
  it.each(['postponement', 'further-evaluation', 'conservative', 'referral'] as const)(
    'goes on in %s',
    (exit) => {
      const plan = treated();
      leave(plan, exit, at('2026-03-09'));
      plan.complete(HEART, '2026-03-09T23:00:00.000Z');
      expect(dueOf(plan, HEART)).toBe('2026-06-10T04:00:00.000Z');
      comeBack(plan, at('2026-03-20'));
      expect(dueOf(plan, HEART)).toBe('2026-06-10T04:00:00.000Z');
      expect(plan.state.tasks[HEART]).toMatchObject({ status: 'requested', repeat: 2 });
    },
  );

  it('outlives the course where it names its end, and the plan is active until then', () => {
    const plan = treated();
    plan.report('second', '2026-03-16', at('2026-03-16'));
    for (const id of openTasks(plan)) if (id.startsWith('plan/')) plan.complete(id);
    expect(plan.state).toMatchObject({ chart: 'completed', status: 'active' });
    const done: string[] = [];
    while (waitOf(plan, HEART)) {
      done.push(dueOf(plan, HEART)?.slice(0, 10) ?? '');
      plan.complete(HEART, dueOf(plan, HEART));
    }
    expect(done).toEqual(['2026-03-10', '2026-06-10', '2026-09-10', '2026-12-10', '2027-03-10']);
    expect(plan.state).toMatchObject({ status: 'completed', wake: { at: null } });
  });

  it('ends with the course where it names none', () => {
    const plan = treated([repeating('heart-check', for_(3, 'month'))]);
    plan.report('second', '2026-03-16', at('2026-03-16'));
    expect(plan.state.tasks[HEART]?.status).toBe('cancelled');
  });

  it('ends with a plan that is cancelled', () => {
    const plan = treated();
    plan.cancel(at('2026-03-10'));
    expect(plan.state.tasks[HEART]?.status).toBe('cancelled');
  });

  it('stays with its ladder where it is while nobody does it', () => {
    const plan = treated();
    sleepUntil(plan, '2026-04-20T22:00:00.000Z');
    expect(plan.state.tasks[HEART]).toMatchObject({ status: 'requested', repeat: 1 });
    expect(plan.state.escalation).toBeGreaterThan(0);
  });
});
