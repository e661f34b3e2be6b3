import { localDateOf, startOfDay } from '../model/calendar.ts';
import type { FactValue } from '../model/event.schema.ts';
import type { Instant, LocalDate } from '../model/primitives.schema.ts';
import type { Cause } from '../model/verdict.schema.ts';
import type { DerivedDefinition, FactDefinition, LeafParams, LoweredLeaf } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { earliest, type FactReading, type Provenance } from '../rules/condition.ts';
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

/** Whether `notValidWhen` is known to be unmet for the day of an observation. */
export type Validity = (definition: FactDefinition, observation: Observation, atom?: string) => boolean;

/** A fact as it stands before anybody asks how fresh it is. */
type Standing =
  | { readonly cause: Cause; readonly provenance?: Provenance }
  | {
      readonly cause?: never;
      readonly value: FactValue;
      readonly provenance: Provenance;
      /** When `goodFor` ends. */
      readonly staleAt: Instant | undefined;
    };

export function factsAt(pathway: Pathway, state: PlanState, now: Instant, isValid: Validity): Facts {
  const today = localDateOf(now, pathway.zone);
  const session = lastSession(state, today);
  const source: Source = { pathway, state, isValid, session, covers: coverage(pathway) };
  const standings = new Map<string, Standing>();
  const plain = new Map<string, FactReading>();
  const standingOf = (fact: string, atom: string | undefined): Standing => {
    const key = atom === undefined ? fact : `${fact} ${atom}`;
    let standing = standings.get(key);
    if (standing === undefined) {
      standing = work(fact, atom, source);
      standings.set(key, standing);
    }
    return standing;
  };
  const readAnew = (fact: string, params: LeafParams | undefined, asked: Asked): FactReading => {
    const standing = standingOf(fact, asked.atom);
    if (standing.cause !== undefined) return { known: false, ...standing };
    const { value, provenance, staleAt } = standing;
    const until = earliest([staleAt, takenUntil(params, provenance.observedAt, pathway.zone)]);
    const isStale = (until !== undefined && now >= until) || isBefore(params, provenance, source, asked);
    if (isStale) return { known: false, cause: 'stale', provenance };
    const isDate = isDateKind(pathway.fact(fact));
    const comparable = isDate ? { date: value, today } : value;
    return { known: true, comparable, provenance, ...(until === undefined ? {} : { validUntil: until }) };
  };
  return {
    read: ({ fact, params }, asked = EVERYWHERE) => {
      if (params !== undefined || asked.atom !== undefined)
        return named(readAnew(fact, params, asked), asked.area);
      let reading = plain.get(fact);
      if (reading === undefined) {
        reading = readAnew(fact, undefined, asked);
        plain.set(fact, reading);
      }
      return reading;
    },
    changesAt: (leaf, comparable) => windowEdge(leaf, comparable, pathway.zone),
  };
}

const EVERYWHERE: Asked = {};

interface Source {
  readonly pathway: Pathway;
  readonly state: PlanState;
  readonly isValid: Validity;
  readonly session: LocalDate | undefined;
  readonly covers: (site: string, atom: string) => boolean;
}

const isDateKind = (definition: FactDefinition | undefined): boolean =>
  definition?.is.kind === 'date' || definition?.is.kind === 'date or never';

/** The last day of the last procedure performed until today. */
function lastSession({ performed }: PlanState, today: LocalDate): LocalDate | undefined {
  let last: LocalDate | undefined;
  for (const { performedOn, endedOn = performedOn } of performed)
    if (endedOn <= today && (last === undefined || endedOn > last)) last = endedOn;
  return last;
}

function work(fact: string, atom: string | undefined, source: Source): Standing {
  const { pathway } = source;
  const derived = pathway.derived(fact);
  const definition = pathway.fact(derived?.of ?? fact);
  if (!definition) return { cause: 'missing' };
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

function count(told: readonly Observation[], { definition, atom, source }: Work): Standing {
  const { zone } = source.pathway;
  const { cause, observation } = newest(told, definition, zone);
  if (!observation) return { cause: cause ?? 'missing' };
  const { value, unit, observedAt } = observation;
  const provenance = provenanceOf(value, [observation], unit);
  if (cause) return { cause, provenance };
  if (definition.notValidWhen && !source.isValid(definition, observation, atom))
    return { cause: 'not believed', provenance };
  return {
    value,
    provenance,
    staleAt: definition.goodFor && staleFrom(observedAt, definition.goodFor, zone),
  };
}

function workOut(
  derived: DerivedDefinition,
  told: readonly Observation[],
  { definition, atom, source }: Work,
): Standing {
  const { zone } = source.pathway;
  const counted = moments(told, definition, zone);
  if (counted.length === 0) return { cause: unbelieved(told).cause ?? 'missing' };
  const { cause, value, from } = derive(derived, counted, { session: source.session, zone });
  const newestOf = from.at(-1);
  if (value === undefined || !newestOf) return { cause: cause ?? 'missing' };
  const provenance = provenanceOf(value, from, derived.unit);
  const isBelieved = !definition.notValidWhen || from.every((one) => source.isValid(definition, one, atom));
  if (!isBelieved) return { cause: 'not believed', provenance };
  const staleAt = definition.goodFor && staleFrom(newestOf.observedAt, definition.goodFor, zone);
  return { value, provenance, staleAt };
}

/** @param from - the observations that a value was taken from, the newest last */
function provenanceOf(value: FactValue, from: readonly Observation[], unit: string | undefined): Provenance {
  const { source = '', observedAt = '' } = from.at(-1) ?? {};
  const events = [...new Set(from.map(({ event }) => event))];
  return unit === undefined
    ? { value, source, observedAt, events }
    : { value, unit, source, observedAt, events };
}

function takenUntil(params: LeafParams | undefined, observedAt: Instant, zone: string): Instant | undefined {
  const taken = params?.taken;
  return taken && 'within' in taken ? staleFrom(observedAt, taken.within, zone) : undefined;
}

/** Whether a fact was taken before the session or stage since which it is asked. With no session yet, it was not. */
function isBefore(
  params: LeafParams | undefined,
  { observedAt }: Provenance,
  { session, pathway }: Source,
  { entered }: Asked,
): boolean {
  const taken = params?.taken;
  if (!taken || !('since' in taken)) return false;
  if (taken.since === 'this stage') return entered === undefined || observedAt < entered;
  return session !== undefined && localDateOf(observedAt, pathway.zone) < session;
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
