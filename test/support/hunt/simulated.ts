import type { FactValue } from '../../../src/core/model/event.schema.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import type { LeafParams, LoweredLeaf } from '../../../src/core/pathway/facts.schema.ts';
import { leavesOf } from '../oracle-facts.ts';
import { for_, ladderOf, leaf, pathwayWith, rung, type Variation } from '../pathways.ts';

/** A pathway for the simulation, and what its patients are like. */
export interface Simulated {
  readonly compiled: CompiledPathway;
  /** Of each fact, a value with which every gate opens. */
  readonly wholesome: Readonly<Record<string, (today: string) => FactValue>>;
  /** Words that lists are made of. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** Numbers that rules ask about, and their neighbours. */
  readonly numbers?: Readonly<Record<string, readonly number[]>>;
}

/** With ladders that have every kind of rung. */
export const simulated = ({ pathway, ...variation }: Variation & { pathway: string }): CompiledPathway =>
  CompiledPathway.parse({
    ...pathwayWith({
      ladders: [
        ladderOf(
          [
            rung({ when: 'start' }),
            rung({ when: 'before due', by: for_(1, 'working day') }),
            rung({ when: 'due' }, ['owner', 'coordinator']),
            rung({ when: 'late', by: for_(1, 'working day') }, ['coordinator'], 1),
            rung({ when: 'late', by: for_(2, 'day') }, ['clinical-lead'], 2),
          ],
          for_(3, 'week'),
        ),
        ladderOf([rung({ when: 'late', by: for_(6, 'hour') })], for_(12, 'hour'), 'urgent'),
      ],
      ...variation,
    }),
    pathway,
  });

/** In whose clinic a parent or a guardian is somebody, too. */
export const withGuardian = (compiled: CompiledPathway): CompiledPathway => ({
  ...compiled,
  clinic: { ...compiled.clinic, roles: [...compiled.clinic.roles, 'guardian'] },
});

/** A leaf that asks of an area, or for something taken lately: its sentence says so, too. */
export const asked = (
  fact: string,
  operator: string,
  value: LoweredLeaf['value'],
  params: LeafParams,
): LoweredLeaf => {
  const plain = leaf(fact, operator, value);
  return { ...plain, name: `${plain.name} ${JSON.stringify(params)}`, params };
};

/** The same pathway with only some of its rules, and with what they ask of: a smaller one is played more often. */
export function only(whole: Simulated, name: string, rules: readonly string[]): Simulated {
  const { compiled } = whole;
  const keeps = ({ rule }: { readonly rule: string }): boolean => rules.includes(rule);
  const contraindications = compiled.contraindications.filter(keeps);
  const eligibility = compiled.eligibility.filter(keeps);
  const tables = compiled.tables.filter(keeps);
  const intervals = compiled.intervals.filter(keeps);
  const alerts = compiled.alerts.filter(keeps);
  const conditions = [
    ...[...contraindications, ...eligibility, ...alerts].map(({ when }) => when),
    ...tables.flatMap(({ rows }) => rows.map(({ when }) => when)),
    ...intervals.flatMap(({ onlyWhen }) => onlyWhen ?? []),
  ];
  const asked = new Set(conditions.flatMap(leavesOf).map(({ fact }) => fact));
  for (const { from } of intervals) if (from.kind === 'fact') asked.add(from.fact);
  for (const { derived, of } of compiled.derived) if (asked.has(derived)) asked.add(of);
  for (const { fact, notValidWhen } of compiled.facts)
    if (asked.has(fact) && notValidWhen) for (const leaf of leavesOf(notValidWhen)) asked.add(leaf.fact);
  return {
    ...whole,
    compiled: CompiledPathway.parse({
      ...compiled,
      pathway: `${compiled.pathway}-${name}`,
      facts: compiled.facts.filter(({ fact }) => asked.has(fact)),
      derived: compiled.derived.filter(({ derived }) => asked.has(derived)),
      contraindications,
      eligibility,
      tables,
      intervals,
      alerts,
      stages: compiled.stages.map(({ table, ...stage }) =>
        table && rules.includes(table.table) ? { ...stage, table } : stage,
      ),
    }),
  };
}
