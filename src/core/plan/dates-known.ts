import type { LocalDate } from '../model/primitives.schema.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import { isDated } from '../rules/operators.ts';
import type { Draft } from './draft.ts';
import { readAt } from './judging.ts';

/** The fact that work counts from. */
export const datedBy = ({ when }: TaskDefinition): string | undefined =>
  'due' in when && 'after' in when.due ? when.due.fact : undefined;

/** Undefined: nobody knows it, or not any more. */
export function dateIn(
  { pathway, state, now }: Pick<Draft, 'pathway' | 'state' | 'now'>,
  fact: string,
): LocalDate | 'never' | undefined {
  const [reading] = readAt(pathway, state, now, { fact });
  return reading?.known && isDated(reading.comparable) ? reading.comparable.date : undefined;
}
