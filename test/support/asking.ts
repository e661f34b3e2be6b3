import type { Evidence } from '../../src/core/model/verdict.schema.ts';
import type { LoweredCondition, LoweredLeaf } from '../../src/core/pathway/facts.schema.ts';
import { loadPathway } from '../../src/core/pathway/pathway.ts';
import { judgeAt, type Place } from '../../src/core/plan/judging.ts';
import type { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import type { Judgement } from '../../src/core/rules/condition.ts';
import { withFacts } from './conditions.ts';
import type { Stated } from './oracle.ts';
import { pathwayWith, type Variation } from './pathways.ts';
import { RunningPlan } from './plan.ts';

export interface Around {
  readonly now?: string;
  readonly place?: Place;
  readonly areas?: PlanState['areas'];
  /** First and last day of each session. */
  readonly sessions?: readonly (readonly [from: string, to: string])[];
  readonly enteredAt?: PlanState['enteredAt'];
}

export const NOON = '2026-03-05T17:00:00.000Z';

/** Said by a clinician at noon in New York, unless it says otherwise. */
export const said = (fact: string, value: Stated['value'], more: Partial<Stated> = {}): Stated => ({
  fact,
  value,
  source: 'clinician',
  observedAt: NOON,
  ...more,
});

/** Asks conditions of a patient about whom nothing else is known. */
export function asking(variation: Variation) {
  const compiled = pathwayWith({ rules: [], ...variation });
  const pathway = loadPathway(compiled);
  const blank = new RunningPlan(compiled).state;
  const stateOf = (
    stated: readonly Stated[],
    { areas = {}, sessions = [], enteredAt = {} }: Around,
  ): PlanState => ({
    ...withFacts(blank)(stated),
    areas,
    enteredAt,
    performed: sessions.map(([performedOn, endedOn]) => ({
      ...{ stage: 'excision', procedures: ['mole-excision'], performedOn, endedOn, areas: [] },
      ...{ reportedAt: NOON, step: 1, deviation: false, counts: true, round: 1 },
    })),
  });
  const ask = (when: LoweredCondition, stated: readonly Stated[], around: Around = {}): Judgement =>
    judgeAt(pathway, stateOf(stated, around), around.now ?? NOON, when, around.place);
  /** The one leaf's own answer. */
  const leafOf = (when: LoweredLeaf, stated: readonly Stated[], around: Around = {}): Evidence => {
    const { evidence } = ask({ all: [when] }, stated, around);
    const [only, another] = evidence;
    if (!only || another) throw new Error(`${evidence.length} answers`);
    return only;
  };
  /** `met`, `unmet`, or why it is unknown. */
  const wordOf = (when: LoweredLeaf, stated: readonly Stated[], around: Around = {}): string => {
    const { result, cause } = leafOf(when, stated, around);
    return cause ?? result;
  };
  return { compiled, pathway, stateOf, ask, leafOf, wordOf };
}
