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

/** @returns undefined while one of the choices is not made yet */
export function isFor(
  state: PlanState & { readonly choices?: Readonly<Record<string, { readonly value: string }>> },
  onlyFor: OnlyFor = [],
): boolean | undefined {
  const made = onlyFor.map(({ choice, values }) => {
    const value = state.choices?.[choice]?.value;
    return value === undefined ? undefined : values.includes(value);
  });
  return made.includes(false) ? false : made.includes(undefined) ? undefined : true;
}
