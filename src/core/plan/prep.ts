import type { EventOf } from '../model/event.schema.ts';
import type { Draft } from './draft.ts';
import type { Answer } from './outcome.schema.ts';

/** Asks the gate of a stage's prep. */
export function startPrep(
  _draft: Draft,
  _event: EventOf<'startPrep'>,
): Extract<Answer, { outcome: 'refused' }> | undefined {
  return undefined;
}
