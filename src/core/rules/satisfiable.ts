import type { Duration } from '../model/primitives.schema.ts';
import type { FactDefinition, FactKind, LoweredLeaf } from '../pathway/facts.schema.ts';
import { judgeLeaf } from './operators.ts';

/** A sentence about a fact, and whether it has to be true or false. */
export interface Demand {
  readonly leaf: LoweredLeaf;
  readonly wanted: 'met' | 'unmet';
}

/**
 * Whether one value could fulfil all that is demanded of one fact. Of dates it says so only where that is certain
 * whatever the day: a month has 28 to 31 days.
 * @param definition - absent for a number that is worked out of others: any number, then
 */
export function isSatisfiable(demands: readonly Demand[], definition?: FactDefinition): boolean {
  const is = definition?.is;
  if (is?.kind === 'date' || is?.kind === 'date or never') return isDateSatisfiable(demands, is);
  return candidatesOf(demands, is).some((value) => demands.every((one) => isFulfilled(one, value)));
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

function isDateSatisfiable(demands: readonly Demand[], { kind }: FactKind): boolean {
  const never = { date: 'never', today: '2000-01-01' };
  if (kind === 'date or never' && demands.every((one) => isFulfilled(one, never))) return true;
  let youngest = 0;
  let tooOld = Number.POSITIVE_INFINITY;
  for (const { leaf, wanted } of demands) {
    const { value, operator } = leaf;
    if (typeof value !== 'object' || Array.isArray(value)) return false;
    const isWithin = (operator === 'withinTheLast') === (wanted === 'met');
    if (isWithin) tooOld = Math.min(tooOld, fewestDays(value));
    else youngest = Math.max(youngest, mostDays(value));
  }
  return youngest < tooOld;
}

const MONTHS = { month: 1, year: 12 } as const;
const DAYS = { day: 1, week: 7 } as const;
const DAYS_A_MONTH = 365.2425 / 12;

function fewestDays({ count, unit }: Duration): number {
  if (unit === 'month' || unit === 'year') return Math.floor(count * MONTHS[unit] * DAYS_A_MONTH) - 3;
  return unit === 'day' || unit === 'week' ? count * DAYS[unit] : 0;
}

function mostDays({ count, unit }: Duration): number {
  if (unit === 'month' || unit === 'year') return Math.ceil(count * MONTHS[unit] * DAYS_A_MONTH) + 3;
  return unit === 'day' || unit === 'week' ? count * DAYS[unit] : Number.POSITIVE_INFINITY;
}
