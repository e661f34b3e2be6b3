import type { LoweredCondition, LoweredLeaf } from '../../src/core/pathway/facts.schema.ts';
import { clearingsOf } from '../../src/core/rules/clearing.ts';
import { type Around, asking, NOON, said } from './asking.ts';
import { PARTS } from './conditions.ts';
import { type Stated, shifted } from './oracle.ts';
import { factOf, for_, leaf } from './pathways.ts';

/** Facts and sentences for the tests of what would clear them. */
export const FACTS = [
  factOf(
    'temperature',
    { kind: 'number', unit: 'Cel', from: 30, to: 45 },
    { ask: { role: 'nurse', within: for_(1, 'hour') } },
  ),
  factOf(
    'lvef',
    { kind: 'number', unit: '%', from: 5, to: 90 },
    { ask: { role: 'oncologist', within: for_(14, 'day') } },
  ),
  factOf('pain', { kind: 'grade', from: 0, to: 4 }),
  factOf('skinType', { kind: 'code', codes: ['light', 'medium', 'dark'] }),
  factOf('smoker', { kind: 'yes or no' }),
  factOf('nicotine', { kind: 'date or never' }, { goodFor: for_(90, 'day') }),
  factOf('aspirin', { kind: 'date or never' }, { goodFor: for_(7, 'day') }),
  factOf('birth', { kind: 'date' }),
  factOf('medicines', { kind: 'list', of: 'medicine classes' }),
  factOf('skin', { kind: 'findings', codes: ['infection', 'herpes'] }, { byArea: true }),
  factOf('wound', { kind: 'code', codes: ['clean', 'red', 'open'] }, { byArea: true }),
];
const derived = [
  { derived: 'lvefFall', of: 'lvef', way: { kind: 'fall' as const, percent: false }, unit: '%' },
];
export const { ask, pathway } = asking({ facts: FACTS, derived, parts: PARTS });

/** The sentence as a file has it. */
export const asks = (
  name: string,
  fact: string,
  operator: string,
  value: LoweredLeaf['value'],
): LoweredLeaf => ({
  ...leaf(fact, operator, value),
  name,
});
export const fever = asks('at least 38 Cel', 'temperature', 'greaterThanInclusive', 38);
export const cold = asks('below 36 Cel', 'temperature', 'lessThan', 36);
export const weak = asks('below 50 %', 'lvef', 'lessThan', 50);
export const fallen = asks('at least 10 %', 'lvefFall', 'greaterThanInclusive', 10);
export const smokes = asks('is yes', 'smoker', 'equal', true);
export const nicotine = asks('within the last 4 weeks', 'nicotine', 'withinTheLast', for_(4, 'week'));
export const longAgo = asks('at least 4 weeks ago', 'nicotine', 'atLeastAgo', for_(4, 'week'));
export const aspirin = asks('within the last 7 days', 'aspirin', 'withinTheLast', for_(7, 'day'));
export const adult = asks('at least 18 years ago', 'birth', 'atLeastAgo', for_(18, 'year'));
export const retinoid = asks('includes retinoid', 'medicines', 'contains', 'retinoid');
export const infected = asks('includes infection', 'skin', 'contains', 'infection');
export const open = asks('is open', 'wound', 'equal', 'open');

export const warm = (value: number): Stated => said('temperature', value, { unit: 'Cel' });
export const lvef = (value: number, daysAgo = 0): Stated =>
  said('lvef', value, { unit: '%', observedAt: shifted(NOON, -daysAgo * 86_400_000) });
export const on = (fact: string, value: string): Stated => said(fact, value);

/** Each set in one line: `temperature: below 38 Cel`, a date by itself. */
export const clears = (
  when: LoweredCondition,
  stated: Stated[],
  wanted: 'met' | 'unmet',
  around: Around = {},
): string[][] =>
  clearingsOf(pathway, when, ask(when, stated, around).evidence, wanted).map((set) =>
    set.map((one) => {
      if (one.kind === 'date') return one.on;
      if (one.kind !== 'fact') throw new Error(one.kind);
      return `${one.fact}${one.area === undefined ? '' : ` of ${one.area}`}: ${one.needs}`;
    }),
  );
