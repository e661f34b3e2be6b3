import { localDateOf, startOfDay } from '../model/calendar.ts';
import type { FactValue } from '../model/event.schema.ts';
import type { Instant, LocalDate } from '../model/primitives.schema.ts';
import type { Doubt } from '../model/verdict.schema.ts';
import type { DerivedDefinition, FactDefinition, LeafParams, LoweredLeaf } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { FactReading, Provenance } from '../rules/condition.ts';
import { staleFrom } from '../rules/freshness.ts';
import { isDated, leavesWindowOn } from '../rules/operators.ts';
import { derive } from './derived.ts';
import { moments, newest, unbelieved } from './moments.ts';
import type { Observation, PlanState } from './plan-state.schema.ts';

/** Of what a fact is asked: one atom of the body, where it is recorded by area, and since when the stage is on. */
export interface Asked {
  readonly atom?: string | undefined;
  /** What the atom is called in the evidence: it, or the whole site that answers alike. */
  readonly area?: string | undefined;
  readonly entered?: Instant | undefined;
}

/** A plan's facts as they stand at one instant; each is worked out once. */
export interface Facts {
  read(leaf: Pick<LoweredLeaf, 'fact' | 'params'>, asked?: Asked): FactReading;
  /** When time alone would change what `leaf` says of a reading; undefined: never. */
  changesAt(leaf: LoweredLeaf, comparable: unknown): Instant | undefined;
}

/** Why an observation is not believed: what of `notValidWhen` is not known to be unmet for its day; none: it is. */
export type Validity = (
  definition: FactDefinition,
  observation: Observation,
  atom?: string,
) => readonly Doubt[];

export function factsAt(pathway: Pathway, state: PlanState, now: Instant, doubtsOf: Validity): Facts {
  const today = localDateOf(now, pathway.zone);
  const session = lastSession(state, today);
  const source: Source = { pathway, state, doubtsOf, now, today, session, covers: coverage(pathway) };
  const readings = new Map<string, FactReading>();
  const readOnce = (fact: string, atom: string | undefined): FactReading => {
    const key = atom === undefined ? fact : `${fact} ${atom}`;
    let reading = readings.get(key);
    if (reading === undefined) {
      reading = readAnew(fact, atom, source);
      readings.set(key, reading);
    }
    return reading;
  };
  return {
    read: ({ fact, params }, asked) => {
      const reading = readOnce(fact, asked?.atom);
      if (params?.taken === undefined && asked?.area === undefined) return reading;
      return named(freshened(reading, params, source, asked?.entered), asked?.area);
    },
    changesAt: (leaf, comparable) => windowEdge(leaf, comparable, pathway.zone),
  };
}

interface Source {
  readonly pathway: Pathway;
  readonly state: PlanState;
  readonly doubtsOf: Validity;
  readonly now: Instant;
  readonly today: LocalDate;
  readonly session: LocalDate | undefined;
  readonly covers: (site: string, atom: string) => boolean;
}

/** The last day of the last procedure performed until today. */
function lastSession({ performed }: PlanState, today: LocalDate): LocalDate | undefined {
  let last: LocalDate | undefined;
  for (const { performedOn, endedOn = performedOn } of performed)
    if (endedOn <= today && (last === undefined || endedOn > last)) last = endedOn;
  return last;
}

/** A fact as it stands before anybody asks for it fresher than it has to be. */
function readAnew(fact: string, atom: string | undefined, source: Source): FactReading {
  const { pathway } = source;
  const derived = pathway.derived(fact);
  const definition = pathway.fact(derived?.of ?? fact);
  if (!definition) return { known: false, cause: 'missing' };
  const told = toldOf(definition.fact, atom, source);
  return derived
    ? workOut(derived, told, { definition, atom, source })
    : count(told, { definition, atom, source });
}

/** What was observed of a fact: of an atom, by whoever looked at a site that it belongs to. */
function toldOf(fact: string, atom: string | undefined, { state, covers }: Source): readonly Observation[] {
  const all = (Object.hasOwn(state.observations, fact) ? state.observations[fact] : undefined) ?? [];
  return atom === undefined ? all : all.filter(({ area }) => area !== undefined && covers(area, atom));
}

/** Whether an atom belongs to a site; to none that the clinic has no word for. */
function coverage({ areas }: Pathway): (site: string, atom: string) => boolean {
  const atoms = new Map<string, readonly string[]>();
  return (site, atom) => {
    let found = atoms.get(site);
    if (found === undefined) {
      found = areas.sites.includes(site) ? areas.atomsOf(site) : [];
      atoms.set(site, found);
    }
    return found.includes(atom);
  };
}

interface Work {
  readonly definition: FactDefinition;
  readonly atom: string | undefined;
  readonly source: Source;
}

function count(told: readonly Observation[], work: Work): FactReading {
  const { definition, atom, source } = work;
  const { cause, observation } = newest(told, definition, source.pathway.zone);
  if (!observation) return { known: false, cause: cause ?? 'missing' };
  const { value, unit, source: by, observedAt, event } = observation;
  const events = [event];
  const provenance =
    unit === undefined
      ? { value, source: by, observedAt, events }
      : { value, unit, source: by, observedAt, events };
  if (cause) return { known: false, cause, provenance };
  const doubts = definition.notValidWhen ? source.doubtsOf(definition, observation, atom) : [];
  if (doubts.length > 0) return { known: false, cause: 'not believed', provenance, doubts };
  return fresh(value, provenance, work);
}

/** A derived number is as fresh as the newest observation in it. */
function workOut(derived: DerivedDefinition, told: readonly Observation[], work: Work): FactReading {
  const { definition, atom, source } = work;
  const { zone } = source.pathway;
  const counted = moments(told, definition, zone);
  if (counted.length === 0) return { known: false, cause: unbelieved(told).cause ?? 'missing' };
  const { cause, value, from } = derive(derived, counted, { session: source.session, zone });
  const last = from.at(-1);
  if (value === undefined || !last) return { known: false, cause: cause ?? 'missing' };
  const { unit } = derived;
  const { source: by, observedAt } = last;
  const events = [...new Set(from.map(({ event }) => event))];
  const provenance = { value, ...(unit === undefined ? {} : { unit }), source: by, observedAt, events };
  const doubts = definition.notValidWhen ? from.flatMap((one) => source.doubtsOf(definition, one, atom)) : [];
  if (doubts.length > 0) return { known: false, cause: 'not believed', provenance, doubts };
  return fresh(value, provenance, work);
}

/** A value that may be believed, unless it is too old. */
function fresh(value: FactValue, provenance: Provenance, { definition, source }: Work): FactReading {
  const { goodFor, is } = definition;
  const { pathway, now, today } = source;
  const validUntil = goodFor && staleFrom(provenance.observedAt, goodFor, pathway.zone);
  const comparable = is.kind === 'date' || is.kind === 'date or never' ? { date: value, today } : value;
  if (validUntil !== undefined && now >= validUntil)
    return { known: false, cause: 'stale', provenance, comparable };
  return validUntil === undefined
    ? { known: true, comparable, provenance }
    : { known: true, comparable, provenance, validUntil };
}

/** The same for a leaf that asks for it fresher: `taken` since then, or within so long. */
function freshened(
  reading: FactReading,
  params: LeafParams | undefined,
  { session, pathway, now }: Source,
  entered: Instant | undefined,
): FactReading {
  const taken = params?.taken;
  if (!taken || !reading.known) return reading;
  const { provenance, validUntil, comparable } = reading;
  const { observedAt } = provenance;
  const stale: FactReading = { known: false, cause: 'stale', provenance, comparable };
  if ('within' in taken) {
    const until = staleFrom(observedAt, taken.within, pathway.zone);
    if (now >= until) return stale;
    return validUntil !== undefined && validUntil < until ? reading : { ...reading, validUntil: until };
  }
  if (taken.since === 'this stage') return entered === undefined || observedAt < entered ? stale : reading;
  // Of the session's own day nobody knows which came first. With no session yet there is none that a fact could be older than.
  const isBefore = session !== undefined && localDateOf(observedAt, pathway.zone) <= session;
  return isBefore ? stale : reading;
}

const named = (reading: FactReading, area: string | undefined): FactReading =>
  area === undefined ? reading : { ...reading, area };

function windowEdge({ value }: LoweredLeaf, comparable: unknown, zone: string): Instant | undefined {
  if (typeof value !== 'object' || Array.isArray(value) || !isDated(comparable)) return undefined;
  const { date, today } = comparable;
  if (date === 'never') return undefined;
  if (date > today) return startOfDay(date, zone);
  const edge = leavesWindowOn(date, value);
  return edge > today ? startOfDay(edge, zone) : undefined;
}
