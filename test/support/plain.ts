import type { StageDefinition } from '../../src/core/pathway/compiled.schema.ts';
import type { Interval, IntervalRule } from '../../src/core/pathway/rules.schema.ts';

/** Of pathways whose numbers no figure says: what is compiled is what counts. */

export function numberOf({ sessions }: Pick<StageDefinition, 'sessions'>): number {
  if (typeof sessions === 'number') return sessions;
  throw new Error(`the figure ${sessions.figure} says the number of sessions`);
}

const isPlain = (rule: IntervalRule): rule is Interval =>
  [rule.minimum, rule.recommended?.from, rule.recommended?.to, rule.latest].every(
    (length) => length === undefined || !('figure' in length),
  );

export function plainly(rule: IntervalRule): Interval {
  if (isPlain(rule)) return rule;
  throw new Error(`a figure says the lengths of ${rule.rule}`);
}
