import { Defect } from '../model/failure.ts';
import type { Action } from '../pathway/decisions.schema.ts';
import type { Draft } from './draft.ts';

/** A choice is asked again; what follows is taken once it has been made. */
export function chooseAgain(
  _draft: Draft,
  choice: string,
  _of: { readonly about: string; readonly stage: string | undefined; readonly rest: Action },
): void {
  throw new Defect(`there is no choice ${choice}`);
}
