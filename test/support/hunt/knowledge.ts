import type { FactValue } from '../../../src/core/model/event.schema.ts';
import type { DerivedDefinition, FactDefinition } from '../../../src/core/pathway/facts.schema.ts';
import { beginningOf, dayOn, tooOldFrom } from '../wall-calendar.ts';
import { nextDay } from './days.ts';
import type { Terms } from './terms.ts';
import { verdictOn } from './verdicts.ts';

/** One thing that somebody stated about the patient, as the inspector keeps it. */
export interface Told {
  readonly fact: string;
  readonly area: string | undefined;
  readonly value: FactValue;
  readonly unit: string | undefined;
  /** The kind of source: laboratory, clinician, patient, record. */
  readonly source: string;
  readonly observedAt: string;
  readonly event: string;
  /** Who sent it. */
  readonly actor: string;
  readonly step: number;
}

/** All that can be asked of at one moment. */
export interface Holdings {
  readonly told: ReadonlyMap<string, readonly Told[]>;
  /** Last days of the procedures that were performed. */
  readonly sessions: readonly string[];
  /** The sites chosen, by role. */
  readonly areas: Readonly<Partial<Record<string, readonly string[]>>>;
  /** When the plan came into a stage. */
  entered(stage: string): string | undefined;
  /** The stage that the plan is in. */
  readonly stage: string | undefined;
}

/** What a fact says: a value, and what it was taken from; or that nobody knows. */
export type Reading =
  | {
      readonly isKnown: true;
      readonly value: FactValue;
      readonly unit: string | undefined;
      readonly observedAt: string;
      readonly from: readonly Told[];
      /** What it was believed on: facts that would have spoken against it. */
      readonly supports: ReadonlySet<Told>;
      /** The first instant at which it is too old. */
      readonly endsAt: string;
    }
  | {
      readonly isKnown: false;
      readonly why: 'missing' | 'stale' | 'not believed' | 'in conflict' | 'wrong type';
      /** Of what is too old: the value that it was. */
      readonly was?: FactValue;
      /** What there is, and does not count. */
      readonly from: readonly Told[];
      readonly supports?: ReadonlySet<Told>;
    };

/** What is known of a patient at one instant, each fact worked out when it is first asked for. */
export class Knowledge {
  readonly terms: Terms;
  readonly holdings: Holdings;
  readonly now: string;
  readonly today: string;
  readonly #readings = new Map<string, Reading>();
  readonly #session: string | undefined;
  /** What conditions said of this, by condition and place. */
  readonly verdicts = new Map<object, Map<string, unknown>>();

  constructor(terms: Terms, holdings: Holdings, now: string) {
    this.terms = terms;
    this.holdings = holdings;
    this.now = now;
    this.today = dayOn(now, terms.zone);
    this.#session = holdings.sessions
      .filter((day) => day <= this.today)
      .sort()
      .at(-1);
  }

  /** The last day of the last procedure that was performed. */
  get session(): string | undefined {
    return this.#session;
  }

  /** @param part - of the body, for what is recorded by area */
  reading(name: string, part?: string): Reading {
    const key = part === undefined ? name : `${name}@${part}`;
    let reading = this.#readings.get(key);
    if (!reading) {
      reading = this.#read(name, part);
      this.#readings.set(key, reading);
    }
    return reading;
  }

  #read(name: string, part: string | undefined): Reading {
    const definition = this.terms.baseOf(name);
    if (!definition) return { isKnown: false, why: 'missing', from: [] };
    const told = (this.holdings.told.get(definition.fact) ?? []).filter(
      ({ area }) => part === undefined || (area !== undefined && this.terms.partsOf(area).includes(part)),
    );
    const trusted = told.filter(({ source }) => definition.from.includes(source));
    if (trusted.length === 0) {
      return { isKnown: false, why: told.length === 0 ? 'missing' : 'not believed', from: told.slice(-1) };
    }
    const derived = this.terms.derived(name);
    const moments = derived ? momentsOf(trusted, definition, this.terms.zone) : undefined;
    const found =
      derived && moments ? workedOut(derived, moments, this) : newestOf(trusted, definition, this.terms.zone);
    if (!found.isKnown) return found;
    const supports = new Set<Told>();
    if (found.from.some((one) => !this.#isValid(definition, one, { part, supports })))
      return { isKnown: false, why: 'not believed', from: found.from, supports };
    const endsAt = tooOldFrom(found.observedAt, definition.goodFor, this.terms.zone);
    return endsAt <= this.now
      ? { isKnown: false, why: 'stale', from: found.from, was: found.value, supports }
      : { ...found, endsAt, supports };
  }

  /**
   * Judged for the day of the observation, with what was observed by the end of that day. A date that was told later
   * says when it was: it speaks against the observation as well, and for it where nothing else does.
   */
  #isValid(
    definition: FactDefinition,
    { observedAt }: Told,
    { part, supports }: { readonly part: string | undefined; readonly supports: Set<Told> },
  ): boolean {
    const { notValidWhen } = definition;
    if (!notValidWhen) return true;
    const { zone } = this.terms;
    const end = beginningOf(nextDay(dayOn(observedAt, zone)), zone);
    const then = (keeps: (one: Told) => boolean) => {
      const told = new Map([...this.holdings.told].map(([fact, all]) => [fact, all.filter(keeps)]));
      const knowledge = new Knowledge(this.terms, { ...this.holdings, told }, observedAt);
      return verdictOn(notValidWhen, part === undefined ? {} : { site: part }, knowledge);
    };
    if (then((one) => one.observedAt < end).opinion === 'met') return false;
    const isDate = ({ fact }: Told) => this.terms.fact(fact)?.is.kind.startsWith('date') === true;
    const verdict = then((one) => one.observedAt < end || isDate(one));
    for (const one of [...verdict.from, ...verdict.supports]) supports.add(one);
    return verdict.opinion === 'unmet';
  }
}

/** A reading of which nobody has asked yet how old it is and whether it is to be believed. */
type Found =
  | Extract<Reading, { isKnown: false }>
  | Omit<Extract<Reading, { isKnown: true }>, 'endsAt' | 'supports'>;

/** Minutes and hours tell instants apart; all else days. */
const momentOf = ({ observedAt }: Told, { goodFor }: FactDefinition, zone: string): string =>
  goodFor?.unit === 'hour' || goodFor?.unit === 'minute' ? observedAt : dayOn(observedAt, zone);

function newestOf(trusted: readonly Told[], definition: FactDefinition, zone: string): Found {
  let last = '';
  for (const one of trusted) {
    const moment = momentOf(one, definition, zone);
    if (moment > last) last = moment;
  }
  return settled(
    trusted.filter((one) => momentOf(one, definition, zone) === last),
    definition,
  );
}

/** What was told of each moment, oldest first. */
function momentsOf(trusted: readonly Told[], definition: FactDefinition, zone: string): Found[] {
  const all = new Map<string, Told[]>();
  for (const one of trusted) {
    const moment = momentOf(one, definition, zone);
    all.set(moment, [...(all.get(moment) ?? []), one]);
  }
  return [...all.keys()].sort().map((moment) => settled(all.get(moment) ?? [], definition));
}

/** Of one moment: the most trusted, who have to agree. */
function settled(together: readonly Told[], { from }: FactDefinition): Found {
  const rank = Math.min(...together.map(({ source }) => from.indexOf(source)));
  const best = together.filter(({ source }) => from.indexOf(source) === rank);
  // A sort keeps the order of what is equal: the last of the newest was told last.
  const [said] = best.toSorted((one, other) => (one.observedAt < other.observedAt ? -1 : 1)).slice(-1);
  if (!said) return { isKnown: false, why: 'missing', from: [] };
  if (new Set(best.map(wordOf)).size > 1) return { isKnown: false, why: 'in conflict', from: [said] };
  const { value, unit, observedAt } = said;
  return { isKnown: true, value, unit, observedAt, from: [said] };
}

/** A value as one word; lists say the same in any order. */
export const wordOf = ({ value, unit }: Pick<Told, 'value' | 'unit'>): string =>
  JSON.stringify([Array.isArray(value) ? [...new Set(value)].sort() : value, unit ?? null]);

function workedOut(
  derived: DerivedDefinition,
  moments: readonly Found[],
  { session, terms }: Knowledge,
): Found {
  const { way } = derived;
  const isSince = ({ from: [one] }: Found) =>
    session === undefined || (one !== undefined && dayOn(one.observedAt, terms.zone) > session);
  const used =
    way.kind === 'sum'
      ? moments
      : way.kind === 'fall'
        ? moments.filter((_one, index) => index === 0 || index === moments.length - 1)
        : 'last' in way
          ? moments.slice(-way.last)
          : moments.filter(isSince);
  const from = used.flatMap((one) => one.from);
  const newest = from.at(-1);
  const conflict = used.some((one) => !one.isKnown);
  if (conflict) return { isKnown: false, why: 'in conflict', from };
  if (!newest) return { isKnown: false, why: 'stale', from: [] };
  if ('last' in way && used.length < way.last) return { isKnown: false, why: 'missing', from };
  const numbers = used.map((one) => (one.isKnown ? Number(one.value) : Number.NaN));
  const value = numberOf(way, numbers);
  if (value === undefined) return { isKnown: false, why: 'wrong type', from };
  return { isKnown: true, value, unit: derived.unit, observedAt: newest.observedAt, from };
}

/** In hundredths of thousandths, so that 1.2 less 0.9 is 0.3. */
function numberOf(way: DerivedDefinition['way'], numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((one, other) => one - other);
  if (way.kind === 'highest') return sorted.at(-1);
  if (way.kind === 'lowest') return sorted[0];
  if (way.kind === 'sum') return Math.round(numbers.reduce((sum, one) => sum + one * 1e6, 0)) / 1e6;
  const [first = 0] = numbers;
  const fall = Math.round((first - (numbers.at(-1) ?? first)) * 1e6) / 1e6;
  if (way.kind !== 'fall' || !way.percent) return fall;
  return first === 0 ? undefined : Number(((100 * fall) / first).toPrecision(12));
}
