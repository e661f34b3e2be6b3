import type { Problem } from '../authoring/problem.ts';
import type { Looked } from './finding.ts';
import { placing, type Texts } from './places.ts';

/** What files say that cannot be meant, and how much was looked at to find it. */
export interface Meaning {
  readonly problems: readonly Problem[];
  /** What was looked at, and what could not be: a sentence each. */
  readonly explored: readonly string[];
}

export function meaningOf(texts: Texts, looked: readonly Looked[]): Meaning {
  const place = placing(texts);
  return {
    problems: looked.flatMap(({ findings }) => findings.map(place)),
    explored: looked.flatMap(({ explored }) => explored),
  };
}
