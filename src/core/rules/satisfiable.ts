import type { Duration } from '../model/primitives.schema.ts';
import type { FactDefinition, FactKind, LoweredLeaf } from '../pathway/facts.schema.ts';
import { judgeLeaf } from './operators.ts';

/** A sentence about a fact, and whether it has to be true or false. */
export interface Demand {
  readonly leaf: LoweredLeaf;
  readonly wanted: 'met' | 'unmet';
}

/**
 * Whether one value could fulfil all that is demanded of one fact. A month has 28 to 31 days: dates that fulfil it
 * there are on every day, or only on some.
 * @param definition - absent for a number that is worked out of others: any number, then
 */
export function isSatisfiable(
  demands: readonly Demand[],
  definition: FactDefinition | undefined,
  on: 'every day' | 'some day' = 'every day',
): boolean {
  const is = definition?.is;
  if (is?.kind === 'date' || is?.kind === 'date or never') return isDateSatisfiable(demands, is, on);
  return candidatesOf(demands, is).some((value) => demands.every((one) => isFulfilled(one, value)));
}

/** Whether every value that fulfils all demands makes `sentence` as it is wanted. */
export function implies(
  demands: readonly Demand[],
  { leaf, wanted }: Demand,
  definition: FactDefinition | undefined,
): boolean {
  const denied: Demand = { leaf, wanted: wanted === 'met' ? 'unmet' : 'met' };
  return !isSatisfiable([...demands, denied], definition, 'some day');
}

const isFulfilled = ({ leaf, wanted }: Demand, value: unknown): boolean =>
  judgeLeaf(leaf.operator, value, leaf.value) === (wanted === 'met');

/** One value of every cell into which the demands cut the fact's range. */
function candidatesOf(demands: readonly Demand[], is: FactKind | undefined): readonly unknown[] {
  switch (is?.kind) {
    case 'yes or no':
      return [true, false];
    case 'code':
      return is.codes;
    case 'findings':
    case 'list':
      return [demands.flatMap(({ leaf, wanted }) => (wanted === 'met' ? [leaf.value] : []))];
    case 'grade':
      return cellsOf(demands, is).flatMap((value) => [Math.floor(value), Math.ceil(value)]);
    default:
      return cellsOf(demands, is?.kind === 'number' ? is : undefined);
  }
}

function cellsOf(
  demands: readonly Demand[],
  range?: { readonly from: number; readonly to: number },
): number[] {
  const asked = demands.flatMap(({ leaf }) => (typeof leaf.value === 'number' ? [leaf.value] : []));
  const { from, to } = range ?? { from: Math.min(...asked) - 1, to: Math.max(...asked) + 1 };
  const edges = [...new Set([from, ...asked.filter((value) => value > from && value < to), to])];
  edges.sort((one, other) => one - other);
  return edges.flatMap((edge, index) => [edge, (edge + (edges[index + 1] ?? edge)) / 2]);
}

function isDateSatisfiable(
  demands: readonly Demand[],
  { kind }: FactKind,
  on: 'every day' | 'some day',
): boolean {
  const never = { date: 'never', today: '2000-01-01' };
  if (kind === 'date or never' && demands.every((one) => isFulfilled(one, never))) return true;
  const asked = demands.flatMap(({ leaf: { value, operator }, wanted }) =>
    typeof value !== 'object' || Array.isArray(value)
      ? []
      : [{ age: value, isBelow: (operator === 'withinTheLast') === (wanted === 'met') }],
  );
  const least = asked.filter(({ isBelow }) => !isBelow);
  const most = asked.filter(({ isBelow }) => isBelow);
  return most.every(
    (upper) => upper.age.count > 0 && least.every((lower) => isYounger(lower.age, upper.age, on)),
  );
}

/** Whether a date can be `one` ago already and `other` not yet. */
function isYounger(one: Duration, other: Duration, on: 'every day' | 'some day'): boolean {
  const [months, otherMonths] = [monthsIn(one), monthsIn(other)];
  if (months !== undefined && otherMonths !== undefined) return months < otherMonths;
  const [fewest, most] = daysIn(one);
  const [otherFewest, otherMost] = daysIn(other);
  return on === 'every day' ? most < otherFewest : fewest < otherMost;
}

const monthsIn = ({ count, unit }: Duration): number | undefined =>
  unit === 'month' ? count : unit === 'year' ? 12 * count : undefined;

const DAYS_A_MONTH = 365.2425 / 12;

/** The fewest and the most days that a duration can be, on the safe side. */
function daysIn(duration: Duration): readonly [fewest: number, most: number] {
  const months = monthsIn(duration);
  if (months !== undefined)
    return [Math.floor(months * DAYS_A_MONTH) - 3, Math.ceil(months * DAYS_A_MONTH) + 3];
  const days = duration.count * (duration.unit === 'week' ? 7 : 1);
  return [days, days];
}
