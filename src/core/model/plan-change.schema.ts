import { z } from 'zod';
import { Name } from './primitives.schema.ts';
import { SentValue } from './sent-value.schema.ts';

/**
 * What a running plan is to have otherwise than its pathway, for one patient: in the words of the pathway's own file.
 * Lengths are written `8 weeks`, what is recommended `8 to 10 weeks`, a due time `7 days after procedure`.
 */

const words = z.string().trim().min(1).max(200);
/** A task by its list and its name, as the plan shows it: `excision.recovery/wound-visit`. */
const task = z.string().min(1).max(200);

const change = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.strictObject({ change: z.literal(kind), ...shape });

export const PlanChange = z.discriminatedUnion('change', [
  /** Within what the figure allows, at any time. */
  change('figure', { figure: Name, value: SentValue }),
  /** Later, or within less time; never sooner. */
  change('interval', {
    interval: Name,
    minimum: words.optional(),
    recommended: words.optional(),
    latest: words.optional(),
  }),
  change('task', { task, due: words.optional(), every: words.optional(), role: Name.optional() }),
  change('task-dropped', { task }),
  /** `in`: `consultation`, `assessment`, `alongside`, or a list of a stage: `excision.recovery`. */
  change('task-added', { in: words, task: Name, title: words, role: Name, due: words }),
  change('stage-skipped', { stage: Name }),
  /** Done as the stage `like` is, right after an item of the course. */
  change('stage-added', { stage: Name, like: Name, title: words.optional(), after: Name }),
  /** What this patient is to reach of an objective, and by when. */
  change('objective', { objective: Name, target: words.optional(), by: words.optional() }),
  /** Asked anew of whoever makes it. */
  change('choice', { choice: Name }),
]);
export type PlanChange = z.infer<typeof PlanChange>;
export type ChangeOf<Kind extends PlanChange['change']> = Extract<PlanChange, { change: Kind }>;
