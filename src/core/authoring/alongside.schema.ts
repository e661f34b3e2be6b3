import type { z } from 'zod';
import { DATES } from '../model/durations.ts';
import { decision, LATER } from './decision.schema.ts';
import { duration } from './durations.ts';
import { Task } from './task.schema.ts';
import { Track } from './track.schema.ts';
import { group, item, itemOf, text } from './words.ts';

const { decision: review, title: _titled, ...asked } = decision;

/** A decision that is asked again and again while the plan is on its course. */
export const Review = group({ review, title: text(200).optional(), every: duration(DATES), ...asked }, [
  'on',
  ...LATER,
]);
export type Review = z.infer<typeof Review>;

/** What goes on beside the course. */
export const Alongside = item(
  itemOf<Task | Review | Track>({ task: Task, review: Review, track: Track }, [
    ...['title', 'role', 'by', 'every', 'due', 'from', 'until', 'outcomes', 'say'],
  ]),
  ['care'],
);
export type Alongside = z.infer<typeof Alongside>;
