import { z } from 'zod';
import { DocumentReference, GoalPriority } from '../model/event.schema.ts';
import { Id, Instant } from '../model/primitives.schema.ts';

/** FHIR Goal.achievementStatus, as far as what is measured can say it. */
export const Achievement = z.enum([
  'in-progress',
  'improving',
  'worsening',
  'no-change',
  'achieved',
  /** Reached, and found so again. */
  'sustaining',
  'not-achieved',
  'no-progress',
]);
export type Achievement = z.infer<typeof Achievement>;

/**
 * Why somebody is asked about an objective. `lost`: it had been reached; `ineffective`: what the pathway says of that is
 * met; `late`: its day has passed; `unknown`: the same, and nobody has measured it.
 */
export const Concern = z.enum(['lost', 'ineffective', 'late', 'unknown']);
export type Concern = z.infer<typeof Concern>;

/** What was last said of an objective, at one site where it is measured by area. */
export const ObjectiveState = z.strictObject({
  achievement: Achievement,
  concern: Concern.optional(),
  /** The events of the observation that it rests on. */
  on: z.array(z.string()),
});
export type ObjectiveState = z.infer<typeof ObjectiveState>;

/** What a patient says of a goal. */
export const GoalState = z.strictObject({
  priority: z.strictObject({ is: GoalPriority, at: Instant, by: Id, note: z.string().optional() }).optional(),
  /** What stands in its way; `task` is that of whoever talks it over. */
  barriers: z.array(z.strictObject({ text: z.string(), at: Instant, by: Id, task: z.string() })),
});
export type GoalState = z.infer<typeof GoalState>;

/** What some work has left behind: where it lies, never the thing itself. */
export const DocumentedOutcome = z.strictObject({
  task: z.string(),
  title: z.string(),
  /** In the pathway's word: `photographs`. */
  outcome: z.string().optional(),
  /** The list of work: `excision.recovery`. */
  belongsTo: z.string(),
  round: z.int().min(1).optional(),
  references: z.array(DocumentReference).min(1),
  at: Instant,
  by: Id,
});
export type DocumentedOutcome = z.infer<typeof DocumentedOutcome>;
