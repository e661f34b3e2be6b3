import { z } from 'zod';
import { Instant, Name } from '../core/model/primitives.schema.ts';

/** What follows the treatment, while the plan is in it or has left it for an exit. */
export const MaintenanceView = z.strictObject({
  maintenance: Name,
  title: z.string(),
  since: Instant,
  until: Instant.describe('The end of its last day. It ends later while its own work is open.'),
});
export type MaintenanceView = z.infer<typeof MaintenanceView>;

/** What is asked again and again while the plan is on its course. */
export const ReviewView = z.strictObject({
  review: Name,
  title: z.string(),
  nextAt: Instant.optional().describe('Absent while the plan is not on its course: then it is not asked.'),
});
export type ReviewView = z.infer<typeof ReviewView>;
