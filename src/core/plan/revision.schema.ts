import { z } from 'zod';
import { PathwayReference } from '../model/event.schema.ts';
import { PlanChange } from '../model/plan-change.schema.ts';
import { Id, Instant, Name } from '../model/primitives.schema.ts';
import { Overlay } from '../pathway/overlay.schema.ts';
import { FigureSet } from './tailored.schema.ts';

/** A new version of a plan (FHIR: of the CarePlan): what differs from then on, who made it so, and why. */
export const Revision = z.strictObject({
  /** The version of the plan that it made; the plan began as version 1. */
  number: z.int().min(2),
  at: Instant,
  by: Id,
  roles: z.array(Name),
  reason: z.string(),
  changes: z.array(PlanChange),
  /** What differs, in words: before, and from then on. */
  says: z.array(z.string()),
  /** What the plan had otherwise until then: a report of an earlier day is judged by it. */
  before: z.strictObject({ overlay: Overlay, figures: z.record(Name, FigureSet) }),
  /** The version of its pathway that the plan ran by, and the one that it took over; absent: it stayed. */
  pathway: z.strictObject({ from: PathwayReference, to: PathwayReference }).optional(),
});
export type Revision = z.infer<typeof Revision>;
