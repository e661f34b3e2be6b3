import type { z } from 'zod';
import { onlyFor } from './choice.schema.ts';
import { Decision } from './decision.schema.ts';
import { Maintenance } from './maintenance.schema.ts';
import { Stage } from './stage.schema.ts';
import { group, item, itemOf, list, name, oneOf, text } from './words.ts';

const BESIDE = ['title', 'procedure', 'by', 'due', 'tasks', 'say'];

/** A stage, a decision between two of them, or what follows. */
export const CourseItem = itemOf<Stage | Decision | Maintenance>(
  { stage: Stage, decision: Decision, maintenance: Maintenance },
  BESIDE,
);
export type CourseItem = z.infer<typeof CourseItem>;

/** A small course beside the main one; what follows the treatment, follows that one. */
export const Track = group({
  track: name(),
  title: text(200).optional(),
  onlyFor: onlyFor.optional(),
  starts: oneOf(['with course', 'by decision']),
  course: list(item(itemOf<Stage | Decision>({ stage: Stage, decision: Decision }, BESIDE), ['maintenance'])),
});
export type Track = z.infer<typeof Track>;
