import type { Clearings, Evidence } from '../model/verdict.schema.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';

/** What would turn a condition's answer into `wanted`, given the evidence of its judgement, leaf by leaf in order. */
export function clearingsOf(
  pathway: Pathway,
  _when: LoweredCondition,
  evidence: readonly Evidence[],
  _wanted: 'met' | 'unmet',
): Clearings {
  return evidence
    .filter(({ result }) => result !== 'unmet')
    .map(({ fact, asks, cause }) => [
      {
        kind: 'fact' as const,
        fact,
        needs: asks,
        ...(cause ? { cause } : {}),
        role: pathway.fact(fact)?.ask.role ?? 'coordinator',
      },
    ])
    .slice(0, 3);
}
