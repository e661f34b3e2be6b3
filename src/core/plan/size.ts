import type { PlanEvent } from '../model/event.schema.ts';
import { LIMITS } from '../model/limits.ts';
import { isPlansOwn } from './admit-sender.ts';
import { stepNumber } from './draft.ts';
import type { PlanState } from './plan-state.schema.ts';

/**
 * Limits count things, and things differ: a hundred words in a list, a note of two thousand letters. What bounds a plan
 * in the end is the size of its state, which travels through Temporal whole.
 */
export function isOverSize(state: PlanState, event: PlanEvent): boolean {
  const sent = JSON.stringify(event.data).length;
  // Measuring costs as much as a step: a plan whose events were few and small is not near it.
  const before = versionBefore(state, event);
  if (stepNumber(state) < SMALL_STEPS && sent < SMALL_BYTES && before === 0) return false;
  return JSON.stringify(state).length + GROWTH * sent + before > LIMITS.stateBytes;
}

/** With a new version the plan keeps all that it had otherwise before, however short the request was. */
const versionBefore = ({ overlay, figures }: PlanState, { type }: PlanEvent): number =>
  type === 'revisePlan' || type === 'adoptVersion' ? JSON.stringify({ overlay, figures }).length : 0;

const SMALL_STEPS = 400;
const SMALL_BYTES = 1_024;

/** One observation is kept with who told it, when, and by which event; evidence of it stands in holds and gates. */
const GROWTH = 3;

/** Events without which a plan could neither go on in time nor be ended. */
export const mayAlways = (event: PlanEvent): boolean => isPlansOwn(event) || event.type === 'cancelPlan';
