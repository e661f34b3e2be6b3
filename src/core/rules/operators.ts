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
  ({ date, today }, duration) => date !== 'never' && date <= today && today < leavesWindowOn(date, duration),
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

/** What a condition can ask of: a fact of the catalogue by its kind, or a number worked out of others. */
export type Askable = FactKind | { readonly kind: 'derived' };

const NUMBERS: readonly string[] = ['number', 'grade', 'derived'] satisfies Askable['kind'][];

/**
 * Whether an operator can be asked of a fact of this kind with this value. json-rules-engine takes every combination:
 * `in` with a text matches parts of it, with a number it throws, and a date that is `lessThan` is never met.
 */
export function fits({ operator, value }: LoweredLeaf, is: Askable): boolean {
  switch (operator) {
    case 'equal':
    case 'notEqual':
      if (is.kind === 'code') return typeof value === 'string' && is.codes.includes(value);
      return is.kind === 'yes or no' ? typeof value === 'boolean' : isNumber(is, value);
    case 'in':
    case 'notIn':
      return is.kind === 'code' && Array.isArray(value) && value.every((code) => is.codes.includes(code));
    case 'contains':
      if (typeof value !== 'string') return false;
      return is.kind === 'list' || (is.kind === 'findings' && is.codes.includes(value));
    case 'lessThan':
    case 'lessThanInclusive':
    case 'greaterThan':
    case 'greaterThanInclusive':
      return isNumber(is, value);
    case 'withinTheLast':
    case 'atLeastAgo':
    case 'atLeastAgoOrNever':
      return (
        (is.kind === 'date' || is.kind === 'date or never') &&
        typeof value === 'object' &&
        !Array.isArray(value) &&
        DAYS.includes(value.unit)
      );
    default:
      return false;
  }
}

const isNumber = ({ kind }: Askable, value: LoweredLeaf['value']): boolean =>
  NUMBERS.includes(kind) && typeof value === 'number';

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
