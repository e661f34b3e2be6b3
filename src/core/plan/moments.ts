import { isElapsed, localDateOf, startOfDay } from '../model/calendar.ts';
import { type Instant, LocalDate } from '../model/primitives.schema.ts';
import type { Cause } from '../model/verdict.schema.ts';
import type { FactDefinition } from '../pathway/facts.schema.ts';
import type { Observation } from './plan-state.schema.ts';

/** What counts at one moment: an observation, or why none does. */
export interface Counted {
  readonly cause?: Cause;
  /** The one that counts, or that cannot be compared; absent when there is none. */
  readonly observation?: Observation;
}

const NOTHING: Counted = { cause: 'missing' };

/**
 * What counts now. The newest *moment* counts: an instant for a fact that is good for minutes or hours, a day in the
 * clinic's zone for any other. Within it the most trusted source is believed; equal trust and different values are a
 * conflict. A source that the catalogue does not name is never believed, however new.
 * @param observations - of one fact and, where it is recorded by area, of one atom; in the order in which they were told
 */
export function newest(
  observations: readonly Observation[],
  definition: FactDefinition,
  zone: string,
): Counted {
  let last: Observation | undefined;
  let believed = 0;
  for (const one of observations) {
    if (!definition.from.includes(one.source)) continue;
    believed += 1;
    if (!last || one.observedAt >= last.observedAt) last = one;
  }
  if (!last) return unbelieved(observations);
  if (believed === 1) return fitOf(last, definition);
  const since = momentOf(last.observedAt, definition, zone);
  return counted(
    observations.filter((one) => one.observedAt >= since && definition.from.includes(one.source)),
    definition,
  );
}

/** What counted at each moment, oldest first: a moment has one value. */
export function moments(
  observations: readonly Observation[],
  definition: FactDefinition,
  zone: string,
): Counted[] {
  const byMoment = new Map<Instant, Observation[]>();
  for (const one of observations) {
    if (!definition.from.includes(one.source)) continue;
    const moment = momentOf(one.observedAt, definition, zone);
    const kept = byMoment.get(moment);
    if (kept) kept.push(one);
    else byMoment.set(moment, [one]);
  }
  return [...byMoment]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, together]) => counted(together, definition));
}

/** Why there is nothing to believe. */
export const unbelieved = (observations: readonly Observation[]): Counted => {
  const last = observations.at(-1);
  return last ? { cause: 'not believed', observation: last } : NOTHING;
};

/** The first instant of the moment that an observation belongs to. */
export const momentOf = (observedAt: Instant, { goodFor }: FactDefinition, zone: string): Instant =>
  goodFor && isElapsed(goodFor) ? observedAt : startOfDay(localDateOf(observedAt, zone), zone);

/** Of one moment: the most trusted, of them the newest, of those the one told last. */
function counted(together: readonly Observation[], definition: FactDefinition): Counted {
  let best: Observation | undefined;
  let rank = Number.POSITIVE_INFINITY;
  let differs = false;
  for (const one of together) {
    const trust = definition.from.indexOf(one.source);
    if (!best || trust < rank) {
      best = one;
      rank = trust;
      differs = false;
    } else if (trust === rank) {
      differs ||= !isSameValue(one, best);
      if (one.observedAt >= best.observedAt) best = one;
    }
  }
  if (!best) return NOTHING;
  return differs ? { cause: 'in conflict', observation: best } : fitOf(best, definition);
}

/** Lists of the same words are the same in any order. */
function isSameValue(one: Observation, other: Observation): boolean {
  if (one.unit !== other.unit) return false;
  if (!Array.isArray(one.value) || !Array.isArray(other.value)) return one.value === other.value;
  const [some, others] = [new Set(one.value), new Set(other.value)];
  return some.size === others.size && [...some].every((word) => others.has(word));
}

function fitOf(observation: Observation, definition: FactDefinition): Counted {
  const cause = unfit(observation, definition);
  return cause ? { cause, observation } : { observation };
}

/**
 * Why a kept value cannot be compared. The border refuses such a value; json-rules-engine's operators call it "no",
 * which would clear a contraindication.
 */
function unfit({ value, unit }: Observation, { is }: FactDefinition): Cause | undefined {
  const wrongUnless = (isRight: boolean): Cause | undefined => (isRight ? undefined : 'wrong type');
  switch (is.kind) {
    case 'number':
      return wrongUnless(Number.isFinite(value)) ?? (unit === is.unit ? undefined : 'wrong unit');
    case 'grade':
      return wrongUnless(Number.isInteger(value)) ?? (unit === undefined ? undefined : 'wrong unit');
    case 'yes or no':
      return wrongUnless(typeof value === 'boolean');
    case 'code':
      return wrongUnless(typeof value === 'string' && is.codes.includes(value));
    case 'findings':
      return wrongUnless(Array.isArray(value) && value.every((code) => is.codes.includes(code)));
    case 'list':
      return wrongUnless(
        Array.isArray(value) && value.every((word) => is.words === undefined || is.words.includes(word)),
      );
    case 'date':
      return wrongUnless(LocalDate.safeParse(value).success);
    case 'date or never':
      return wrongUnless(value === 'never' || LocalDate.safeParse(value).success);
  }
}
