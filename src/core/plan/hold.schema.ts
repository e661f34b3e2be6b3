import { z } from 'zod';
import { Id, Instant, Name } from '../model/primitives.schema.ts';
import { Finding } from '../model/verdict.schema.ts';

/** What holds a stage of a plan, and what somebody has set that aside by. */

/**
 * A contraindication that is met, or that nobody can rule out yet (FHIR DetectedIssue); or eligibility that is not
 * met, judged by what is against it. One per rule, stage and site.
 */
export const Hold = z.strictObject({
  kind: z.enum(['contraindication', 'eligibility']),
  rule: Name,
  stage: Name,
  area: z.string().optional(),
  generation: z.int().min(1),
  response: z.string(),
  raisedAt: Instant,
  finding: Finding,
  /** It was met under a rule that clears by signature: being unmet does not clear it. */
  needsSignature: z.boolean(),
});
export type Hold = z.infer<typeof Hold>;

/** A hold that was signed away on the evidence of that moment; while it stands, the rule holds nothing. */
export const Release = z.strictObject({
  rule: Name,
  stage: Name,
  area: z.string().optional(),
  by: Id,
  role: Name,
  at: Instant,
  /** What the evidence said: another word of it makes the release void. */
  cites: z.string(),
});
export type Release = z.infer<typeof Release>;

/** A relative rule, or a table's answer, set aside for one stage and site. */
export const Override = z.strictObject({
  rule: Name,
  version: z.string(),
  stage: Name,
  area: z.string().optional(),
  /** `requested` waits for the second signature. */
  status: z.enum(['requested', 'active', 'spent', 'lapsed', 'revoked']),
  by: Id,
  role: Name,
  at: Instant,
  second: z.strictObject({ role: Name, by: Id.optional(), at: Instant.optional() }).optional(),
  reason: Name,
  note: z.string().optional(),
  /** The answer that counts instead, for a table. */
  answer: Name.optional(),
  /** That is more cautious than the table's own, which would let the plan on: it takes no second signature. */
  isStricter: z.literal(true).optional(),
  covers: z.enum(['one gate', 'stage']),
  coversUnknown: z.boolean(),
  /** The first instant at which it no longer lives. */
  endsAt: Instant,
  cites: z.string(),
  /** Why it no longer lives. */
  ended: z.strictObject({ at: Instant, why: z.string() }).optional(),
});
export type Override = z.infer<typeof Override>;
