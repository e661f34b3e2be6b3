import type { FactValue } from '../model/event.schema.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Cause, Evidence, Result } from '../model/verdict.schema.ts';
import type { LoweredCondition, LoweredLeaf } from '../pathway/compiled.schema.ts';
import { judgeLeaf } from './operators.ts';

/** A fact as it stands at the moment of judging. */
export type FactReading =
  | { readonly known: false; readonly cause: Cause; readonly provenance?: Provenance }
  | {
      readonly known: true;
      /** What the operator compares: the value, or a date beside the day of judging. */
      readonly comparable: unknown;
      readonly provenance: Provenance;
      /** When the reading itself ends: the fact goes stale. */
      readonly validUntil?: Instant;
    };

export interface Provenance {
  readonly value: FactValue;
  readonly unit?: string;
  readonly source: string;
  readonly observedAt: Instant;
}

export interface Reader {
  read(fact: string): FactReading;
  /** When time alone would change what `leaf` says of a reading; undefined: never. */
  changesAt(leaf: LoweredLeaf, comparable: unknown): Instant | undefined;
}

export interface Judgement {
  readonly result: Result;
  readonly evidence: readonly Evidence[];
  /** No answer of this condition changes before this instant unless a fact does. */
  readonly validUntil?: Instant;
}

/**
 * Judges a lowered condition in three values: `all`, `any` and `not` by Kleene's tables, every leaf by
 * json-rules-engine's own operator. Every leaf is looked at, so that the explanation is whole.
 */
export function judge(condition: LoweredCondition, reader: Reader): Judgement {
  if ('fact' in condition) return judgeOne(condition, reader);
  if ('not' in condition) {
    const inner = judge(condition.not, reader);
    return { ...inner, result: negate(inner.result) };
  }
  const isAll = 'all' in condition;
  const members = (isAll ? condition.all : condition.any).map((member) => judge(member, reader));
  const validUntil = earliest(members.map((member) => member.validUntil));
  return {
    result: combine(
      members.map((member) => member.result),
      isAll,
    ),
    evidence: members.flatMap((member) => member.evidence),
    ...(validUntil ? { validUntil } : {}),
  };
}

function combine(results: readonly Result[], isAll: boolean): Result {
  const decisive = isAll ? 'unmet' : 'met';
  if (results.includes(decisive)) return decisive;
  if (results.includes('unknown')) return 'unknown';
  return isAll ? 'met' : 'unmet';
}

const negate = (result: Result): Result =>
  result === 'unknown' ? 'unknown' : result === 'met' ? 'unmet' : 'met';

function judgeOne(leaf: LoweredLeaf, reader: Reader): Judgement {
  const reading = reader.read(leaf.fact);
  const base = { fact: leaf.fact, asks: leaf.name, ...reading.provenance };
  if (!reading.known) {
    return { result: 'unknown', evidence: [{ ...base, result: 'unknown', cause: reading.cause }] };
  }
  const judged = judgeLeaf(leaf.operator, reading.comparable, leaf.value);
  if (judged === undefined) {
    return { result: 'unknown', evidence: [{ ...base, result: 'unknown', cause: 'wrong type' }] };
  }
  const result = judged ? 'met' : 'unmet';
  const validUntil = earliest([reading.validUntil, reader.changesAt(leaf, reading.comparable)]);
  const until = validUntil ? { validUntil } : {};
  return { result, evidence: [{ ...base, result, ...until }], ...until };
}

export function earliest(instants: readonly (Instant | undefined)[]): Instant | undefined {
  let first: Instant | undefined;
  for (const instant of instants)
    if (instant !== undefined && (first === undefined || instant < first)) first = instant;
  return first;
}
