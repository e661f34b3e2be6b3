import type { FactValue } from '../../src/core/model/event.schema.ts';
import type { CompiledPathway } from '../../src/core/pathway/compiled.schema.ts';
import type { FactDefinition, LoweredCondition, LoweredLeaf } from '../../src/core/pathway/facts.schema.ts';
import type { Contraindication } from '../../src/core/pathway/rules.schema.ts';
import { moleRemoval } from '../../test/fixtures/mole-removal.compiled.ts';

/**
 * The pathway of every measure: 50 rules of three conditions each over 52 facts, about 100 KB as JSON. A healthy
 * patient meets none of them; a random one meets about half.
 */

const RULES = 50;
const NUMBERS = 30;
const YES_NO = 10;
const CODES = 6;
const DATES = 4;
const PATHWAY_BYTES = 100_000;

const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
const numbers = names('level', NUMBERS);
const yesNo = names('sign', YES_NO);
const codes = names('grade', CODES);
const dates = names('event', DATES);
const ask = { role: 'nurse', within: { count: 2, unit: 'working day' as const } };
const from = ['laboratory', 'clinician', 'patient'];
const whole = { byArea: false, flag: false, alsoIn: [] };

const facts: FactDefinition[] = [
  ...numbers.map((fact) => ({
    fact,
    title: `Level of ${fact}`,
    is: { kind: 'number' as const, unit: 'mg/dL', from: 0, to: 100 },
    goodFor: { count: 180, unit: 'day' as const },
    ...{ from, ask, ...whole },
  })),
  ...yesNo.map((fact) => ({
    fact,
    title: `Sign ${fact}`,
    is: { kind: 'yes or no' as const },
    from,
    ask,
    ...whole,
  })),
  ...codes.map((fact) => ({
    fact,
    title: `Grade ${fact}`,
    is: { kind: 'code' as const, codes: ['none', 'mild', 'severe'] },
    ...{ from, ask, ...whole },
  })),
  ...dates.map((fact) => ({
    fact,
    title: `Last ${fact}`,
    is: { kind: 'date or never' as const },
    goodFor: { count: 30, unit: 'day' as const },
    ...{ from, ask, ...whole },
  })),
  ...moleRemoval.facts.filter(({ fact }) => fact === 'bloodThinner' || fact === 'smoker'),
];

const at = <T>(list: readonly T[], index: number): T => list[index % list.length]!;
const leaf = (fact: string, operator: string, value: LoweredLeaf['value']): LoweredLeaf => ({
  fact,
  operator,
  value,
  name: `${operator} ${JSON.stringify(value)}`,
});

function conditionOf(index: number): LoweredCondition {
  const high = leaf(at(numbers, index), 'greaterThan', 80 + (index % 10));
  const low = leaf(at(numbers, index * 7 + 3), 'lessThan', 10 + (index % 10));
  const sign = leaf(at(yesNo, index), 'equal', true);
  const grade = leaf(at(codes, index), 'in', ['severe']);
  const mild = leaf(at(codes, index + 1), 'notIn', ['none', 'mild']);
  const recent = leaf(at(dates, index), 'withinTheLast', { count: 5 + index, unit: 'day' });
  const calm = leaf(at(numbers, index * 3 + 1), 'lessThanInclusive', 75);
  switch (index % 5) {
    case 0:
      return { any: [high, low, sign] };
    case 1:
      return { all: [leaf(at(numbers, index), 'greaterThanInclusive', 40), sign, grade] };
    case 2:
      return { any: [recent, { all: [high, sign] }] };
    case 3:
      return { not: { any: [calm, leaf(at(yesNo, index), 'equal', false), mild] } };
    default:
      return { all: [{ any: [low, grade] }, leaf(at(codes, index + 2), 'equal', 'mild')] };
  }
}

function rules(wordsBytes: number): Contraindication[] {
  const [pattern] = moleRemoval.contraindications;
  if (!pattern) throw new Error('the fixture has a rule');
  const because = 'A reason that a clinician reads, with what it rests on. '.repeat(100).slice(0, wordsBytes);
  return Array.from({ length: RULES }, (_, index) => ({
    ...pattern,
    rule: `rule-${index + 1}`,
    title: `Rule ${index + 1}`,
    when: conditionOf(index),
    because,
  }));
}

function pathwayOf(wordsBytes: number): CompiledPathway {
  return {
    ...moleRemoval,
    pathway: 'bench',
    title: 'Fifty rules',
    facts,
    contraindications: rules(wordsBytes),
  };
}

const bare = JSON.stringify(pathwayOf(0)).length;
export const benchPathway: CompiledPathway = pathwayOf(Math.ceil((PATHWAY_BYTES - bare) / RULES));

export const CLINIC = benchPathway.clinic.clinic;

/** What the fifty rules ask about. */
export const ruleFacts: readonly FactDefinition[] = facts.filter(({ fact }) =>
  [...numbers, ...yesNo, ...codes, ...dates].includes(fact),
);

/** Values by which no rule is met. */
export function healthyValue({ is }: FactDefinition): FactValue {
  switch (is.kind) {
    case 'number':
      return 50;
    case 'yes or no':
      return false;
    case 'code':
      return 'none';
    default:
      return 'never';
  }
}

/** Values by which about half of the rules are met; `random` is uniform in [0, 1). */
export function randomValue({ is }: FactDefinition, random: () => number, today: string): FactValue {
  switch (is.kind) {
    case 'number':
      return Math.floor(random() * 101);
    case 'yes or no':
      return random() < 0.5;
    case 'code':
      return at(is.codes, Math.floor(random() * is.codes.length));
    default:
      return random() < 0.3 ? 'never' : daysBefore(today, Math.floor(random() * 60));
  }
}

export const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

/** A small, seeded generator: the same patients in every run. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
