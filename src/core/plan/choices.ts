import { Defect } from '../model/failure.ts';
import type { Action } from '../pathway/decisions.schema.ts';
import type { OnlyFor } from '../pathway/tailoring.schema.ts';
import type { Draft } from './draft.ts';
import type { PlanState } from './plan-state.schema.ts';

/** A choice is asked again; what follows is taken once it has been made. */
export function chooseAgain(
  _draft: Draft,
  choice: string,
  _of: { readonly about: string; readonly stage: string | undefined; readonly rest: Action },
): void {
  throw new Defect(`there is no choice ${choice}`);
}

/** Whether something is for this patient; undefined: a choice that it depends on has not been made. */
export function isFor(_state: Pick<PlanState, 'planId'>, onlyFor: OnlyFor | undefined): boolean | undefined {
  return onlyFor === undefined ? true : undefined;
}
