import { z } from 'zod';
import { Name } from '../model/primitives.schema.ts';
import { LoweredCondition } from './facts.schema.ts';
import { Moment } from './work.schema.ts';

/** Something that is measured, what it is to come to, and by when. */
export const ObjectiveDefinition = z.strictObject({
  /** No other objective of the pathway has this name, whichever goal it is of. */
  objective: Name,
  title: z.string(),
  /** A fact, or what is derived of one: a number, a grade, one of some words, or yes or no. */
  measure: Name,
  /** One test of the measure. */
  target: LoweredCondition,
  /** Reached by the end of that day, or late. */
  by: Moment,
  /** Met, the treatment has no effect; asked from `from` on, and where that is absent from when it is due. */
  ineffectiveWhen: LoweredCondition.optional(),
  from: Moment.optional(),
});
export type ObjectiveDefinition = z.infer<typeof ObjectiveDefinition>;

/** FHIR Goal: what the treatment is for, in words that mean something to the patient. */
export const GoalDefinition = z.strictObject({
  goal: Name,
  title: z.string(),
  /** Who is asked when it does not go as it should. */
  role: Name,
  say: z.string().optional(),
  objectives: z.array(ObjectiveDefinition).min(1),
});
export type GoalDefinition = z.infer<typeof GoalDefinition>;
