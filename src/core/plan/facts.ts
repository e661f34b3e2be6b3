import { addDays, addElapsed, addToDate, isElapsed, localDateOf, startOfDay } from '../model/calendar.ts';
import { type Duration, type Instant, LocalDate } from '../model/primitives.schema.ts';
import type { Cause } from '../model/verdict.schema.ts';
import type { FactDefinition, LoweredLeaf } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { FactReading, Reader } from '../rules/condition.ts';
import { isDated, leavesWindowOn } from '../rules/operators.ts';
import type { Observation, PlanState } from './plan-state.schema.ts';

/** Reads a plan's facts as they stand at `now`: newest first, fresh ones only; each fact is read once. */
export function readerOf(pathway: Pathway, state: PlanState, now: Instant): Reader {
  const today = localDateOf(now, pathway.zone);
  const readings = new Map<string, FactReading>();
  const readAnew = (name: string): FactReading => {
    const definition = pathway.fact(name);
    const observation = definition && newest(state.observations[name] ?? [], definition);
    if (!definition || !observation) return { known: false, cause: 'missing' };
    const { value, unit, source, observedAt } = observation;
    const provenance = { value, source, observedAt, ...(unit === undefined ? {} : { unit }) };
    const cause = unfit(observation, definition);
    if (cause) return { known: false, cause, provenance };
    const staleAt = definition.goodFor && staleFrom(observedAt, definition.goodFor, pathway.zone);
    if (staleAt !== undefined && now >= staleAt) return { known: false, cause: 'stale', provenance };
    const comparable = isDateKind(definition) ? { date: value, today } : value;
    return { known: true, comparable, provenance, ...(staleAt === undefined ? {} : { validUntil: staleAt }) };
  };
  const read = (name: string): FactReading => {
    let reading = readings.get(name);
    if (reading === undefined) {
      reading = readAnew(name);
      readings.set(name, reading);
    }
    return reading;
  };
  return { read, changesAt: (leaf, comparable) => windowEdge(leaf, comparable, pathway.zone) };
}

const isDateKind = ({ is }: FactDefinition): boolean => is.kind === 'date' || is.kind === 'date or never';

/**
 * Why a kept value cannot be compared. The border refuses such a value; json-rules-engine's operators call it "no",
 * which would clear a contraindication.
 */
function unfit({ value, unit }: Observation, { is }: FactDefinition): Cause | undefined {
  const wrongUnless = (isRight: boolean): Cause | undefined => (isRight ? undefined : 'wrong type');
  switch (is.kind) {
    case 'number':
      return wrongUnless(typeof value === 'number') ?? (unit === is.unit ? undefined : 'wrong unit');
    case 'yes or no':
      return wrongUnless(typeof value === 'boolean');
    case 'code':
      return wrongUnless(typeof value === 'string' && is.codes.includes(value));
    case 'date':
      return wrongUnless(LocalDate.safeParse(value).success);
    case 'date or never':
      return wrongUnless(value === 'never' || LocalDate.safeParse(value).success);
  }
}

/** The newest observation; of one instant, the more trusted source; then the one told last. */
function newest(observations: readonly Observation[], { from }: FactDefinition): Observation | undefined {
  const rank = (source: string): number => {
    const at = from.indexOf(source);
    return at < 0 ? from.length : at;
  };
  let best: Observation | undefined;
  for (const one of observations) {
    if (
      !best ||
      one.observedAt > best.observedAt ||
      (one.observedAt === best.observedAt && rank(one.source) <= rank(best.source))
    ) {
      best = one;
    }
  }
  return best;
}

/** Good through the last day of `goodFor`, counted in days; to the minute when it is counted in hours. */
function staleFrom(observedAt: Instant, goodFor: Duration, zone: string): Instant {
  if (isElapsed(goodFor)) return addElapsed(observedAt, goodFor);
  return startOfDay(addDays(addToDate(localDateOf(observedAt, zone), goodFor), 1), zone);
}

function windowEdge({ value }: LoweredLeaf, comparable: unknown, zone: string): Instant | undefined {
  if (typeof value !== 'object' || Array.isArray(value) || !isDated(comparable)) return undefined;
  if (comparable.date === 'never') return undefined;
  const edge = leavesWindowOn(comparable.date, value);
  return edge > comparable.today ? startOfDay(edge, zone) : undefined;
}
