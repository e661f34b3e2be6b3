import { addDays, addToDate, daysBetween } from '../model/calendar.ts';
import type { Duration, LocalDate } from '../model/primitives.schema.ts';
import type { DerivedDefinition, FactDefinition, FactKind, LoweredLeaf } from '../pathway/facts.schema.ts';
import { judgeLeaf } from '../rules/operators.ts';

/** What can be asked, in a pathway or in a clinic's whole catalogue. */
export interface Catalogue {
  readonly facts: readonly FactDefinition[];
  readonly derived: readonly DerivedDefinition[];
}

/** One of the cells into which all that is asked of a fact cuts what it can be. */
export interface Cell {
  /** A value in it, as an operator compares it. */
  readonly value: unknown;
  readonly words: string;
  readonly truths: ReadonlyMap<LoweredLeaf, boolean>;
}

/** What is asked of one fact, cut into its cells. */
export function cellsOf(fact: string, leaves: readonly LoweredLeaf[], catalogue: Catalogue): Cell[] {
  const bySignature = new Map<string, Cell>();
  for (const { value, words } of candidatesOf(fact, leaves, catalogue)) {
    const truths = new Map(
      leaves.map((leaf) => [leaf, judgeLeaf(leaf.operator, value, leaf.value) === true]),
    );
    const signature = [...truths.values()].join();
    if (!bySignature.has(signature)) bySignature.set(signature, { value, words, truths });
  }
  return [...bySignature.values()];
}

interface Candidate {
  readonly value: unknown;
  readonly words: string;
}

function candidatesOf(fact: string, leaves: readonly LoweredLeaf[], catalogue: Catalogue): Candidate[] {
  const definition = catalogue.facts.find((one) => one.fact === fact);
  if (definition) return ofKind(definition.is, leaves);
  const derived = catalogue.derived.find((one) => one.derived === fact);
  const isPart = derived?.way.kind === 'fall' && derived.way.percent;
  const unit = derived?.unit === undefined ? '' : ` ${derived.unit}`;
  return numbersOf(leaves, isPart ? { to: 100 } : {}).map((value) => ({ value, words: `${value}${unit}` }));
}

function ofKind(is: FactKind, leaves: readonly LoweredLeaf[]): Candidate[] {
  switch (is.kind) {
    case 'yes or no':
      return [true, false].map((value) => ({ value, words: value ? 'yes' : 'no' }));
    case 'code':
      return is.codes.map((value) => ({ value, words: value }));
    case 'findings':
    case 'list':
      return setsOf(leaves);
    case 'grade':
      return wholesOf(leaves, is).map((value) => ({ value, words: String(value) }));
    case 'number':
      return numbersOf(leaves, is).map((value) => ({ value, words: `${value} ${is.unit}` }));
    case 'date':
    case 'date or never':
      return datesOf(leaves, is.kind === 'date or never');
  }
}

interface Bounds {
  readonly from?: number;
  readonly to?: number;
}

const askedNumbers = (leaves: readonly LoweredLeaf[]): number[] =>
  leaves.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));

/** Each threshold, each end of the range, and a value between any two of them. */
function numbersOf(leaves: readonly LoweredLeaf[], bounds: Bounds): number[] {
  const asked = askedNumbers(leaves);
  const { from = Math.min(...asked) - 1, to = Math.max(...asked) + 1 } = bounds;
  const edges = [...new Set([from, ...asked.filter((value) => value > from && value < to), to])];
  edges.sort((one, other) => one - other);
  return edges.flatMap((edge, index) => {
    const next = edges[index + 1];
    return next === undefined ? [edge] : [edge, Number(((edge + next) / 2).toPrecision(PRECISION))];
  });
}

/** Without what binary fractions add. */
const PRECISION = 12;

function wholesOf(leaves: readonly LoweredLeaf[], { from, to }: { from: number; to: number }): number[] {
  const near = askedNumbers(leaves).flatMap((value) => [
    Math.floor(value) - 1,
    Math.floor(value),
    Math.ceil(value),
    Math.ceil(value) + 1,
  ]);
  const all = [...new Set([from, ...near, to])].filter((value) => value >= from && value <= to);
  return all.sort((one, other) => one - other);
}

/** Of as many words every set is looked at; of more, each by itself, all, and none. */
const MOST_TOGETHER = 5;

function setsOf(leaves: readonly LoweredLeaf[]): Candidate[] {
  const words = [...new Set(leaves.flatMap(({ value }) => (typeof value === 'string' ? [value] : [])))];
  const sets = words.length <= MOST_TOGETHER ? subsetsOf(words) : [[], ...words.map((word) => [word]), words];
  return sets.map((value) => ({ value, words: value.length === 0 ? 'none' : value.join(', ') }));
}

function subsetsOf([word, ...others]: readonly string[]): string[][] {
  if (word === undefined) return [[]];
  const without = subsetsOf(others);
  return [...without, ...without.map((set) => [word, ...set])];
}

/** After a month of 28 days and after one of 31: what is so many months ago depends on them. */
const TODAYS: readonly LocalDate[] = ['2027-03-01', '2027-09-01'];

/** How far a length that is counted back can lie from the one that is counted on. */
const MARGIN = [0, 1, -1, 2, -2, 3, -3, 4, -4];

function datesOf(leaves: readonly LoweredLeaf[], mayBeNever: boolean): Candidate[] {
  const lengths = leaves.flatMap(({ value }) => (isDuration(value) ? [value] : []));
  const dated = TODAYS.flatMap((today) => {
    const edges = lengths.flatMap(({ count, unit }) => {
      const edge = addToDate(today, { count: -count, unit });
      return MARGIN.map((days) => addDays(edge, days));
    });
    const [last = today] = edges.toSorted();
    const days = [today, ...edges, addDays(last, -1)].filter((day) => day <= today);
    return days.map((date) => ({ value: { date, today }, words: ago(daysBetween(date, today)) }));
  });
  return mayBeNever ? [{ value: { date: 'never', today: TODAYS[0] }, words: 'never' }, ...dated] : dated;
}

const isDuration = (value: LoweredLeaf['value']): value is Duration =>
  typeof value === 'object' && !Array.isArray(value);

const YEAR = 365.2425;
const MOST_DAYS_SHOWN = 730;

function ago(days: number): string {
  if (days === 0) return 'today';
  return days > MOST_DAYS_SHOWN ? `${(days / YEAR).toFixed(2)} years ago` : `${days} days ago`;
}
