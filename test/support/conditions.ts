import type { FactValue } from '../../src/core/model/event.schema.ts';
import type { FactDefinition, LoweredCondition, LoweredLeaf } from '../../src/core/pathway/facts.schema.ts';
import type { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import { daysLater, type Stated } from './oracle.ts';
import { factOf, for_, leaf } from './pathways.ts';
import type { Random } from './random.ts';

/** Facts of every kind, some of which go stale. */
export const FACTS: FactDefinition[] = [
  factOf('creatinine', { kind: 'number', unit: 'mg/dL', from: 0, to: 20 }, { goodFor: for_(14, 'day') }),
  factOf('temperature', { kind: 'number', unit: 'Cel', from: 30, to: 45 }, { goodFor: for_(24, 'hour') }),
  factOf('skinType', { kind: 'code', codes: ['light', 'medium', 'dark'] }),
  factOf('infection', { kind: 'code', codes: ['none', 'treated', 'active'] }, { goodFor: for_(1, 'month') }),
  factOf('smoker', { kind: 'yes or no' }, { goodFor: for_(2, 'week') }),
  factOf('capacity', { kind: 'yes or no' }),
  factOf('bloodThinner', { kind: 'date or never' }, { goodFor: for_(30, 'day') }),
  factOf('isotretinoin', { kind: 'date or never' }),
  factOf('lastMeal', { kind: 'date' }, { goodFor: for_(1, 'day') }),
];

const NUMBERS: Record<string, readonly number[]> = {
  creatinine: [0, 0.5, 1.49, 1.5, 2, 20],
  temperature: [30, 36.6, 38, 38.01, 45],
};

export function randomLeaf(random: Random, facts: readonly FactDefinition[] = FACTS): LoweredLeaf {
  const { fact, is } = random.pick(facts);
  switch (is.kind) {
    case 'number': {
      const operator = random.pick([
        'lessThan',
        'lessThanInclusive',
        'greaterThan',
        'greaterThanInclusive',
        'equal',
        'notEqual',
      ]);
      return leaf(fact, operator, random.pick(NUMBERS[fact] ?? [is.from, is.to]));
    }
    case 'code':
      return random.chance(0.5)
        ? leaf(fact, random.pick(['equal', 'notEqual']), random.pick(is.codes))
        : leaf(
            fact,
            random.pick(['in', 'notIn']),
            is.codes.filter(() => random.chance(0.5)),
          );
    case 'yes or no':
      return leaf(fact, random.pick(['equal', 'notEqual']), random.chance(0.5));
    case 'grade':
    case 'findings':
    case 'list':
      throw new Error(`not asked here: ${is.kind}`);
    case 'date':
    case 'date or never': {
      const operators = ['withinTheLast', 'atLeastAgo', 'atLeastAgoOrNever'];
      const window = for_(random.between(1, 9), random.pick(['day', 'week', 'month', 'year'] as const));
      return leaf(fact, random.pick(operators), window);
    }
  }
}

export function randomCondition(
  random: Random,
  depth: number,
  facts: readonly FactDefinition[] = FACTS,
): LoweredCondition {
  if (depth <= 0) return randomLeaf(random, facts);
  const member = () => randomCondition(random, random.chance(0.4) ? 0 : depth - 1, facts);
  const members = () => Array.from({ length: random.between(1, 4) }, member);
  return random.weighted<() => LoweredCondition>([
    [4, () => ({ all: members() })],
    [4, () => ({ any: members() })],
    [2, () => ({ not: member() })],
  ])();
}

/** A value of the fact's kind, often one of those that conditions ask about. */
export function randomValue(random: Random, { fact, is }: FactDefinition, today: string): FactValue {
  switch (is.kind) {
    case 'number':
      return random.pick([...(NUMBERS[fact] ?? []), is.from, is.to]);
    case 'code':
      return random.pick(is.codes);
    case 'yes or no':
      return random.chance(0.5);
    case 'grade':
    case 'findings':
    case 'list':
      throw new Error(`not asked here: ${is.kind}`);
    case 'date':
    case 'date or never':
      if (is.kind === 'date or never' && random.chance(0.2)) return 'never';
      return daysLater(today, for_(-random.pick([0, 1, 6, 7, 8, 27, 28, 30, 31, 89, 90, 365, 730]), 'day'));
  }
}

/** The same plan, with these observations and no others. */
export const withFacts =
  (state: PlanState) =>
  (stated: readonly Stated[]): PlanState => {
    const observations: PlanState['observations'] = {};
    for (const { fact, unit, ...kept } of stated) {
      const one = {
        ...kept,
        actor: 'nurse-1',
        event: 'e-1',
        step: 1,
        ...(unit === undefined ? {} : { unit }),
      };
      observations[fact] = [...(observations[fact] ?? []), one];
    }
    return { ...state, observations };
  };
