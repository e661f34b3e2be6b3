import { z } from 'zod';
import { ANY_TIME } from '../model/durations.ts';
import type { FigureReference } from '../pathway/figures.schema.ts';
import { onlyFor } from './choice.schema.ts';
import { duration, moment } from './durations.ts';
import { orFigure } from './figure-words.ts';
import { group, list, name, text } from './words.ts';

const MOST_IN_A_ROW = 12;

const Setback = group({
  after: z.int().min(1).max(MOST_IN_A_ROW),
  ask: text(),
  within: duration(ANY_TIME),
});

/** A product, or `the` and the figure that says what it is for this patient. */
export type WrittenLine = string | FigureReference;

const lines = list(orFigure<string>(text(200))).optional();

/** What the patient does themselves. */
export const Care = group({
  care: name(),
  title: text(200),
  from: moment,
  until: moment,
  onlyFor: onlyFor.optional(),
  morning: lines,
  evening: lines,
  weekly: lines,
  setback: Setback.optional(),
  say: text().optional(),
  because: text().optional(),
});
export type Care = z.infer<typeof Care>;
