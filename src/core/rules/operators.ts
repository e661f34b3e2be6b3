import { Engine, Operator } from 'json-rules-engine';
import { addToDate } from '../model/calendar.ts';
import type { Duration, LocalDate } from '../model/primitives.schema.ts';
import type { FactKind, LoweredLeaf } from '../pathway/facts.schema.ts';

/**
 * A date fact as an operator sees it: the date (or `never`) beside the day on which it is judged, so that an operator
 * needs no clock.
 */
export interface DatedValue {
  readonly date: LocalDate | 'never';
  readonly today: LocalDate;
}

export const isDated = (value: unknown): value is DatedValue =>
  typeof value === 'object' && value !== null && 'date' in value && 'today' in value;

/** First day on which a date is no longer within the last `duration`. */
export const leavesWindowOn = (date: LocalDate, duration: Duration): LocalDate => addToDate(date, duration);

const withinTheLast = new Operator<DatedValue, Duration>(
  'withinTheLast',
  ({ date, today }, duration) => date !== 'never' && today < leavesWindowOn(date, duration),
  isDated,
);
const atLeastAgo = new Operator<DatedValue, Duration>(
  'atLeastAgo',
  ({ date, today }, duration) => date !== 'never' && today >= leavesWindowOn(date, duration),
  isDated,
);
const atLeastAgoOrNever = new Operator<DatedValue, Duration>(
  'atLeastAgoOrNever',
  ({ date, today }, duration) => date === 'never' || today >= leavesWindowOn(date, duration),
  isDated,
);

/** What a lowered condition may use beside json-rules-engine's own operators. */
export const CLINICAL_OPERATORS: readonly Operator[] = [
  withinTheLast,
  atLeastAgo,
  atLeastAgoOrNever,
] as unknown as readonly Operator[];

const engine = new Engine();
for (const operator of CLINICAL_OPERATORS) engine.addOperator(operator);

const DAYS: readonly string[] = ['day', 'week', 'month', 'year'] satisfies Duration['unit'][];

/**
 * Whether an operator can be asked of a fact of this kind with this value. json-rules-engine takes every combination:
 * `in` with a text matches parts of it, with a number it throws, and a date that is `lessThan` is never met.
 */
export function fits({ operator, value }: LoweredLeaf, { kind }: FactKind): boolean {
  switch (operator) {
    case 'equal':
    case 'notEqual':
      return typeof value === { number: 'number', code: 'string', 'yes or no': 'boolean' }[String(kind)];
    case 'in':
    case 'notIn':
      return kind === 'code' && Array.isArray(value);
    case 'lessThan':
    case 'lessThanInclusive':
    case 'greaterThan':
    case 'greaterThanInclusive':
      return kind === 'number' && typeof value === 'number';
    case 'withinTheLast':
    case 'atLeastAgo':
    case 'atLeastAgoOrNever':
      return (
        (kind === 'date' || kind === 'date or never') &&
        typeof value === 'object' &&
        !Array.isArray(value) &&
        DAYS.includes(value.unit)
      );
    default:
      return false;
  }
}

const known = new Map<string, Operator | null>();

/** @returns the operator's own judgement of one leaf; undefined when there is no such operator */
export function judgeLeaf(operator: string, factValue: unknown, value: unknown): boolean | undefined {
  let found = known.get(operator);
  if (found === undefined) {
    found = engine.operators.get(operator);
    known.set(operator, found);
  }
  return found?.evaluate(factValue, value);
}
