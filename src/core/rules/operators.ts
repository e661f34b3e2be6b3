import { Engine, Operator } from 'json-rules-engine';
import { addToDate } from '../model/calendar.ts';
import type { Duration, LocalDate } from '../model/primitives.schema.ts';

/**
 * A date fact as an operator sees it: the date (or `never`) beside the day on which it is judged, so that an operator
 * needs no clock.
 */
export interface DatedValue {
  readonly date: LocalDate | 'never';
  readonly today: LocalDate;
}

const isDated = (value: unknown): value is DatedValue =>
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

/** @returns the operator's own judgement of one leaf; undefined when there is no such operator */
export function judgeLeaf(operator: string, factValue: unknown, value: unknown): boolean | undefined {
  return engine.operators.get(operator)?.evaluate(factValue, value);
}
