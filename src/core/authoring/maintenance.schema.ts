import type { z } from 'zod';
import { DATES } from '../model/durations.ts';
import { placeName } from './decision.schema.ts';
import { duration } from './durations.ts';
import { work } from './task.schema.ts';
import { group, text } from './words.ts';

/** What follows the treatment. */
export const Maintenance = group({
  maintenance: placeName,
  title: text(200),
  lasts: duration(DATES),
  ...work,
  say: text().optional(),
});
export type Maintenance = z.infer<typeof Maintenance>;
