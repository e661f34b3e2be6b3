import { z } from 'zod';
import { Instant, Name } from '../core/model/primitives.schema.ts';
import { DecisionDefinition } from '../core/pathway/decisions.schema.ts';
import { Question } from '../core/plan/plan-state.schema.ts';

const asked = Question.pick({
  title: true,
  rule: true,
  decision: true,
  stage: true,
  track: true,
  area: true,
  about: true,
}).shape;

/** What somebody is asked to decide, and has not yet. */
export const QuestionView = z.strictObject({
  id: z.string().describe('By which it is answered.'),
  ...asked,
  ...Question.pick({ roles: true, outcomes: true, votes: true, askedAt: true }).shape,
  by: DecisionDefinition.shape.by.optional().describe('How a decision of the pathway is made.'),
  stillAsked: z.array(Name).describe('The roles whose vote it waits for.'),
  notKnown: z.array(Name).describe('Facts that have to be known before it is decided, and are not.'),
  putOffTo: Question.shape.putOffTo.describe('A table is not asked again before.'),
  dueAt: Instant.optional(),
  pausedAt: Instant.optional().describe('Since when a hold has stopped its clock.'),
});
export type QuestionView = z.infer<typeof QuestionView>;

/** What was decided, with every vote: those against it too. */
export const DecidedView = z.strictObject({
  id: z.string(),
  ...asked,
  outcome: Name,
  at: Instant,
  table: Name.optional().describe('The table whose decision it is, where no person voted.'),
  isUnknown: z.literal(true).optional().describe('The table had no answer by its due time.'),
  votes: Question.shape.votes,
});
export type DecidedView = z.infer<typeof DecidedView>;
