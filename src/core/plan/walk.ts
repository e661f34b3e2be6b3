import { systemActor } from '../model/actor.schema.ts';
import type { EventOf, PlanEvent } from '../model/event.schema.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Answer, Effect, JournalEntry } from './outcome.schema.ts';
import type { PlanState } from './plan-state.schema.ts';

/** What one event does to a plan. Nothing of it has happened yet: the shell commits and performs it. */
export interface Step {
  readonly state: PlanState;
  readonly answer: Answer;
  readonly journal: readonly JournalEntry[];
  readonly effects: readonly Effect[];
}

/** What takes a plan from one event to the next. */
export type Stepper = (
  pathway: Pathway,
  state: PlanState | undefined,
  event: PlanEvent,
  now: Instant,
) => Step;

/** The event with which a plan's own timer comes back; one of an earlier generation changes nothing. */
export const wakeEvent = (clinic: string, generation: number): EventOf<'wake'> => ({
  id: `wake-${generation}`,
  source: 'carechart:timer',
  type: 'wake',
  data: { generation },
  actor: systemActor(clinic),
});

/**
 * The steps that a plan takes by its own timer until an instant, each at its own time. They may be more than anybody
 * wants to walk: whoever walks counts them.
 */
export function* wakesUntil(
  step: Stepper,
  plan: { readonly pathway: Pathway; readonly state: PlanState },
  until: Instant,
): Generator<Step, void> {
  let { state } = plan;
  while (state.wake.at !== null && state.wake.at <= until) {
    const taken = step(plan.pathway, state, wakeEvent(state.clinic, state.wake.generation), state.wake.at);
    state = taken.state;
    yield taken;
  }
}
