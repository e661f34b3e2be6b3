import type { LoweredCondition, LoweredLeaf } from '../pathway/facts.schema.ts';

/** Every question of a condition, in its order. */
export function leavesOf(condition: LoweredCondition): LoweredLeaf[] {
  if ('fact' in condition) return [condition];
  if ('not' in condition) return leavesOf(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(leavesOf);
}

export const factsIn = (condition: LoweredCondition): string[] => leavesOf(condition).map(({ fact }) => fact);
