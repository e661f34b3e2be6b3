import type { Evidence } from '../model/verdict.schema.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';

type Polarity = 'met' | 'unmet' | 'both';

const known = new WeakMap<LoweredCondition, ReadonlyMap<string, Polarity>>();

/**
 * Whether an answer to one of its sentences helps a condition to be met: `met` where it stands by itself, `unmet` where
 * it stands under `not`. Of a sentence that stands both ways either answer does.
 */
export function speaksFor(
  when: LoweredCondition,
  { fact, asks }: Pick<Evidence, 'fact' | 'asks'>,
  answer: 'met' | 'unmet',
): boolean {
  let polarities = known.get(when);
  if (!polarities) {
    polarities = polaritiesIn(when);
    known.set(when, polarities);
  }
  const polarity = polarities.get(keyOf(fact, asks));
  return polarity === undefined || polarity === 'both' || polarity === answer;
}

const keyOf = (fact: string, sentence: string): string => `${fact} ${sentence}`;

function polaritiesIn(when: LoweredCondition): ReadonlyMap<string, Polarity> {
  const found = new Map<string, Polarity>();
  const walk = (condition: LoweredCondition, polarity: 'met' | 'unmet'): void => {
    if ('fact' in condition) {
      const key = keyOf(condition.fact, condition.name);
      found.set(key, (found.get(key) ?? polarity) === polarity ? polarity : 'both');
    } else if ('not' in condition) walk(condition.not, polarity === 'met' ? 'unmet' : 'met');
    else for (const one of 'all' in condition ? condition.all : condition.any) walk(one, polarity);
  };
  walk(when, 'met');
  return found;
}
