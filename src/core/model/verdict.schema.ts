import { z } from 'zod';
import { FactValue } from './event.schema.ts';
import { Duration, Id, Instant, LocalDate, Name } from './primitives.schema.ts';

/** Unknown is not false: it never opens anything. */
export const Result = z.enum(['met', 'unmet', 'unknown']);
export type Result = z.infer<typeof Result>;

/** Why a condition has no answer. */
export const Cause = z.enum([
  'missing',
  'stale',
  'wrong type',
  'wrong unit',
  /** Only sources that the catalogue does not name for this fact have stated it, or `notValidWhen` is not ruled out. */
  'not believed',
  /** Sources of equal trust differ about one day (or, for what is measured in hours, one instant). */
  'in conflict',
]);
export type Cause = z.infer<typeof Cause>;

/** What keeps a value from being believed: a condition of `notValidWhen` that is not known to be unmet. */
export const Doubt = z.strictObject({
  fact: Name,
  asks: z.string(),
  result: Result,
  cause: Cause.optional(),
  value: FactValue.optional(),
});
export type Doubt = z.infer<typeof Doubt>;

/** One condition as it was judged: the value that was there, where it came from, and what was asked of it. */
export const Evidence = z.strictObject({
  fact: Name,
  /** The site that it was asked of. */
  area: z.string().optional(),
  asks: z.string(),
  result: Result,
  cause: Cause.optional(),
  value: FactValue.optional(),
  unit: z.string().optional(),
  source: z.string().optional(),
  observedAt: Instant.optional(),
  /** The events that stated what the value was taken from, as `<source>/<id>`. */
  events: z.array(z.string()).optional(),
  doubts: z.array(Doubt).optional(),
  /** What a value that is too old by now would have said. */
  lastAnswer: z.enum(['met', 'unmet']).optional(),
  validUntil: Instant.optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** What would change the answer: a fact that somebody can supply, a day, an event, or somebody's override. */
export const Clearing = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('fact'),
    fact: Name,
    area: z.string().optional(),
    /** Of a derived fact, the one that is stated. */
    of: Name.optional(),
    /** The kinds of source that are believed, where a clinician's own word is not one of them. */
    from: z.array(Name).optional(),
    /** What has to be true of it, in the words of the file: `not within the last 7 days`. */
    needs: z.string(),
    /** Why it has no answer now; absent when it has one. */
    cause: Cause.optional(),
    role: Name,
    within: Duration.optional(),
  }),
  z.strictObject({ kind: z.literal('date'), on: LocalDate }),
  z.strictObject({ kind: z.literal('event'), type: z.string(), needs: z.string(), role: Name }),
  z.strictObject({ kind: z.literal('override'), by: z.array(Name), second: Name.optional() }),
]);
export type Clearing = z.infer<typeof Clearing>;

/** Sets of things, the smallest first: each set as a whole clears it, none of them could be smaller. At most three. */
export const Clearings = z.array(z.array(Clearing).min(1)).max(3);
export type Clearings = z.infer<typeof Clearings>;

/** A rule's answer about this patient now. */
export const Finding = z.strictObject({
  rule: Name,
  ruleSet: Name,
  version: z.string(),
  title: z.string(),
  /** The site of which it was asked, where the rule asks of an area. */
  area: z.string().optional(),
  result: Result,
  evidence: z.array(Evidence),
  clears: Clearings,
  /** The earliest instant at which time alone could change the result. */
  validUntil: Instant.optional(),
});
export type Finding = z.infer<typeof Finding>;

/** What an interval says of one day. */
export const IntervalFinding = z.strictObject({
  rule: Name,
  ruleSet: Name,
  version: z.string(),
  title: z.string(),
  area: z.string().optional(),
  result: z.enum(['open', 'too early', 'too late', 'unknown']),
  /** The day that it was counted from; absent when there is none, or it is not known. */
  anchor: LocalDate.optional(),
  /** The other plan of the patient in which that day stands. */
  inPlan: Id.optional(),
  /** What that day is of, or what is not known: `end of implant`, `radiotherapyEnded`. */
  from: z.string(),
  earliest: LocalDate.optional(),
  recommended: z.strictObject({ from: LocalDate, to: LocalDate }).optional(),
  latest: LocalDate.optional(),
  evidence: z.array(Evidence),
  clears: Clearings,
});
export type IntervalFinding = z.infer<typeof IntervalFinding>;

/** What a table answers about this patient now. */
export const TableFinding = z.strictObject({
  rule: Name,
  ruleSet: Name,
  version: z.string(),
  title: z.string(),
  /** Absent: unknown. */
  answer: Name.optional(),
  evidence: z.array(Evidence),
  clears: Clearings,
  validUntil: Instant.optional(),
});
export type TableFinding = z.infer<typeof TableFinding>;
