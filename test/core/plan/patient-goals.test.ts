import { LIMITS } from '../../../src/core/model/limits.ts';
import { openTasks } from '../../support/decided.ts';
import { onDay, planFor } from '../../support/goals.ts';
import { actor, eventOf, patient, type RunningPlan } from '../../support/plan.ts';

const barrier = (plan: RunningPlan, text: string, goal = 'clear') =>
  plan.send(
    eventOf('barrier.recorded', { goal, barrier: text }, { id: `b-${plan.steps.length}`, actor: patient }),
  );
const priority = (plan: RunningPlan, is: 'high' | 'medium' | 'low', time?: string) =>
  plan.send(
    eventOf(
      'priority.stated',
      { goal: 'clear', priority: is },
      { id: `p-${plan.steps.length}`, actor: patient, ...(time ? { time } : {}) },
    ),
    onDay('2026-03-10'),
  );

describe('what stands in the way of a goal', () => {
  it('is kept in the words of the patient, and whoever leads talks it over', () => {
    const plan = planFor();
    barrier(plan, 'No way to the clinic on weekdays');
    expect(plan.state.goals.clear?.barriers).toMatchObject([
      { text: 'No way to the clinic on weekdays', by: 'patient-1', task: 'plan/barrier-clear-1' },
    ]);
    expect(plan.state.waits['task/plan/barrier-clear-1']).toMatchObject({ owner: 'dermatologist' });
    expect(plan.last.effects.map(({ role, says }) => [role, says])).toEqual([
      ['dermatologist', 'In the way of "Clear skin": No way to the clinic on weekdays'],
    ]);
  });

  it('said twice is one, until it has been talked over', () => {
    const plan = planFor();
    barrier(plan, 'It stings');
    barrier(plan, 'It stings');
    expect(plan.state.goals.clear?.barriers).toHaveLength(1);
    plan.complete('plan/barrier-clear-1');
    barrier(plan, 'It stings');
    expect(openTasks(plan)).toContain('plan/barrier-clear-2');
  });

  it('said of a plan that is over, is written down, and nobody is called', () => {
    const plan = planFor();
    plan.cancel();
    barrier(plan, 'It stings');
    expect(plan.state.goals.clear?.barriers).toHaveLength(1);
    expect(openTasks(plan)).toEqual([]);
  });

  it.each([
    [LIMITS.barriersPerPlan - 1, 'accepted'],
    [LIMITS.barriersPerPlan, 'rejected'],
  ])('after %i of them, one more is %s', (before, outcome) => {
    const plan = planFor();
    for (let at = 1; at <= before; at += 1) barrier(plan, `Reason ${at}`);
    expect(barrier(plan, 'One more').answer.outcome).toBe(outcome);
  });
});

describe('how much a goal matters', () => {
  it('is what the patient said last', () => {
    const plan = planFor();
    priority(plan, 'low');
    priority(plan, 'high');
    expect(plan.state.goals.clear?.priority).toMatchObject({ is: 'high', by: 'patient-1' });
    expect(plan.last.journal.map(({ says }) => says)).toContain(
      'Clear skin: of high priority to the patient',
    );
  });

  it('told late, it does not take the place of what was said since', () => {
    const plan = planFor();
    priority(plan, 'high', onDay('2026-03-08'));
    priority(plan, 'low', onDay('2026-03-05'));
    expect(plan.state.goals.clear?.priority?.is).toBe('high');
  });
});

it.each([
  ['a goal that the pathway does not have', patient, 'CC2050'],
  ['the goal of another', actor('patient-2', 'patient'), 'CC2018'],
])('refuses what is said of %s', (_says, by, code) => {
  const plan = planFor();
  const goal = code === 'CC2050' ? 'clean' : 'clear';
  const { answer } = plan.send(eventOf('barrier.recorded', { goal, barrier: 'x' }, { actor: by }));
  expect(answer).toMatchObject({ outcome: 'rejected', code });
});
