import type { z } from 'zod';
import { ANY_TIME, DATES } from '../model/durations.ts';
import { Condition } from './condition.schema.ts';
import { durationAfter } from './durations.ts';
import { titled } from './rule-words.ts';
import { group, list, name, text } from './words.ts';

const Call = group(
  {
    task: name(),
    title: text(200),
    role: text(),
    due: durationAfter('alert', ANY_TIME, 0),
    ladder: text().optional(),
    records: list(text()).optional(),
  },
  ['every', 'from', 'until', 'needs', 'onlyWhen', 'onlyFor', 'handsTo', 'clears', 'outcome', 'say'],
);

/** Says now: it calls somebody, and holds nothing. */
export const Alert = group({
  alert: name(),
  ...titled,
  when: Condition,
  of: list(text()).optional(),
  within: durationAfter('last session', DATES, 1).optional(),
  do: list(Call),
  say: text().optional(),
});
export type Alert = z.infer<typeof Alert>;
