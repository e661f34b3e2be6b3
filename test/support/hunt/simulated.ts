import type { FactValue } from '../../../src/core/model/event.schema.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import type { LeafParams, LoweredLeaf } from '../../../src/core/pathway/facts.schema.ts';
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
