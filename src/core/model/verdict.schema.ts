import { z } from 'zod';
import { FactValue } from './event.schema.ts';
import { Instant, LocalDate, Name } from './primitives.schema.ts';

/** Unknown is not false: it never opens anything. */
export const Result = z.enum(['met', 'unmet', 'unknown']);
export type Result = z.infer<typeof Result>;

/** Why a condition has no answer. */
export const Cause = z.enum(['missing', 'stale', 'wrong type', 'wrong unit']);
export type Cause = z.infer<typeof Cause>;

/** One condition as it was judged: the value that was there, where it came from, and what was asked of it. */
export const Evidence = z.strictObject({
  fact: Name,
  asks: z.string(),
  result: Result,
  cause: Cause.optional(),
  value: FactValue.optional(),
  unit: z.string().optional(),
  source: z.string().optional(),
  observedAt: Instant.optional(),
  validUntil: Instant.optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** What would change the answer: a fact that somebody can supply, or a day. */
export const Clearing = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fact'), fact: Name, needs: z.string(), role: Name }),
  z.strictObject({ kind: z.literal('date'), on: LocalDate }),
  z.strictObject({ kind: z.literal('event'), type: z.string(), needs: z.string(), role: Name }),
]);
export type Clearing = z.infer<typeof Clearing>;

/** A rule's answer about this patient now. */
export const Finding = z.strictObject({
  rule: Name,
  ruleSet: Name,
  version: z.string(),
  title: z.string(),
  result: Result,
  evidence: z.array(Evidence),
  clears: z.array(Clearing),
  /** The earliest instant at which time alone could change the result. */
  validUntil: Instant.optional(),
});
export type Finding = z.infer<typeof Finding>;
