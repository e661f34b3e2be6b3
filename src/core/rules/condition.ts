import type { FactValue } from '../model/event.schema.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Cause, Doubt, Evidence, Result } from '../model/verdict.schema.ts';
import type { LoweredCondition, LoweredLeaf } from '../pathway/facts.schema.ts';
import { judgeLeaf } from './operators.ts';

/** A fact as it stands at the moment of judging. */
export type FactReading =
  | {
      readonly known: false;
      readonly cause: Cause;
      /** The site that it was read of. */
      readonly area?: string;
      readonly provenance?: Provenance;
      readonly doubts?: readonly Doubt[];
      /** Of a value that is too old: what an operator would compare. */
      readonly comparable?: unknown;
    }
  | {
      readonly known: true;
      /** What the operator compares: the value, or a date beside the day of judging. */
      readonly comparable: unknown;
      readonly area?: string;
      readonly provenance: Provenance;
      /** When the reading itself ends: the fact goes stale. */
      readonly validUntil?: Instant;
    };

export interface Provenance {
  readonly value: FactValue;
  readonly unit?: string;
  readonly source: string;
  readonly observedAt: Instant;
  /** The events that stated it. */
  readonly events?: string[];
}

export interface Reader {
  /** What a leaf asks of. Several readings are of several sites: the leaf is met when it is met of any of them. */
  read(leaf: LoweredLeaf): FactReading | readonly FactReading[];
  /** When time alone would change what `leaf` says of a reading; undefined: never. */
  changesAt(leaf: LoweredLeaf, comparable: unknown): Instant | undefined;
}

export interface Judgement {
  readonly result: Result;
  /** Of every leaf, in order; one that was asked of several sites has an entry for each, in a row. */
  readonly evidence: readonly Evidence[];
  /** No answer of this condition changes before this instant unless a fact does. */
  readonly validUntil?: Instant;
}

/**
 * Judges a lowered condition in three values: `all`, `any` and `not` by Kleene's tables, every leaf by
 * json-rules-engine's own operator. Every leaf is looked at, so that the explanation is whole.
 */
export function judge(condition: LoweredCondition, reader: Reader): Judgement {
  const found: Found = { evidence: [], validUntil: undefined };
  const result = walk(condition, reader, found);
  const { evidence, validUntil } = found;
  return validUntil === undefined ? { result, evidence } : { result, evidence, validUntil };
}

/** What a walk gathers on its way: one array for all leaves, in their order. */
interface Found {
  readonly evidence: Evidence[];
  validUntil: Instant | undefined;
}

function walk(condition: LoweredCondition, reader: Reader, found: Found): Result {
  if ('fact' in condition) return judgeOne(condition, reader, found);
  if ('not' in condition) return negate(walk(condition.not, reader, found));
  const isAll = 'all' in condition;
  const decisive = isAll ? 'unmet' : 'met';
  let combined: Result = isAll ? 'met' : 'unmet';
  for (const member of isAll ? condition.all : condition.any) {
    const result = walk(member, reader, found);
    if (result === decisive) combined = decisive;
    else if (result === 'unknown' && combined !== decisive) combined = 'unknown';
  }
  return combined;
}

const negate = (result: Result): Result =>
  result === 'unknown' ? 'unknown' : result === 'met' ? 'unmet' : 'met';

function judgeOne(leaf: LoweredLeaf, reader: Reader, found: Found): Result {
  const reading = reader.read(leaf);
  if ('known' in reading) return judgeReading(leaf, reading, reader, found);
  const results = reading.map((one) => judgeReading(leaf, one, reader, found));
  return results.includes('met') ? 'met' : results.includes('unknown') ? 'unknown' : 'unmet';
}

function judgeReading(leaf: LoweredLeaf, reading: FactReading, reader: Reader, found: Found): Result {
  if (!reading.known) return unknown(leaf, reading, reading.cause, found);
  const judged = judgeLeaf(leaf.operator, reading.comparable, leaf.value);
  if (judged === undefined) return unknown(leaf, reading, 'wrong type', found);
  const result = judged ? 'met' : 'unmet';
  const edge = reader.changesAt(leaf, reading.comparable);
  const until =
    edge === undefined || (reading.validUntil !== undefined && reading.validUntil < edge)
      ? reading.validUntil
      : edge;
  const evidence = evidenceOf(leaf, result, reading.provenance);
  if (reading.area !== undefined) evidence.area = reading.area;
  if (until !== undefined) {
    evidence.validUntil = until;
    if (found.validUntil === undefined || until < found.validUntil) found.validUntil = until;
  }
  found.evidence.push(evidence);
  return result;
}

/** Written out, not spread: it is made for every leaf of every judgement. */
function evidenceOf({ fact, name: asks }: LoweredLeaf, result: Result, provenance: Provenance): Evidence {
  const { value, unit, source, observedAt, events } = provenance;
  if (events === undefined) {
    return unit === undefined
      ? { fact, asks, value, source, observedAt, result }
      : { fact, asks, value, source, observedAt, unit, result };
  }
  return unit === undefined
    ? { fact, asks, value, source, observedAt, result, events }
    : { fact, asks, value, source, observedAt, unit, result, events };
}

function unknown(leaf: LoweredLeaf, reading: FactReading, cause: Cause, found: Found): Result {
  const { area, provenance } = reading;
  const place = area === undefined ? {} : { area };
  const doubts = reading.known || !reading.doubts ? {} : { doubts: [...reading.doubts] };
  const last = cause === 'stale' ? judgeLeaf(leaf.operator, reading.comparable, leaf.value) : undefined;
  found.evidence.push({
    fact: leaf.fact,
    ...place,
    asks: leaf.name,
    ...provenance,
    result: 'unknown',
    cause,
    ...doubts,
    ...(last === undefined || reading.comparable === undefined ? {} : { lastAnswer: last ? 'met' : 'unmet' }),
  });
  return 'unknown';
}

export function earliest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  let first: Instant | undefined;
  for (const instant of instants)
    if (instant !== undefined && (first === undefined || instant < first)) first = instant;
  return first;
}
