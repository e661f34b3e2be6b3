import type { PlanEvent } from '../model/event.schema.ts';
import { Failure } from '../model/failure.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { PlanState } from '../plan/plan-state.schema.ts';
import { step } from '../plan/step.ts';
import { type Step, wakesUntil } from '../plan/walk.ts';

/** A plan that is played: its steps so far, wakes of its own timer among them. */
export interface Play {
  readonly pathway: Pathway;
  readonly steps: readonly Step[];
  readonly state: PlanState;
}

/** @returns why it cannot be started, where it cannot */
export function begin(pathway: Pathway, event: PlanEvent, at: Instant): Play | Failure {
  try {
    const first = step(pathway, undefined, event, at);
    return { pathway, steps: [first], state: first.state };
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown;
    throw thrown;
  }
}

/** More than any ladder climbs in the years of a scenario: what wakes so often will never stop. */
const MOST_WAKES = 20_000;

/**
 * Lets time pass, waking the plan whenever its timer rings.
 * @throws RangeError when it never comes to rest
 */
export function passTime(play: Play, until: Instant): Play {
  const steps = [...play.steps];
  for (const rung of wakesUntil(step, play, until)) {
    steps.push(rung);
    if (steps.length - play.steps.length > MOST_WAKES)
      throw new RangeError(`the plan was woken ${MOST_WAKES} times before ${until}`);
  }
  return { ...play, steps, state: steps.at(-1)?.state ?? play.state };
}

export function send(play: Play, event: PlanEvent, at: Instant): Play {
  const taken = step(play.pathway, play.state, event, at);
  return { ...play, steps: [...play.steps, taken], state: taken.state };
}
