import { z } from 'zod';
import { Id, Instant } from '../core/model/primitives.schema.ts';
import type { PlanSummary } from './plan-view.schema.ts';
import { ProblemError } from './problem.ts';

const Place = z.strictObject({ nextDueAt: Instant.nullable(), planId: Id });

/** Where a page of the worklist ended; opaque to whoever sends it back. */
export const cursorOf = ({ nextDueAt, planId }: PlanSummary): string =>
  Buffer.from(JSON.stringify({ nextDueAt, planId })).toString('base64url');

/** @throws ProblemError CC2003 */
export function pageAfter(cursor: string): z.infer<typeof Place> {
  try {
    return Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    const says = 'is not the `next` of a page';
    throw new ProblemError('CC2003', { detail: `cursor ${says}.`, fields: [{ field: 'cursor', says }] });
  }
}
