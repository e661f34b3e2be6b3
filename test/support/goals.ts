import type { DerivedDefinition, FactDefinition } from '../../src/core/pathway/facts.schema.ts';
import type { GoalDefinition, ObjectiveDefinition } from '../../src/core/pathway/goals.schema.ts';
import { planWith } from './decided.ts';
import { factOf, for_, leaf, type Variation } from './pathways.ts';
import { eventOf, type RunningPlan } from './plan.ts';

/** Spots, counted by a nurse and good for 45 days, and by how many per cent they have fallen. */
export const LESIONS: FactDefinition = factOf(
  'lesions',
  { kind: 'grade', from: 0, to: 500 },
  { goodFor: for_(45, 'day'), ask: { role: 'nurse', within: for_(7, 'day') } },
);
export const FALL: DerivedDefinition = {
  derived: 'lesionsFall',
  of: 'lesions',
  way: { kind: 'fall', percent: true },
  unit: '%',
};

/** At least 75 % fewer, six months after the plan began: by 2 September 2026. */
export const FEWER: ObjectiveDefinition = {
  objective: 'fewer',
  title: 'Fewer spots',
  measure: 'lesionsFall',
  target: { all: [leaf('lesionsFall', 'greaterThanInclusive', 75)] },
  by: { by: for_(6, 'month'), after: 'plan start' },
};

/** The dermatologist's. */
export const goalOf = (...objectives: ObjectiveDefinition[]): GoalDefinition => ({
  goal: 'clear',
  title: 'Clear skin',
  role: 'dermatologist',
  objectives,
});

/** A plan that began on 2 March 2026, with an objective. */
export const planFor = (more: Partial<ObjectiveDefinition> = {}, variation: Variation = {}): RunningPlan =>
  planWith({
    facts: [LESIONS],
    derived: [FALL],
    goals: [goalOf({ ...FEWER, ...more })],
    ...variation,
  });

export const onDay = (day: string): string => `${day}T16:00:00.000Z`;

/** Somebody counts on a day, and says so on that day. */
export const count = (plan: RunningPlan, day: string, lesions: number) =>
  plan.observe([{ fact: 'lesions', value: lesions, observedAt: onDay(day) }], onDay(day));

/** One count each week. */
export function counts(plan: RunningPlan, ...lesions: number[]): void {
  for (const [week, value] of lesions.entries())
    count(plan, `2026-03-${String(3 + 7 * week).padStart(2, '0')}`, value);
}

export const withdrawCount = (plan: RunningPlan, on: string, now?: string) =>
  plan.send(eventOf('fact.withdrawn', { fact: 'lesions', on, reason: 'another patient' }), now);

/** How an objective stands: what is said of it, and why somebody is asked. */
export const said = ({ state }: RunningPlan, objective = 'fewer'): string[] => {
  const { achievement, concern } = state.objectives[objective] ?? {};
  return [achievement, concern].filter((one) => one !== undefined);
};

/** The open tasks that ask about goals. */
export const goalTasks = ({ state }: RunningPlan): string[] =>
  Object.entries(state.tasks).flatMap(([id, { status }]) =>
    status === 'requested' && id.startsWith('plan/goal/') ? [id.slice('plan/goal/'.length)] : [],
  );
