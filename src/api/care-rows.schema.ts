import { z } from 'zod';
import { Instant, LocalDate, Name } from '../core/model/primitives.schema.ts';
import { Finding } from '../core/model/verdict.schema.ts';
import { AdherenceReport, CareHold, CareInForce } from '../core/plan/care.schema.ts';

/** What stops a home care. */
const CareHoldView = z.strictObject({
  id: z.string().describe('By which it is signed away, where its rule clears by signature.'),
  ...CareHold.pick({ rule: true, response: true, needsSignature: true }).shape,
  ...Finding.pick({ title: true, result: true, evidence: true, clears: true }).shape,
  since: Instant,
  owner: Name.optional().describe('Who is asked for what would clear it.'),
  released: CareHold.shape.released.describe('It was signed away, and stops nothing now.'),
});

/** Home care that is in force, or of which adherence was told. */
export const CareView = z.strictObject({
  care: Name,
  title: z.string(),
  isInForce: z.boolean(),
  since: Instant.optional(),
  lastDay: LocalDate.optional().describe('Absent: the end of the plan, or not known yet.'),
  ...CareInForce.pick({ morning: true, evening: true, weekly: true }).shape,
  toBeDecided: z.array(z.string()).describe('Titles of figures that it names and that are not known yet.'),
  holds: z.array(CareHoldView),
  adherence: z.array(AdherenceReport).describe('In the order of its days.'),
});
export type CareView = z.infer<typeof CareView>;
