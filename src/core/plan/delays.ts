import { localDateOf, startOfDay } from '../model/calendar.ts';
import type { Duration, Instant } from '../model/primitives.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Draft } from './draft.ts';
import type { Reason } from './outcome.schema.ts';
import type { PlanState, ToldToWait } from './plan-state.schema.ts';
import { dayAfter } from './waits.ts';

/** A gate that was told to wait stays closed until its day, whatever the facts come to say. */

/**
 * Closes a stage's gate for so long, counted from today; one that was told to wait longer still waits that long.
 * @param isByTable - the table's own answer says so, not people
 */
export function delayGate(
  draft: Draft,
  stage: string,
  { by, why, isByTable }: { readonly by: Duration; readonly why: string; readonly isByTable: boolean },
): void {
  const told = { until: dayAfter(draft.pathway, draft.now, by), why };
  const { table, decided } = toldBy(draft.state, stage);
  keep(
    draft,
    stage,
    isByTable ? { table: laterOf(told, table), decided } : { table, decided: laterOf(told, decided) },
  );
}

const laterOf = (told: ToldToWait, known: ToldToWait | undefined): ToldToWait =>
  known && known.until > told.until ? known : told;

interface ToldBy {
  readonly table: ToldToWait | undefined;
  readonly decided: ToldToWait | undefined;
}

function toldBy({ delays }: Pick<PlanState, 'delays'>, stage: string): ToldBy {
  const known = Object.hasOwn(delays, stage) ? delays[stage] : undefined;
  if (!known) return { table: undefined, decided: undefined };
  const { until, why, isByTable, decided } = known;
  const told = { until, why };
  return isByTable ? { table: told, decided } : { table: undefined, decided: told };
}

function keep(draft: Draft, stage: string, { table, decided }: ToldBy): void {
  const isTables = table && !(decided && decided.until >= table.until);
  const delay = isTables ? { ...table, isByTable: true as const, ...(decided ? { decided } : {}) } : decided;
  if (!delay) endDelay(draft, stage);
  else draft.state = { ...draft.state, delays: { ...draft.state.delays, [stage]: delay } };
}

/** The table's answer is set aside, and with it what it said of waiting; what people decided stands. */
export function liftDelay(draft: Draft, stage: string): void {
  const { decided } = toldBy(draft.state, stage);
  keep(draft, stage, { table: undefined, decided });
}

export const isDelayedByTable = ({ delays }: Pick<PlanState, 'delays'>, stage: string): boolean =>
  Object.hasOwn(delays, stage) && delays[stage]?.isByTable === true;

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
