import type { FactValue } from '../../src/core/model/event.schema.ts';
import type { Duration } from '../../src/core/model/primitives.schema.ts';
import type { CompiledPathway, StageDefinition } from '../../src/core/pathway/compiled.schema.ts';
import type { FactDefinition, LoweredCondition, LoweredLeaf } from '../../src/core/pathway/facts.schema.ts';
import type { Contraindication } from '../../src/core/pathway/rules.schema.ts';

/**
 * A second opinion: calendar, conditions, facts and consent worked out again from what a pathway says and from the
 * list of events, by other means (Intl and UTC dates) and without one line of the core's.
 */
export type Opinion = 'met' | 'unmet' | 'unknown';

const formats = new Map<string, Intl.DateTimeFormat>();
const days = new Map<string, string>();

/** The day on the calendar on the wall. */
export function dayOn(instant: string, zone: string): string {
  const known = days.get(instant + zone);
  if (known) return known;
  let format = formats.get(zone);
  if (!format) {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, ...parts });
    formats.set(zone, format);
  }
  const day = format.format(new Date(instant));
  if (days.size > 50_000) days.clear();
  days.set(instant + zone, day);
  return day;
}

const beginnings = new Map<string, string>();

/** The first instant at which the calendar on the wall shows the day, to the millisecond. */
export function beginningOf(day: string, zone: string): string {
  const key = `${zone} ${day}`;
  const known = beginnings.get(key);
  if (known) return known;
  let low = Date.parse(`${day}T00:00:00.000Z`) - 30 * 3_600_000;
  let high = low + 60 * 3_600_000;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (dayOn(new Date(middle).toISOString(), zone) >= day) high = middle;
    else low = middle;
  }
  const beginning = new Date(high).toISOString();
  beginnings.set(key, beginning);
  return beginning;
}

/** A date and a duration of days; a day that does not exist becomes the first of the next month. */
export function daysLater(day: string, { count, unit }: Duration): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const months = unit === 'month' ? count : unit === 'year' ? 12 * count : 0;
  const days = unit === 'day' ? count : unit === 'week' ? 7 * count : 0;
  const landed = new Date(Date.UTC(year, month - 1 + months, date + days));
  if (months > 0 && landed.getUTCDate() !== date) landed.setUTCDate(1);
  return landed.toISOString().slice(0, 10);
}

export const shifted = (instant: string, milliseconds: number): string =>
  new Date(Date.parse(instant) + milliseconds).toISOString();

const MILLISECONDS = { minute: 60_000, hour: 3_600_000 } as const;

/** One thing that somebody stated about the patient. */
export interface Stated {
  readonly fact: string;
  readonly value: FactValue;
  readonly unit?: string | undefined;
  readonly source: string;
  readonly observedAt: string;
}

/** The value that counts at `now`; undefined when there is none that may be believed. */
export function believed(
  definition: FactDefinition | undefined,
  stated: readonly Stated[],
  { now, zone }: { now: string; zone: string },
): FactValue | undefined {
  if (!definition) return undefined;
  const trust = (source: string) =>
    definition.from.includes(source) ? definition.from.indexOf(source) : definition.from.length;
  const ranked = stated
    .filter(({ fact }) => fact === definition.fact)
    .map((one, told) => ({ ...one, told }))
    .sort(
      (one, other) =>
        Date.parse(other.observedAt) - Date.parse(one.observedAt) ||
        trust(one.source) - trust(other.source) ||
        other.told - one.told,
    );
  const [best] = ranked;
  if (!best || !isOfKind(best, definition)) return undefined;
  return endOf(definition, best.observedAt, zone) <= now ? undefined : best.value;
}

/** The first instant at which an observation is too old. */
export function endOf({ goodFor }: FactDefinition, observedAt: string, zone: string): string {
  if (!goodFor) return '9999';
  if (goodFor.unit === 'minute' || goodFor.unit === 'hour')
    return shifted(observedAt, goodFor.count * MILLISECONDS[goodFor.unit]);
  const last = daysLater(dayOn(observedAt, zone), goodFor);
  return beginningOf(daysLater(last, { count: 1, unit: 'day' }), zone);
}

function isOfKind({ value, unit }: Stated, { is }: FactDefinition): boolean {
  switch (is.kind) {
    case 'number':
      return typeof value === 'number' && unit === is.unit;
    case 'code':
      return typeof value === 'string' && is.codes.includes(value);
    case 'yes or no':
      return typeof value === 'boolean';
    case 'grade':
    case 'findings':
    case 'list':
      throw new Error(`not asked here: ${is.kind}`);
    case 'date':
    case 'date or never':
      return (
        typeof value === 'string' &&
        (/^\d{4}-\d\d-\d\d$/.test(value) || (is.kind === 'date or never' && value === 'never'))
      );
  }
}

/** Strong Kleene logic, by counting: met is 1, unknown a half, unmet 0; all is the least, any the greatest. */
const DEGREE = { unmet: 0, unknown: 0.5, met: 1 } as const;

export function opinionOn(condition: LoweredCondition, ask: (leaf: LoweredLeaf) => Opinion): Opinion {
  const degree = degreeOf(condition, ask);
  return degree === 1 ? 'met' : degree === 0 ? 'unmet' : 'unknown';
}

function degreeOf(condition: LoweredCondition, ask: (leaf: LoweredLeaf) => Opinion): number {
  if ('all' in condition) return Math.min(...condition.all.map((member) => degreeOf(member, ask)));
  if ('any' in condition) return Math.max(...condition.any.map((member) => degreeOf(member, ask)));
  if ('not' in condition) return 1 - degreeOf(condition.not, ask);
  return DEGREE[ask(condition)];
}

/** What one sentence says of a value that is of the right kind. */
export function answers(
  { operator, value: asked }: LoweredLeaf,
  value: FactValue | undefined,
  today: string,
): Opinion {
  if (value === undefined) return 'unknown';
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
  if (operator === 'equal') return yes(value === asked);
  if (operator === 'notEqual') return yes(value !== asked);
  if (Array.isArray(asked) && typeof value === 'string') {
    if (operator === 'in') return yes(asked.some((one) => one === value));
    if (operator === 'notIn') return yes(asked.every((one) => one !== value));
  }
  if (typeof asked === 'object' && !Array.isArray(asked) && typeof value === 'string') {
    if (value === 'never') return yes(operator === 'atLeastAgoOrNever');
    const isOut = daysLater(value, asked) <= today;
    return yes(operator === 'withinTheLast' ? !isOut : isOut);
  }
  throw new Error(`the oracle does not know ${operator} of ${JSON.stringify(asked)}`);
}

export function opinionOnRule(
  compiled: CompiledPathway,
  rule: Contraindication,
  stated: readonly Stated[],
  now: string,
): Opinion {
  const zone = compiled.clinic.timeZone;
  const today = dayOn(now, zone);
  return opinionOn(rule.when, (leaf) => {
    const definition = compiled.facts.find(({ fact }) => fact === leaf.fact);
    return answers(leaf, believed(definition, stated, { now, zone }), today);
  });
}

export const rulesOf = (compiled: CompiledPathway, stage: StageDefinition): Contraindication[] =>
  compiled.contraindications.filter(
    ({ of }) =>
      of.length === 0 || of.includes(stage.procedure) || of.some((one) => stage.traits.includes(one)),
  );

/** Instants at which time alone could change what a rule says of one observation. */
export function edgesOf(compiled: CompiledPathway, leaf: LoweredLeaf, stated: readonly Stated[]): string[] {
  const zone = compiled.clinic.timeZone;
  const definition = compiled.facts.find(({ fact }) => fact === leaf.fact);
  return stated
    .filter(({ fact }) => fact === leaf.fact)
    .flatMap((one) => {
      const ends = definition?.goodFor ? [endOf(definition, one.observedAt, zone)] : [];
      const isWindow =
        typeof leaf.value === 'object' && !Array.isArray(leaf.value) && typeof one.value === 'string';
      if (!isWindow || one.value === 'never') return ends;
      return [...ends, beginningOf(daysLater(one.value as string, leaf.value as Duration), zone)];
    });
}

export function leavesOf(condition: LoweredCondition): LoweredLeaf[] {
  if ('all' in condition) return condition.all.flatMap(leavesOf);
  if ('any' in condition) return condition.any.flatMap(leavesOf);
  if ('not' in condition) return leavesOf(condition.not);
  return [condition];
}
