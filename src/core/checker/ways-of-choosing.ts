import type { Pathway } from '../pathway/pathway.ts';
import type { Standing } from './course-walk.ts';

/** Ways of choosing that are looked at; what more there are is said. */
export const MOST_WAYS = 64;

/** Every way of choosing what makes a difference to the stages of one course. */
export function waysOfChoosing(line: Pathway): readonly Standing['chosen'][] {
  let ways: Standing['chosen'][] = [{}];
  for (const { choice, values } of choicesOf(line))
    ways = ways
      .flatMap((way) => values.map(({ value }) => ({ ...way, [choice]: value })))
      .slice(0, MOST_WAYS);
  return ways;
}

export const hasMoreWays = (line: Pathway): boolean =>
  choicesOf(line).reduce((count, { values }) => count * values.length, 1) > MOST_WAYS;

function choicesOf(line: Pathway): Pathway['choices'] {
  const named = line.stages.flatMap(({ onlyFor = [], list = [] }) => [
    ...onlyFor,
    ...list.flatMap((item) => (item.kind === 'session' ? (item.onlyFor ?? []) : [])),
  ]);
  const names = new Set(named.map(({ choice }) => choice));
  return line.choices.filter(({ choice }) => names.has(choice));
}
