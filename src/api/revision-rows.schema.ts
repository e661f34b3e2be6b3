import type { z } from 'zod';
import { Revision } from '../core/plan/revision.schema.ts';

/** Who made a version of a plan, why, and what was otherwise from then on. */
export const RevisionView = Revision.omit({ changes: true, before: true });
export type RevisionView = z.infer<typeof RevisionView>;
