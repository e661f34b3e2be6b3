import { z } from 'zod';
import { Adherence } from '../model/event.schema.ts';
import { Id, Instant, LocalDate, Name } from '../model/primitives.schema.ts';
import { Finding } from '../model/verdict.schema.ts';
import { ExitName } from '../pathway/rules.schema.ts';
import { Release } from './hold.schema.ts';

/** Home care of which today is a day, with what it says for this patient. */
export const CareInForce = z.strictObject({
  care: Name,
  since: Instant,
  morning: z.array(z.string()),
  evening: z.array(z.string()),
  weekly: z.array(z.string()),
});
export type CareInForce = z.infer<typeof CareInForce>;

/** A contraindication that stops home care: one per rule and care. */
export const CareHold = z.strictObject({
  care: Name,
  rule: Name,
  generation: z.int().min(1),
  /** Where the rule would have the plan go. */
  response: ExitName,
  raisedAt: Instant,
  finding: Finding,
  needsSignature: z.boolean(),
  /** It was signed away while it is met: it stops nothing until a fact that it cites changes. */
  released: Release.pick({ by: true, role: true, at: true, cites: true }).optional(),
});
export type CareHold = z.infer<typeof CareHold>;

/** How much of home care was done in some days, as somebody told it. */
export const AdherenceReport = z.strictObject({
  from: LocalDate,
  to: LocalDate,
  done: Adherence,
  by: Id,
  at: Instant,
  note: z.string().optional(),
});
export type AdherenceReport = z.infer<typeof AdherenceReport>;
