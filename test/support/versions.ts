import type { CompiledPathway } from '../../src/core/pathway/compiled.schema.ts';
import { START, twoStages } from './decided.ts';
import type { Variation } from './pathways.ts';
import { RunningPlan, refusalOf } from './plan.ts';

/** The two operations as another version has them; plans start on `1.0.0`. */
export const versionOf = (variation: Variation = {}, version = '2.0.0'): CompiledPathway => ({
  ...twoStages(variation),
  version,
});

export const planOf = (variation: Variation = {}): RunningPlan =>
  new RunningPlan(twoStages(variation), START);

/** Why a version is not adopted; undefined: it is. */
export function whyNot(plan: RunningPlan, version: CompiledPathway, now?: string): string[] | undefined {
  const { answer } = plan.adopt(version, now);
  return answer.outcome === 'accepted' ? undefined : refusalOf(answer).reasons.map(({ says }) => says);
}

export function adopted(plan: RunningPlan, variation: Variation, now?: string): RunningPlan {
  const why = whyNot(plan, versionOf(variation), now);
  if (why) throw new Error(why.join('\n'));
  return plan;
}
