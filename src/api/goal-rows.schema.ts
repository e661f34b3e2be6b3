import { z } from 'zod';
import { FactValue } from '../core/model/event.schema.ts';
import { Instant, Name } from '../core/model/primitives.schema.ts';
import { Cause } from '../core/model/verdict.schema.ts';
import { Achievement, Concern, DocumentedOutcome, GoalState } from '../core/plan/goal-state.schema.ts';

const Measurement = z.strictObject({
  value: FactValue.optional(),
  unit: z.string().optional(),
  source: z.string().optional(),
  observedAt: Instant,
});

/** How an objective stands, on all that is known now. */
const ObjectiveView = z.strictObject({
  objective: Name,
  title: z.string(),
  area: z.string().optional().describe('Where it is measured by area: each site has a row of its own.'),
  measure: Name,
  target: z.string().describe('In the words of the pathway, or of a revision of this plan.'),
  dueAt: Instant.optional().describe('The end of its day; absent: what it is counted from has not come.'),
  achievement: Achievement.describe('FHIR Goal.achievementStatus.'),
  concern: Concern.optional().describe('Why somebody is asked about it.'),
  reachedAt: Instant.optional().describe('When what was measured came to the target, if it is there still.'),
  timing: z.enum(['in time', 'late']).optional().describe('Of one that was reached.'),
  baseline: Measurement.optional().describe('The first that the plan knows.'),
  latest: Measurement.optional(),
  cause: Cause.optional().describe('Why it is not known now.'),
  progress: z
    .int()
    .optional()
    .describe('Of the way from the baseline to the target, in percent; below 0: further away than at first.'),
});

/** FHIR Goal. */
export const GoalView = z.strictObject({
  goal: Name,
  title: z.string(),
  say: z.string().optional(),
  lifecycle: z
    .enum(['planned', 'active', 'on-hold', 'completed', 'cancelled'])
    .describe('FHIR Goal.lifecycleStatus; on hold, its objectives are still looked at.'),
  priority: GoalState.shape.priority.describe('To the patient.'),
  barriers: z
    .array(GoalState.shape.barriers.element.extend({ isOpen: z.boolean() }))
    .describe('What stands in its way, as the patient says; open until somebody has talked it over.'),
  objectives: z.array(ObjectiveView),
});
export type GoalView = z.infer<typeof GoalView>;

/** What work has left behind, and where that lies. */
export const OutcomeView = DocumentedOutcome.extend({
  stage: Name.optional().describe('Absent: it belongs to no stage.'),
});
export type OutcomeView = z.infer<typeof OutcomeView>;
