import { localDateOf, startOfDay } from '../model/calendar.ts';
import type { Duration, Instant } from '../model/primitives.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Draft } from './draft.ts';
import type { Reason } from './outcome.schema.ts';
import type { PlanState } from './plan-state.schema.ts';
import { dayAfter } from './waits.ts';

/** A gate that was told to wait stays closed until its day, whatever the facts come to say. */

/** Closes a stage's gate for so long, counted from today; one that was told to wait longer still waits that long. */
export function delayGate(draft: Draft, stage: string, { by, why }: { by: Duration; why: string }): void {
  const until = dayAfter(draft.pathway, draft.now, by);
  const known = Object.hasOwn(draft.state.delays, stage) ? draft.state.delays[stage] : undefined;
  if (known && known.until > until) return;
  draft.state = { ...draft.state, delays: { ...draft.state.delays, [stage]: { until, why } } };
}

/** The gate is another one: of another session, or of another round. */
export function endDelay(draft: Draft, stage: string): void {
  if (!Object.hasOwn(draft.state.delays, stage)) return;
  const { [stage]: _ended, ...delays } = draft.state.delays;
  draft.state = { ...draft.state, delays };
}

export const isDelayed = (pathway: Pathway, { delays }: PlanState, stage: string, now: Instant): boolean =>
  Object.hasOwn(delays, stage) && localDateOf(now, pathway.zone) < (delays[stage]?.until ?? '');

/** S4: none, once its day has come. */
export function delayReasons(pathway: Pathway, state: PlanState, stage: string, now: Instant): Reason[] {
  const delay = state.delays[stage];
  if (!delay || !isDelayed(pathway, state, stage, now)) return [];
  const { until, why } = delay;
  const says = `${why} The gate may be asked again from ${until} on.`;
  return [{ invariant: 'S4', says, clears: [[{ kind: 'date', on: until }]] }];
}

/** The days from whose beginning a gate may be asked again. */
export const delayEdges = ({ pathway, state, now }: Pick<Draft, 'pathway' | 'state' | 'now'>): Instant[] =>
  Object.values(state.delays)
    .map(({ until }) => startOfDay(until, pathway.zone))
    .filter((edge) => edge > now);
