import { z } from 'zod';
import { Duration, Name } from '../model/primitives.schema.ts';
import { LoweredCondition } from './facts.schema.ts';
import { Moment, TaskDefinition } from './work.schema.ts';

/** What one plan has otherwise than its pathway, in the words of the compiled form; figures stand beside it. */
export const Overlay = z.strictObject({
  /** By rule: lengths that take the place of the pathway's. */
  intervals: z.record(
    Name,
    z.strictObject({
      minimum: Duration.optional(),
      recommended: z.strictObject({ from: Duration, to: Duration }).optional(),
      latest: Duration.optional(),
    }),
  ),
  /** By list and task: `excision.recovery/wound-visit`. */
  tasks: z.record(
    z.string(),
    z.union([
      z.literal('dropped'),
      z.strictObject({ when: TaskDefinition.shape.when.optional(), role: Name.optional() }),
    ]),
  ),
  addedTasks: z.array(z.strictObject({ list: z.string(), task: TaskDefinition })),
  skippedStages: z.array(Name),
  /** In the order in which they were added: one may stand after another. */
  addedStages: z.array(
    z.strictObject({ stage: Name, like: Name, title: z.string().optional(), after: Name }),
  ),
  /** By objective: what this patient is to reach, and by when. */
  objectives: z.record(
    Name,
    z.strictObject({ target: LoweredCondition.exactOptional(), by: Moment.exactOptional() }),
  ),
});
export type Overlay = z.infer<typeof Overlay>;

export const NO_OVERLAY: Overlay = {
  intervals: {},
  tasks: {},
  addedTasks: [],
  skippedStages: [],
  addedStages: [],
  objectives: {},
};
