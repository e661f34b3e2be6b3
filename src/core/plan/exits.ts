import type { EventOf } from '../model/event.schema.ts';
import type { Draft } from './draft.ts';
import type { Answer } from './outcome.schema.ts';

type Refusal = Extract<Answer, { outcome: 'refused' }>;

/** Takes a plan off its course. */
export function leaveCourse(_draft: Draft, _event: EventOf<'leaveCourse'>): Refusal | undefined {
  return undefined;
}

/** Brings it back. */
export function returnToCourse(_draft: Draft, _event: EventOf<'returnToCourse'>): Refusal | undefined {
  return undefined;
}

/** As time passes: asks whether a plan returns, and closes it when it has not by its day. */
export function reviewExit(_draft: Draft): void {}
