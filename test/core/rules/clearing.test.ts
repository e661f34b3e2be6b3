import type { LoweredCondition, LoweredLeaf } from '../../../src/core/pathway/facts.schema.ts';
import { clearingsOf } from '../../../src/core/rules/clearing.ts';
import { said } from '../../support/asking.ts';
import type { Stated } from '../../support/oracle.ts';
import { for_ } from '../../support/pathways.ts';
import {
  ask,
  asks,
  clears,
  cold,
  fallen,
  fever,
  longAgo,
  lvef,
  nicotine,
  on,
  pathway,
  retinoid,
  smokes,
  warm,
  weak,
} from '../../support/sentences.ts';

describe('what would clear a rule', () => {
  it.each<[string, LoweredCondition, Stated[], string[][]]>([
    ['one fact, by its own sentence', { all: [fever] }, [warm(39)], [['temperature: below 38 Cel']]],
    ['one fact that nobody knows', { all: [fever] }, [], [['temperature: below 38 Cel']]],
    ['under not, by being so', { not: { any: [fever] } }, [warm(37)], [['temperature: at least 38 Cel']]],
    [
      'two that are needed together: either of them',
      { all: [fever, smokes] },
      [warm(39), said('smoker', true)],
      [['temperature: below 38 Cel'], ['smoker: is not yes']],
    ],
    [
      'two that are enough each: both of them',
      { any: [fever, smokes] },
      [warm(39), said('smoker', true)],
      [['temperature: below 38 Cel', 'smoker: is not yes']],
    ],
    [
      'one of two is not so: the other',
      { any: [fever, smokes] },
      [warm(37), said('smoker', true)],
      [['smoker: is not yes']],
    ],
    [
      'one of two that are needed together is not known: either',
      { all: [fever, smokes] },
      [said('smoker', true)],
      [['temperature: below 38 Cel'], ['smoker: is not yes']],
    ],
    [
      'one fact asked twice, on both sides',
      { any: [fever, cold] },
      [warm(39)],
      [['temperature: below 38 Cel and at least 36 Cel']],
    ],
    [
      'one fact asked twice, only one of them against it',
      { all: [{ any: [fever, cold] }, smokes] },
      [warm(39), said('smoker', true)],
      [['smoker: is not yes'], ['temperature: below 38 Cel and at least 36 Cel']],
    ],
    [
      'a list',
      { all: [retinoid] },
      [said('medicines', ['retinoid'])],
      [['medicines: does not include retinoid']],
    ],
    [
      'the heart: the fact and what is derived of it',
      { any: [weak, fallen] },
      [lvef(66, 30), lvef(45)],
      [['lvef: at least 50 %', 'lvefFall: below 10 %']],
    ],
    [
      'what is derived of a fact that is fine now, and has to stay so',
      { any: [weak, fallen] },
      [lvef(66, 30), lvef(55)],
      [['lvef: at least 50 %', 'lvefFall: below 10 %']],
    ],
  ])('%s', (_name, when, stated, expected) => {
    expect(clears(when, stated, 'unmet')).toEqual(expected);
  });

  it('names the fact, the role, the time and why it has no answer', () => {
    const { evidence } = ask({ any: [fever, fallen] }, [lvef(66), said('temperature', 39)]);
    expect(clearingsOf(pathway, { any: [fever, fallen] }, evidence, 'unmet')).toEqual([
      [
        {
          kind: 'fact',
          fact: 'temperature',
          needs: 'below 38 Cel',
          cause: 'wrong unit',
          role: 'nurse',
          within: for_(1, 'hour'),
        },
      ],
    ]);
    const heart = ask({ all: [fallen] }, []).evidence;
    expect(clearingsOf(pathway, { all: [fallen] }, heart, 'unmet')).toEqual([
      [
        {
          kind: 'fact',
          fact: 'lvefFall',
          of: 'lvef',
          needs: 'below 10 %',
          cause: 'missing',
          role: 'oncologist',
          within: for_(14, 'day'),
        },
      ],
    ]);
  });

  it('nothing, where it is clear already', () => {
    expect(clears({ all: [fever] }, [warm(37)], 'unmet')).toEqual([]);
    expect(clears({ any: [fever, smokes] }, [warm(39)], 'met')).toEqual([]);
  });
});

describe('what would make a condition met', () => {
  it.each<[string, LoweredCondition, Stated[], string[][]]>([
    [
      'all of what is not so',
      { all: [smokes, fever, retinoid] },
      [warm(39), said('smoker', false)],
      [['smoker: is yes', 'medicines: includes retinoid']],
    ],
    [
      'any of what is not so',
      { any: [smokes, fever] },
      [],
      [['smoker: is yes'], ['temperature: at least 38 Cel']],
    ],
    [
      'at most three',
      { any: [smokes, fever, retinoid, weak] },
      [],
      [['smoker: is yes'], ['temperature: at least 38 Cel'], ['medicines: includes retinoid']],
    ],
    [
      'the smallest first',
      { any: [{ all: [smokes, fever] }, retinoid] },
      [],
      [['medicines: includes retinoid'], ['smoker: is yes', 'temperature: at least 38 Cel']],
    ],
    [
      'a set that holds a smaller one is none',
      { any: [smokes, { all: [smokes, fever] }] },
      [],
      [['smoker: is yes']],
    ],
    ['two that cannot both be are no set', { all: [fever, cold] }, [], []],
    [
      'one that cannot be does not hide another',
      { any: [{ all: [fever, cold] }, { all: [smokes, retinoid] }] },
      [],
      [['smoker: is yes', 'medicines: includes retinoid']],
    ],
    [
      'a range, in one sentence',
      {
        all: [
          { ...weak, name: '40 to below 50 %' },
          { ...asks('40 to below 50 %', 'lvef', 'greaterThanInclusive', 40) },
        ],
      },
      [],
      [['lvef: 40 to below 50 %']],
    ],
  ])('%s', (_name, when, stated, expected) => {
    expect(clears(when, stated, 'met')).toEqual(expected);
  });

  it('outside a range is one thing to say, on whichever side', () => {
    const range: LoweredCondition = {
      all: [
        asks('40 to below 50 %', 'lvef', 'greaterThanInclusive', 40),
        asks('40 to below 50 %', 'lvef', 'lessThan', 50),
      ],
    };
    expect(clears(range, [lvef(45)], 'unmet')).toEqual([['lvef: not 40 to below 50 %']]);
  });
});

describe('values that cannot be together are never asked for', () => {
  const pain = (operator: string, value: number) => asks(`${operator} ${value}`, 'pain', operator, value);
  const type = (operator: string, value: string | string[]) =>
    asks(`${operator} ${value}`, 'skinType', operator, value);
  const ago = (operator: string, count: number, unit: 'day' | 'week' | 'month' | 'year', fact = 'birth') =>
    asks(`${operator} ${count} ${unit}`, fact, operator, for_(count, unit));
  it.each<[string, LoweredLeaf[], boolean]>([
    ['grades between two whole numbers', [pain('greaterThan', 2), pain('lessThan', 3)], false],
    ['one grade between', [pain('greaterThan', 1), pain('lessThan', 3)], true],
    ['above the highest grade', [pain('greaterThan', 4)], false],
    ['below the lowest grade', [pain('lessThan', 0)], false],
    [
      'a number between two near ones',
      [asks('a', 'temperature', 'greaterThan', 37.9), asks('b', 'temperature', 'lessThan', 38)],
      true,
    ],
    [
      'a number that is one and not that one',
      [asks('a', 'temperature', 'equal', 38), asks('b', 'temperature', 'notEqual', 38)],
      false,
    ],
    ['a number outside of its range', [asks('a', 'temperature', 'greaterThan', 45)], false],
    [
      'a code out of two lists that share one',
      [type('in', ['light', 'medium']), type('in', ['medium', 'dark'])],
      true,
    ],
    [
      'a code out of two lists that share none',
      [type('equal', 'light'), type('in', ['medium', 'dark'])],
      false,
    ],
    ['a code that is none of all', [type('notIn', ['light', 'medium', 'dark'])], false],
    ['yes and not yes', [smokes, asks('is not yes', 'smoker', 'notEqual', true)], false],
    ['two words of one list', [retinoid, asks('includes steroid', 'medicines', 'contains', 'steroid')], true],
    ['a date in a window', [ago('withinTheLast', 4, 'week'), ago('atLeastAgo', 3, 'week')], true],
    ['a date in no window', [ago('withinTheLast', 3, 'week'), ago('atLeastAgo', 3, 'week')], false],
    [
      'a date in months and in years',
      [ago('withinTheLast', 1, 'year'), ago('atLeastAgo', 12, 'month')],
      false,
    ],
    [
      'a date in a window of some months only',
      [ago('withinTheLast', 1, 'month'), ago('atLeastAgo', 30, 'day')],
      false,
    ],
    ['a date within no days', [ago('withinTheLast', 0, 'day')], false],
    [
      'a date within the last month and never',
      [ago('withinTheLast', 1, 'month', 'nicotine'), ago('atLeastAgoOrNever', 2, 'month', 'nicotine')],
      false,
    ],
  ])('%s: %s', (_name, leaves, isPossible) => {
    expect(clears({ all: leaves }, [], 'met').length).toBe(isPossible ? 1 : 0);
  });

  it('a date that may be never is neither within a window nor out of it', () => {
    const neither: LoweredCondition = { any: [nicotine, longAgo] };
    expect(clears(neither, [on('nicotine', '2026-03-01')], 'unmet')).toEqual([
      ['nicotine: not within the last 4 weeks and not at least 4 weeks ago'],
    ]);
    const dated = (name: string, operator: string) => asks(name, 'birth', operator, for_(4, 'week'));
    expect(
      clears(
        { any: [dated('a', 'withinTheLast'), dated('b', 'atLeastAgo')] },
        [on('birth', '2026-03-01')],
        'unmet',
      ),
    ).toEqual([]);
  });
});

describe('it cannot explode', () => {
  const members = (count: number, of: (index: number) => LoweredCondition) =>
    Array.from({ length: count }, (_, index) => of(index));
  const level = (index: number): LoweredLeaf =>
    asks(
      `above ${index} %`,
      ['lvef', 'temperature', 'pain', 'lvefFall'][index % 4] ?? '',
      'greaterThan',
      index,
    );
  it.each<[string, LoweredCondition]>([
    [
      'all of any of all',
      {
        all: members(20, (one) => ({
          any: members(20, (two) => ({ all: members(20, (three) => level(one + two + three)) })),
        })),
      },
    ],
    [
      'any of all of any',
      {
        any: members(20, (one) => ({
          all: members(20, (two) => ({ any: members(20, (three) => level(one + two + three)) })),
        })),
      },
    ],
  ])(
    '20 members in three storeys: %s',
    (_name, when) => {
      const { evidence } = ask(when, [warm(37), lvef(50)]);
      expect(evidence.length).toBe(8_000);
      for (const wanted of ['met', 'unmet'] as const)
        expect(clearingsOf(pathway, when, evidence, wanted).length).toBeLessThanOrEqual(3);
    },
    10_000,
  );
});
