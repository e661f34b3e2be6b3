import { Defect } from '../model/failure.ts';
import type { OnTheWay } from '../pathway/decisions.schema.ts';
import type { Draft } from './draft.ts';
import type { PlanState } from './plan-state.schema.ts';

type Change = Exclude<OnTheWay, { do: 'start' }>;

/** Whether a figure has no level left below, or above. */
export const isAtEnd = (_state: PlanState, _step: OnTheWay): boolean => false;

/** Lowers, raises or limits a figure. */
export function changeLevel(
  _draft: Draft,
  step: Change,
  _of: { readonly stage: string | undefined; readonly why: string },
): void {
  throw new Defect(`${step.figure} has no levels`);
}
