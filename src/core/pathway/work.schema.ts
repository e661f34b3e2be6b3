import { z } from 'zod';
import { Duration, Name } from '../model/primitives.schema.ts';
import { LoweredCondition } from './facts.schema.ts';
import { OnlyFor } from './tailoring.schema.ts';

/**
 * What due dates count from: the day on which the named thing began, was performed, or was asked. Of a stage's own
 * work, `procedure` and the sessions are those of its present round; elsewhere, those of the whole plan.
 */
export const Anchor = z.enum([
  'plan start',
  'consultation',
  'assessment',
  'course',
  'stage',
  'stage end',
  'procedure',
  'session',
  'first session',
  'last session',
  'asked',
  'exit',
  /** The day that a fact holds, which stands beside it. */
  'date',
]);
export type Anchor = z.infer<typeof Anchor>;

/** So long after the anchor; due at the end of the last day, overdue from the next. */
export const DueAfter = z.strictObject({
  from: Duration.optional(),
  to: Duration,
  after: Anchor,
  /** Of `date`: the fact that holds it. Of work that is done once. */
  fact: Name.optional(),
});
export type DueAfter = z.infer<typeof DueAfter>;

/** So long before the day that is booked: `from` is the first day on which it may be done, `to` the day it is due. */
export const DueBefore = z.strictObject({
  from: Duration.optional(),
  to: Duration,
  before: z.literal('booking'),
});
export type DueBefore = z.infer<typeof DueBefore>;

/** So long after something, where a row of repeats begins or ends. */
export const Moment = z.strictObject({ by: Duration, after: Anchor });
export type Moment = z.infer<typeof Moment>;

/** A task called `history`, once it is completed, attests that the plan knows what was done to the patient before. */
export const HISTORY = 'history';

export const TaskDefinition = z.strictObject({
  task: Name,
  title: z.string(),
  role: Name,
  /** Once, or again and again: the nth counts from the first, never from the last. */
  when: z.union([
    z.strictObject({ due: z.union([DueAfter, DueBefore]) }),
    z.strictObject({ every: Duration, from: Moment.optional(), until: Moment.optional() }),
  ]),
  ladder: Name,
  records: z.array(Name),
  /** Has to be met when it is done; else what was done is a deviation. */
  needs: LoweredCondition.optional(),
  /** Made unless this is known to be unmet. */
  onlyWhen: LoweredCondition.optional(),
  /** Made only for whom this is, and not before that is chosen. */
  onlyFor: OnlyFor.optional(),
  /** Once done, somebody of this role takes it over, by a task of their own. */
  handsTo: Name.optional(),
  /** Done, it is the clearance that the stage's anaesthesia needs. */
  clears: z.literal('anaesthesia').optional(),
  /** What it leaves behind, such as photographs: whoever does it says where that lies. */
  outcome: z.string().optional(),
  say: z.string().optional(),
});
export type TaskDefinition = z.infer<typeof TaskDefinition>;
