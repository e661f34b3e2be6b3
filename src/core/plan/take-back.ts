import type { EventOf } from '../model/event.schema.ts';
import type { Draft } from './draft.ts';

/** Nobody went through the gate that was opened: it is closed, and the plan is back before it. */
export function recordNotPerformed(_draft: Draft, _event: EventOf<'procedure.notPerformed'>): undefined {
  return undefined;
}

/** A report was wrong: what it said is no more. */
export function withdrawReport(_draft: Draft, _event: EventOf<'report.withdrawn'>): undefined {
  return undefined;
}
