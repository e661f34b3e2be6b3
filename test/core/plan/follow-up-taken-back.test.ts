import type { TaskDefinition } from '../../../src/core/pathway/work.schema.ts';
import { comeBack, leave, openTasks, planWith, sleepUntil } from '../../support/decided.ts';
import { for_, stageOf, taskOf } from '../../support/pathways.ts';
import { eventOf, type RunningPlan } from '../../support/plan.ts';
import { dueOf, repeating } from '../../support/tasks.ts';
import { itemsOf } from '../../support/tracks.ts';

/** A report during follow-up that turns out to be wrong leaves follow-up as it was. */

const FOLLOW_UP = 'follow-up.maintenance';
const HAND_OVER = `${FOLLOW_UP}/hand-over`;
const LETTER = `${FOLLOW_UP}/letter`;
const VISIT = `${FOLLOW_UP}/visit`;
const at = (day: string): string => `${day}T16:00:00.000Z`;
const once = (task: string): TaskDefinition => taskOf(task, { due: { to: for_(30, 'day'), after: 'stage' } });

/** In follow-up since 16 March 2026, the letter written, one of the half-yearly visits made. */
const followed = (careAfter: TaskDefinition[] = []): RunningPlan => {
  const plan = planWith({
    maintenance: [
      {
        maintenance: 'follow-up',
        title: 'Follow-up',
        lasts: for_(2, 'year'),
        tasks: [once('hand-over'), once('letter'), repeating('visit', for_(6, 'month'))],
      },
    ],
    stages: [stageOf('first'), stageOf('second', { recovery: careAfter })],
    course: [...itemsOf('first', 'second'), { kind: 'maintenance', name: 'follow-up' }],
  });
  plan.report('first', '2026-03-09', at('2026-03-09'));
  plan.report('second', '2026-03-16', at('2026-03-16'));
  for (const { task } of careAfter) plan.complete(`second.recovery/${task}`, at('2026-03-16'));
  settle(plan);
  plan.complete(LETTER, at('2026-03-20'));
  plan.complete(VISIT, at('2026-09-10'));
  return plan;
};
const settle = (plan: RunningPlan): void => {
  for (const id of openTasks(plan)) if (id.startsWith('plan/')) plan.complete(id);
};
const wrong = (plan: RunningPlan, on = '2026-10-01'): void => {
  plan.report('second', on, at(on));
  settle(plan);
};
const takeBack = (plan: RunningPlan, day: string, on = '2026-10-01'): void => {
  const data = { stage: 'second', performedOn: on, reason: 'of another patient' };
  plan.send(eventOf('report.withdrawn', data, { id: `back-${plan.steps.length}` }), at(day));
  settle(plan);
};
/** Open work of follow-up with its due time and how far its ladder is. */
const owed = (plan: RunningPlan) => ({
  chart: plan.state.chart,
  open: openTasks(plan)
    .filter((id) => id.startsWith(FOLLOW_UP))
    .map((id) => {
      const { dueAt, rung, nextAt } = plan.state.waits[`task/${id}`] ?? {};
      return { id, dueAt, rung, nextAt };
    }),
  letter: plan.state.tasks[LETTER]?.status,
  began: plan.state.enteredAt['follow-up/1'],
});

describe('a report during follow-up that is withdrawn', () => {
  it.each([
    ['nothing follows the procedure', []],
    ['care follows it', [taskOf('dressing')]],
  ])('leaves it counted, owed and done as it was: %s', (_says, care) => {
    const plan = followed(care);
    const untouched = followed(care);
    wrong(plan);
    takeBack(plan, '2026-10-05');
    untouched.wake(at('2026-10-05'));
    expect(owed(plan)).toEqual(owed(untouched));
    sleepUntil(plan, at('2028-03-20'));
    sleepUntil(untouched, at('2028-03-20'));
    expect(owed(plan)).toEqual(owed(untouched));
  });

  it('leaves what was done of it meanwhile done, and asks rather for one visit more than for one less', () => {
    const plan = followed();
    wrong(plan);
    plan.complete(HAND_OVER, at('2026-10-02'));
    plan.complete(VISIT, at('2026-10-03'));
    takeBack(plan, '2026-10-05');
    expect(openTasks(plan)).toEqual([VISIT]);
    expect(dueOf(plan, VISIT)).toBe('2027-03-17T04:00:00.000Z');
  });

  it('leaves it so for a plan that has left its course meanwhile', () => {
    const plan = followed();
    wrong(plan);
    leave(plan, 'postponement', at('2026-10-02'));
    takeBack(plan, '2026-10-05');
    comeBack(plan, at('2026-10-06'));
    expect(plan.state.enteredAt['follow-up/1']).toBe(at('2026-03-16'));
    expect(openTasks(plan)).toEqual([HAND_OVER, VISIT]);
    expect(dueOf(plan, VISIT)).toBe('2027-03-17T04:00:00.000Z');
  });

  it('leaves it begun anew by another that was right', () => {
    const plan = followed();
    wrong(plan);
    plan.report('second', '2026-11-02', at('2026-11-02'));
    takeBack(plan, '2026-11-05');
    expect(plan.state.enteredAt['follow-up/1']).toBe(at('2026-11-02'));
    expect(dueOf(plan, VISIT)).toBe('2027-05-03T04:00:00.000Z');
  });

  it.each([
    ['the first of them first', ['2026-10-01', '2026-11-02']],
    ['the last of them first', ['2026-11-02', '2026-10-01']],
  ])('leaves it as it was before both of two that were wrong: %s', (_says, order) => {
    const plan = followed();
    wrong(plan);
    wrong(plan, '2026-11-02');
    for (const on of order) takeBack(plan, '2026-11-05', on);
    expect(plan.state.chart).toBe(FOLLOW_UP);
    expect(plan.state.enteredAt['follow-up/1']).toBe(at('2026-03-16'));
    expect(openTasks(plan)).toEqual([HAND_OVER, VISIT]);
    expect(dueOf(plan, VISIT)).toBe('2027-03-17T04:00:00.000Z');
  });
});
