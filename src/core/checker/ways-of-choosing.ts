import type { Pathway } from '../pathway/pathway.ts';
import type { Standing } from './course-walk.ts';

/** Every way of choosing what makes a difference to the stages of one course. */
export function waysOfChoosing(line: Pathway): Standing['chosen'][] {
  const named = line.stages.flatMap(({ onlyFor = [], list = [] }) => [
    ...onlyFor,
    ...list.flatMap((item) => (item.kind === 'session' ? (item.onlyFor ?? []) : [])),
  ]);
  const choices = new Set(named.map(({ choice }) => choice));
  return line.choices
    .filter(({ choice }) => choices.has(choice))
    .reduce<Standing['chosen'][]>(
      (ways, { choice, values }) =>
        ways.flatMap((way) => values.map(({ value }) => ({ ...way, [choice]: value }))),
      [{}],
    );
}
