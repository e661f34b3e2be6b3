import type { z } from 'zod';
import { Decision } from './decision.schema.ts';
import { Stage } from './stage.schema.ts';
import { group, item, itemOf, list, name, oneOf, text } from './words.ts';

/** A stage, or a decision between two of them. */
export const CourseItem = item(
  itemOf<Stage | Decision>({ stage: Stage, decision: Decision }, ['title', 'procedure', 'by', 'due', 'say']),
  ['maintenance'],
);
export type CourseItem = z.infer<typeof CourseItem>;

/** A small course beside the main one. */
export const Track = group(
  {
    track: name(),
    title: text(200).optional(),
    starts: oneOf(['with course', 'by decision']),
    course: list(CourseItem),
  },
  ['onlyFor'],
);
export type Track = z.infer<typeof Track>;
