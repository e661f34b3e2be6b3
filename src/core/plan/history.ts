import type { EventOf, PastProcedure } from '../model/event.schema.ts';
import type { Instant } from '../model/primitives.schema.ts';
import { HISTORY } from '../pathway/work.schema.ts';
import type { Draft } from './draft.ts';

/** What was done before the plan or outside it. The same thing told twice is kept once. */
export function recordHistory(draft: Draft, { data, time }: EventOf<'history.recorded'>): undefined {
  const past = [...draft.state.past];
  for (const told of data.procedures) if (!past.some((known) => isSame(known, told))) past.push(told);
  draft.state = { ...draft.state, past };
  if (data.isComplete) attestHistory(draft, time);
  else if (data.procedures.length === 0) takeBackHistory(draft);
}

/** Told to be incomplete, with nothing to add, it is no longer attested. */
function takeBackHistory(draft: Draft): void {
  const { historyKnownAt: _known, ...unattested } = draft.state;
  draft.state = unattested;
}

const isSame = (one: PastProcedure, other: PastProcedure): boolean =>
  one.procedure === other.procedure &&
  one.area === other.area &&
  one.performedOn === other.performedOn &&
  one.endedOn === other.endedOn;

/** From then on, what the plan has no record of counts as not done. Said again, the first time stands. */
export function attestHistory(draft: Draft, at: Instant | undefined): void {
  const { historyKnownAt } = draft.state;
  const told = at !== undefined && at < draft.now ? at : draft.now;
  if (historyKnownAt !== undefined && historyKnownAt <= told) return;
  draft.state = { ...draft.state, historyKnownAt: told };
}

/** `consultation/history` is the task `history` of the consultation. */
export const isHistoryTask = (task: string): boolean => task.split('/').at(-1) === HISTORY;
