import type { Duration } from '../../src/core/model/primitives.schema.ts';
import type { StageDefinition } from '../../src/core/pathway/compiled.schema.ts';
import type { FigureReference, Length } from '../../src/core/pathway/figures.schema.ts';
import type { Interval, IntervalRule } from '../../src/core/pathway/rules.schema.ts';

/** Of pathways whose numbers no figure says: what is compiled is what counts. */

export function numberOf({ sessions }: Pick<StageDefinition, 'sessions'>): number {
  if (typeof sessions === 'number') return sessions;
  throw new Error(`the figure ${sessions.figure} says the number of sessions`);
}

export function durationOf(length: Length): Duration {
  if ('figure' in length) throw new Error(`the figure ${length.figure} says how long`);
  return length;
}

export function timesOf(times: number | FigureReference): number {
  if (typeof times === 'number') return times;
  throw new Error(`the figure ${times.figure} says how often`);
}

const isPlain = (rule: IntervalRule): rule is Interval =>
  [rule.minimum, rule.recommended?.from, rule.recommended?.to, rule.latest].every(
    (length) => length === undefined || !('figure' in length),
  );

export function plainly(rule: IntervalRule): Interval {
  if (isPlain(rule)) return rule;
  throw new Error(`a figure says the lengths of ${rule.rule}`);
}
