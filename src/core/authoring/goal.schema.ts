import type { z } from 'zod';
import { Condition } from './condition.schema.ts';
import { moment } from './durations.ts';
import { Refused } from './problem.ts';
import { readTest, type Test } from './test-sentences.ts';
import { group, list, name, sentence, text } from './words.ts';

/** One test, of what the objective measures. */
export interface Target {
  readonly sentence: string;
  readonly test: Test;
}

export function readTarget(written: string): Target | Refused {
  const test = readTest(written);
  return test instanceof Refused ? test : { sentence: written, test };
}

const Objective = group({
  objective: name(),
  title: text(200).optional(),
  measure: text(),
  target: sentence(readTarget),
  by: moment,
  ineffectiveWhen: Condition.optional(),
  from: moment.optional(),
});

/** What the treatment is for, and how that is measured. */
export const Goal = group({
  goal: name(),
  title: text(200),
  role: text().optional(),
  say: text().optional(),
  objectives: list(Objective),
});
export type Goal = z.infer<typeof Goal>;
export type Objective = Goal['objectives'][number];
