import type { FactValue } from '../../src/core/model/event.schema.ts';
import type { AreaDefinition } from '../../src/core/pathway/clinic.schema.ts';
import type {
  DerivedDefinition,
  FactDefinition,
  LoweredCondition,
  LoweredLeaf,
} from '../../src/core/pathway/facts.schema.ts';
import { beginningOf, dayOn, daysLater, tooOldFrom } from './wall-calendar.ts';

/** One thing that somebody stated about the patient. */
export interface Stated {
  readonly fact: string;
  readonly value: FactValue;
  readonly unit?: string | undefined;
  readonly source: string;
  readonly observedAt: string;
  readonly area?: string | undefined;
}

/** All that bears on what a condition says, as plainly as it can be put. */
export interface World {
  readonly facts: readonly FactDefinition[];
  readonly derived: readonly DerivedDefinition[];
  readonly parts: readonly AreaDefinition[];
  readonly zone: string;
  readonly now: string;
  readonly stated: readonly Stated[];
  /** The last day of every session. */
  readonly sessions: readonly string[];
  readonly treatment: readonly string[];
  readonly donor: readonly string[];
  /** The roles whose sites the stage is in, its own first; absent: no stage is meant. */
  readonly stageIn?: readonly ('treatment' | 'donor')[];
  /** The first of them that is the stage's own. */
  readonly own?: 'treatment' | 'donor' | undefined;
  readonly enteredAt?: string | undefined;
  /** The site that is judged. */
  readonly site?: string | undefined;
}

/** The least part of a body that has a name. */
export interface Atom {
  readonly names: readonly string[];
}

const bodies = new WeakMap<readonly AreaDefinition[], Atom[]>();

export function atomsIn(parts: readonly AreaDefinition[]): Atom[] {
  const known = bodies.get(parts) ?? parts.flatMap(atomsOfArea);
  bodies.set(parts, known);
  return known;
}

const atomsOfArea = ({ area, sides, parts }: AreaDefinition): Atom[] =>
  (sides.length > 0 ? sides : [undefined]).flatMap((side) =>
    (parts.length > 0 ? parts : [undefined]).map((part) => {
      const bare = part === undefined ? [area] : [area, part];
      return { names: side === undefined ? bare : [...bare, ...bare.map((name) => `${side} ${name}`)] };
    }),
  );

/** What a fact is known to be in one atom, or why it is not known. */
export type Known = { readonly value: FactValue; readonly until: string } | { readonly why: string };

const knowledge = new WeakMap<World, Map<string, Known>>();

/** What a leaf's fact is known to be, before its operator is asked; `atom` where it is recorded by area. */
export function knownOf(world: World, leaf: Pick<LoweredLeaf, 'fact' | 'params'>, atom?: Atom): Known {
  const of = knowledge.get(world) ?? new Map<string, Known>();
  knowledge.set(world, of);
  const key = JSON.stringify([leaf.fact, leaf.params?.taken, atom?.names]);
  const known = of.get(key) ?? workOutWhat(world, leaf, atom);
  of.set(key, known);
  return known;
}

function workOutWhat(world: World, leaf: Pick<LoweredLeaf, 'fact' | 'params'>, atom?: Atom): Known {
  const derived = world.derived.find((one) => one.derived === leaf.fact);
  const definition = world.facts.find(({ fact }) => fact === (derived?.of ?? leaf.fact));
  if (!definition) return { why: 'missing' };
  const told = world.stated.filter(
    ({ fact, area }) =>
      fact === definition.fact && (!atom || (area !== undefined && atom.names.includes(area))),
  );
  const trusted = told.filter(({ source }) => definition.from.includes(source));
  if (trusted.length === 0) return { why: told.length > 0 ? 'not believed' : 'missing' };
  const moments = momentsOf(world, definition, trusted);
  const found = derived
    ? worked(world, derived, moments, atom)
    : single(world, definition, moments.at(-1) ?? [], atom);
  if ('why' in found) return found;
  const { taken } = leaf.params ?? {};
  const ends = [
    tooOldFrom(found.seenAt, definition.goodFor, world.zone),
    tooOldFrom(found.seenAt, taken && 'within' in taken ? taken.within : undefined, world.zone),
  ].sort();
  const until = ends[0] ?? '9999';
  if (until <= world.now) return { why: 'stale' };
  if (taken && 'since' in taken && isBefore(world, taken.since, found.seenAt)) return { why: 'stale' };
  return { value: found.value, until };
}

const lastSession = ({ sessions, now, zone }: World): string | undefined =>
  sessions
    .filter((day) => day <= dayOn(now, zone))
    .sort()
    .at(-1);

function isBefore(world: World, since: 'last session' | 'this stage', seenAt: string): boolean {
  if (since === 'this stage') return world.enteredAt === undefined || seenAt < world.enteredAt;
  const session = lastSession(world);
  return session !== undefined && dayOn(seenAt, world.zone) <= session;
}

/** Those told of one moment together, the latest moment last. */
function momentsOf({ zone }: World, { goodFor }: FactDefinition, told: readonly Stated[]): Stated[][] {
  const isOfHours = goodFor?.unit === 'hour' || goodFor?.unit === 'minute';
  const momentOf = ({ observedAt }: Stated): string => (isOfHours ? observedAt : dayOn(observedAt, zone));
  return [...new Set(told.map(momentOf))]
    .sort()
    .map((moment) => told.filter((one) => momentOf(one) === moment));
}

type Found = { readonly value: FactValue; readonly seenAt: string } | { readonly why: string };

/** Of one moment: what the most trusted say, where they all say the same and it makes sense. */
function single(world: World, definition: FactDefinition, moment: readonly Stated[], atom?: Atom): Found {
  const best = Math.min(...moment.map(({ source }) => definition.from.indexOf(source)));
  const heard = moment.filter(({ source }) => definition.from.indexOf(source) === best);
  const says = ({ value, unit }: Stated) =>
    JSON.stringify([Array.isArray(value) ? [...new Set(value)].sort() : value, unit]);
  if (new Set(heard.map(says)).size > 1) return { why: 'in conflict' };
  const [last] = heard.toSorted((one, other) => Date.parse(other.observedAt) - Date.parse(one.observedAt));
  if (!last) return { why: 'missing' };
  const wrong = wrongOf(last, definition);
  if (wrong) return { why: wrong };
  if (!isBelievable(world, definition, last.observedAt, atom)) return { why: 'not believed' };
  return { value: last.value, seenAt: last.observedAt };
}

function wrongOf({ value, unit }: Stated, { is }: FactDefinition): string | undefined {
  const isRight = ((): boolean => {
    switch (is.kind) {
      case 'number':
        return typeof value === 'number';
      case 'grade':
        return typeof value === 'number' && value % 1 === 0;
      case 'code':
        return is.codes.some((code) => code === value);
      case 'yes or no':
        return value === true || value === false;
      case 'findings':
        return typeof value === 'object' && value.every((one) => is.codes.some((code) => code === one));
      case 'list':
        return typeof value === 'object';
      case 'date':
      case 'date or never':
        return (
          typeof value === 'string' &&
          (/^\d{4}-\d\d-\d\d$/.test(value) || (is.kind === 'date or never' && value === 'never'))
        );
    }
  })();
  if (!isRight) return 'wrong type';
  const expected = is.kind === 'number' ? is.unit : undefined;
  const isMeasured = is.kind === 'number' || is.kind === 'grade';
  return isMeasured && unit !== expected ? 'wrong unit' : undefined;
}

/**
 * On the day of the observation, from what had been told by the end of it; and once more with the dates that were told
 * later, for a date says itself when it was.
 */
function isBelievable(world: World, { notValidWhen }: FactDefinition, seenAt: string, atom?: Atom): boolean {
  if (!notValidWhen) return true;
  const { zone, stated, facts } = world;
  const nextDay = beginningOf(daysLater(dayOn(seenAt, zone), { count: 1, unit: 'day' }), zone);
  const { stageIn: _roles, own: _own, ...elsewhere } = world;
  const then = (list: readonly Stated[]) =>
    opinionOn(notValidWhen, { ...elsewhere, now: seenAt, stated: list, site: atom?.names.at(-1) });
  const isDate = (name: string): boolean =>
    facts.some(({ fact, is }) => fact === name && (is.kind === 'date' || is.kind === 'date or never'));
  const early = stated.filter(({ observedAt }) => observedAt < nextDay);
  const withDates = stated.filter(({ fact, observedAt }) => observedAt < nextDay || isDate(fact));
  return then(early) !== 'met' && then(withDates) === 'unmet';
}

/** Exact decimals, in twelve places behind the point. */
const exact = (value: number): bigint => {
  const [whole = '0', behind = ''] = value.toFixed(12).split('.');
  return BigInt(whole + behind.padEnd(12, '0'));
};
const SCALE = 1_000_000_000_000n;
const inexact = (value: bigint): number => Number(value) / Number(SCALE);

function worked(
  world: World,
  { way, of }: DerivedDefinition,
  moments: readonly Stated[][],
  atom?: Atom,
): Found {
  const definition = world.facts.find(({ fact }) => fact === of);
  if (!definition) return { why: 'missing' };
  const session = lastSession(world);
  const isSince = ([first]: readonly Stated[]): boolean =>
    session === undefined || (first !== undefined && dayOn(first.observedAt, world.zone) > session);
  const used =
    way.kind === 'fall'
      ? [...new Set([moments.at(0), moments.at(-1)])].flatMap((one) => (one ? [one] : []))
      : 'last' in way
        ? moments.slice(Math.max(0, moments.length - way.last))
        : 'since' in way
          ? moments.filter(isSince)
          : moments;
  if (used.length === 0) return { why: 'stale' };
  const found = used.map((moment) => single(world, definition, moment, atom));
  const failed = found.find((one) => 'why' in one);
  if (failed) return failed;
  if ('last' in way && used.length < way.last) return { why: 'missing' };
  const known = found.flatMap((one) => ('why' in one ? [] : [one]));
  const amounts = known.map(({ value }) => exact(Number(value)));
  const [first = 0n] = amounts;
  const newest = amounts.at(-1) ?? first;
  const seenAt = known.at(-1)?.seenAt ?? '';
  const inOrder = amounts.toSorted((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  switch (way.kind) {
    case 'highest':
      return { value: inexact(inOrder.at(-1) ?? 0n), seenAt };
    case 'lowest':
      return { value: inexact(inOrder[0] ?? 0n), seenAt };
    case 'sum':
      return { value: inexact(amounts.reduce((sum, one) => sum + one, 0n)), seenAt };
    case 'fall':
      if (!way.percent) return { value: inexact(first - newest), seenAt };
      return first === 0n
        ? { why: 'wrong type' }
        : { value: Number(((100 * Number(first - newest)) / Number(first)).toPrecision(12)), seenAt };
  }
}

export type Opinion = 'met' | 'unmet' | 'unknown';

/** Strong Kleene logic, by counting: met is 1, unknown a half, unmet 0; all is the least, any the greatest. */
const DEGREE = { unmet: 0, unknown: 0.5, met: 1 } as const;

export function kleene(condition: LoweredCondition, ask: (leaf: LoweredLeaf) => Opinion): Opinion {
  const degree = degreeOf(condition, ask);
  return degree === 1 ? 'met' : degree === 0 ? 'unmet' : 'unknown';
}

function degreeOf(condition: LoweredCondition, ask: (leaf: LoweredLeaf) => Opinion): number {
  if ('all' in condition) return Math.min(...condition.all.map((member) => degreeOf(member, ask)));
  if ('any' in condition) return Math.max(...condition.any.map((member) => degreeOf(member, ask)));
  if ('not' in condition) return 1 - degreeOf(condition.not, ask);
  return DEGREE[ask(condition)];
}

/** The sites that a leaf speaks of. */
export function sitesMeant(world: World, { params }: Pick<LoweredLeaf, 'params'>): readonly string[] {
  const { treatment, donor, site, stageIn, own } = world;
  const everywhere = [...new Set([...treatment, ...donor])];
  const area = params?.area;
  switch (area) {
    case undefined:
      return site === undefined ? everywhere : [site];
    case 'treatment':
    case 'donor': {
      const ofRole = area === 'treatment' ? treatment : donor;
      const isOwn = own === undefined || own === area;
      return site !== undefined && isOwn && ofRole.includes(site) ? [site] : ofRole;
    }
    case 'any area of this stage':
      return stageIn
        ? [...new Set(stageIn.flatMap((role) => (role === 'treatment' ? treatment : donor)))]
        : everywhere;
    default:
      return [area];
  }
}

/**
 * What a condition says of a world. Facts of one value an atom: whether it is met for any choice of one atom in each
 * area that is spoken of, all choices tried.
 */
export function opinionOn(condition: LoweredCondition, world: World): Opinion {
  const atoms = atomsIn(world.parts);
  const atomsOf = (leaf: LoweredLeaf): Atom[] =>
    atoms.filter(({ names }) => sitesMeant(world, leaf).some((site) => names.includes(site)));
  const kindOf = ({ fact }: LoweredLeaf): FactDefinition | undefined => {
    const base = world.derived.find((one) => one.derived === fact)?.of ?? fact;
    return world.facts.find((one) => one.fact === base);
  };
  const variables = new Map<string, Atom[]>();
  for (const leaf of leavesOf(condition)) {
    const definition = kindOf(leaf);
    if (definition?.byArea && definition.is.kind !== 'findings')
      variables.set(sitesMeant(world, leaf).join(), atomsOf(leaf));
  }
  const today = dayOn(world.now, world.zone);
  const ask =
    (chosen: ReadonlyMap<string, Atom>) =>
    (leaf: LoweredLeaf): Opinion => {
      const definition = kindOf(leaf);
      if (!definition?.byArea) return said(leaf, knownOf(world, leaf), today);
      if (definition.is.kind !== 'findings') {
        const atom = chosen.get(sitesMeant(world, leaf).join());
        return atom ? said(leaf, knownOf(world, leaf, atom), today) : 'unknown';
      }
      const each = atomsOf(leaf).map((atom) => said(leaf, knownOf(world, leaf, atom), today));
      if (each.length === 0) return 'unknown';
      return each.includes('met') ? 'met' : each.includes('unknown') ? 'unknown' : 'unmet';
    };
  const every = combinations([...variables]).map((chosen) => kleene(condition, ask(new Map(chosen))));
  return every.includes('met') ? 'met' : every.includes('unknown') ? 'unknown' : 'unmet';
}

/** An area in which nothing was chosen leaves its choice open. */
function combinations([first, ...others]: readonly (readonly [string, readonly Atom[]])[]): [
  string,
  Atom,
][][] {
  if (!first) return [[]];
  const [key, atoms] = first;
  const rest = combinations(others);
  return atoms.length === 0
    ? rest
    : atoms.flatMap((atom) => rest.map((one) => [[key, atom] as [string, Atom], ...one]));
}

const said = (leaf: LoweredLeaf, known: Known, today: string): Opinion =>
  'why' in known ? 'unknown' : answers(leaf, known.value, today);

/** What one sentence says of a value that is of the right kind. */
export function answers({ operator, value: asked }: LoweredLeaf, value: FactValue, today: string): Opinion {
  const yes = (is: boolean): Opinion => (is ? 'met' : 'unmet');
  if (typeof value === 'number' && typeof asked === 'number') {
    const sign = Math.sign(value - asked);
    switch (operator) {
      case 'lessThan':
        return yes(sign < 0);
      case 'lessThanInclusive':
        return yes(sign <= 0);
      case 'greaterThan':
        return yes(sign > 0);
      case 'greaterThanInclusive':
        return yes(sign >= 0);
    }
  }
  if (operator === 'contains' && Array.isArray(value)) return yes(value.some((one) => one === asked));
  if (operator === 'equal') return yes(value === asked);
  if (operator === 'notEqual') return yes(value !== asked);
  if (Array.isArray(asked) && typeof value === 'string') {
    if (operator === 'in') return yes(asked.some((one) => one === value));
    if (operator === 'notIn') return yes(asked.every((one) => one !== value));
  }
  if (typeof asked === 'object' && !Array.isArray(asked) && typeof value === 'string') {
    if (value === 'never') return yes(operator === 'atLeastAgoOrNever');
    const isOut = daysLater(value, asked) <= today;
    return yes(operator === 'withinTheLast' ? !isOut && value <= today : isOut);
  }
  throw new Error(`the oracle does not know ${operator} of ${JSON.stringify(asked)}`);
}

export function leavesOf(condition: LoweredCondition): LoweredLeaf[] {
  if ('all' in condition) return condition.all.flatMap(leavesOf);
  if ('any' in condition) return condition.any.flatMap(leavesOf);
  if ('not' in condition) return leavesOf(condition.not);
  return [condition];
}
