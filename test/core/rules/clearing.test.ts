import type { LoweredCondition, LoweredLeaf } from '../../../src/core/pathway/facts.schema.ts';
import { clearingsOf } from '../../../src/core/rules/clearing.ts';
import { type Around, asking, NOON, said } from '../../support/asking.ts';
import { PARTS } from '../../support/conditions.ts';
import { type Stated, shifted } from '../../support/oracle.ts';
import { factOf, for_, leaf } from '../../support/pathways.ts';

const facts = [
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
const { ask, pathway } = asking({ facts, derived, parts: PARTS });

/** The sentence as a file has it. */
const asks = (name: string, fact: string, operator: string, value: LoweredLeaf['value']): LoweredLeaf => ({
  ...leaf(fact, operator, value),
  name,
});
const fever = asks('at least 38 Cel', 'temperature', 'greaterThanInclusive', 38);
const cold = asks('below 36 Cel', 'temperature', 'lessThan', 36);
const weak = asks('below 50 %', 'lvef', 'lessThan', 50);
const fallen = asks('at least 10 %', 'lvefFall', 'greaterThanInclusive', 10);
const smokes = asks('is yes', 'smoker', 'equal', true);
const nicotine = asks('within the last 4 weeks', 'nicotine', 'withinTheLast', for_(4, 'week'));
const longAgo = asks('at least 4 weeks ago', 'nicotine', 'atLeastAgo', for_(4, 'week'));
const aspirin = asks('within the last 7 days', 'aspirin', 'withinTheLast', for_(7, 'day'));
const adult = asks('at least 18 years ago', 'birth', 'atLeastAgo', for_(18, 'year'));
const retinoid = asks('includes retinoid', 'medicines', 'contains', 'retinoid');
const infected = asks('includes infection', 'skin', 'contains', 'infection');
const open = asks('is open', 'wound', 'equal', 'open');

const warm = (value: number): Stated => said('temperature', value, { unit: 'Cel' });
const lvef = (value: number, daysAgo = 0): Stated =>
  said('lvef', value, { unit: '%', observedAt: shifted(NOON, -daysAgo * 86_400_000) });
const on = (fact: string, value: string): Stated => said(fact, value);

/** Each set in one line: `temperature: below 38 Cel`, a date by itself. */
const clears = (
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

describe('a day on which time alone does it', () => {
  it.each<[string, LoweredCondition, Stated[], 'met' | 'unmet', string[][]]>([
    [
      'a window that ends',
      { all: [nicotine] },
      [on('nicotine', '2026-03-01')],
      'unmet',
      [['2026-03-29'], ['nicotine: not within the last 4 weeks']],
    ],
    [
      'a fact that is too old by then leaves an unknown behind',
      { all: [aspirin] },
      [said('aspirin', '2026-03-05', { observedAt: '2026-03-01T12:00:00.000Z' })],
      'unmet',
      [['aspirin: not within the last 7 days']],
    ],
    [
      '… also when it is too old on that very day',
      { all: [aspirin] },
      [
        on('aspirin', '2026-03-06'),
        said('aspirin', '2026-03-05', { observedAt: '2026-03-04T12:00:00.000Z' }),
      ].slice(1),
      'unmet',
      [['aspirin: not within the last 7 days']],
    ],
    [
      '… and not when it is good for one day more',
      { all: [aspirin] },
      [said('aspirin', '2026-03-05')],
      'unmet',
      [['2026-03-12'], ['aspirin: not within the last 7 days']],
    ],
    [
      'a birthday',
      { all: [adult] },
      [on('birth', '2008-06-01')],
      'met',
      [['2026-06-01'], ['birth: at least 18 years ago']],
    ],
    [
      'a birthday on the day that does not exist',
      { all: [adult] },
      [on('birth', '2008-02-29')],
      'unmet',
      [['birth: not at least 18 years ago']],
    ],
    [
      'both of two windows: the later day',
      { any: [nicotine, aspirin] },
      [on('nicotine', '2026-02-10'), on('aspirin', '2026-03-04')],
      'unmet',
      [
        ['2026-03-11'],
        ['2026-03-10', 'aspirin: not within the last 7 days'],
        ['nicotine: not within the last 4 weeks', 'aspirin: not within the last 7 days'],
      ],
    ],
    [
      'a day, once a fact is in place',
      { any: [nicotine, smokes] },
      [on('nicotine', '2026-03-01'), said('smoker', true)],
      'unmet',
      [
        ['2026-03-29', 'smoker: is not yes'],
        ['nicotine: not within the last 4 weeks', 'smoker: is not yes'],
      ],
    ],
    [
      'a day that is needed only beside another fact',
      { all: [nicotine, smokes] },
      [on('nicotine', '2026-03-01'), said('smoker', true)],
      'unmet',
      [['2026-03-29'], ['nicotine: not within the last 4 weeks'], ['smoker: is not yes']],
    ],
    [
      'never comes',
      { all: [longAgo] },
      [on('nicotine', 'never')],
      'met',
      [['nicotine: at least 4 weeks ago']],
    ],
    [
      'has come already',
      { all: [longAgo] },
      [on('nicotine', '2026-01-01')],
      'unmet',
      [['nicotine: not at least 4 weeks ago']],
    ],
  ])('%s', (_name, when, stated, wanted, expected) => {
    expect(clears(when, stated, wanted)).toEqual(expected);
  });

  it('no day, where another fact that it rests on is too old by then', () => {
    const both: LoweredCondition = { any: [nicotine, aspirin] };
    const stated = [on('nicotine', '2026-03-01'), on('aspirin', '2026-01-01')];
    expect(clears(both, stated, 'unmet')).toEqual([
      ['nicotine: not within the last 4 weeks'],
      ['2026-03-29', 'aspirin: not within the last 7 days'],
    ]);
  });

  it.each([
    ['the day before', 22, [['2026-03-29', 'bloods']]],
    ['on that very day', 23, [['2026-03-29', 'bloods']]],
    ['the day after', 24, [['2026-03-29']]],
  ])('another fact that it rests on is too old %s', (_name, days, expected) => {
    const bloods = { ...factOf('bloods', { kind: 'yes or no' }), goodFor: for_(days, 'day') };
    const other = asking({ facts: [...facts, bloods] });
    const when: LoweredCondition = { any: [nicotine, asks('is yes', 'bloods', 'equal', true)] };
    const { evidence } = other.ask(when, [on('nicotine', '2026-03-01'), said('bloods', false)]);
    const ofDays = clearingsOf(other.pathway, when, evidence, 'unmet').filter(
      ([first]) => first?.kind === 'date',
    );
    expect(
      ofDays.map((set) => set.map((one) => (one.kind === 'date' ? one.on : 'fact' in one && one.fact))),
    ).toEqual(expected);
  });

  it('no day, where it is asked for fresher than that', () => {
    const fresh = { ...nicotine, params: { taken: { within: for_(7, 'day') } } };
    expect(clears({ all: [fresh] }, [on('nicotine', '2026-03-01')], 'unmet')).toEqual([
      ['nicotine: not within the last 4 weeks'],
    ]);
  });
});

describe('areas', () => {
  const inFace = (one: LoweredLeaf, area = 'face'): LoweredLeaf => ({ ...one, params: { area } });
  const areas = { treatment: ['left breast', 'nose'], donor: ['abdomen'] };
  const wound = (area: string, value: string) => said('wound', value, { area });

  it('names the site', () => {
    expect(
      clears({ all: [inFace(infected)] }, [said('skin', ['infection'], { area: 'nose' })], 'unmet'),
    ).toEqual([['skin of face: does not include infection']]);
  });

  it('every site that is against it, where any is enough', () => {
    const anywhere = { all: [inFace(infected, 'any area of this stage')] };
    const around = { areas };
    expect(clears(anywhere, [said('skin', [], { area: 'abdomen' })], 'unmet', around)).toEqual([
      ['skin of left breast: does not include infection', 'skin of nose: does not include infection'],
    ]);
    expect(clears(anywhere, [], 'met', around)).toEqual([
      ['skin of left breast: includes infection'],
      ['skin of nose: includes infection'],
      ['skin of abdomen: includes infection'],
    ]);
  });

  it('what is said of a whole site is not said of its part as well', () => {
    const anywhere = { all: [inFace(infected, 'any area of this stage')] };
    const around = { areas: { treatment: ['nose', 'face'] } };
    expect(clears(anywhere, [], 'unmet', around)).toEqual([['skin of face: does not include infection']]);
    const nose = said('skin', [], { area: 'nose' });
    expect(clears(anywhere, [nose], 'unmet', around)).toEqual([['skin of face: does not include infection']]);
  });

  it('every part that is against it, where a site differs', () => {
    const stated = [wound('nose', 'open'), wound('brow', 'clean')];
    expect(clears({ all: [inFace(open)] }, stated, 'unmet')).toEqual([
      ['wound of nose: is not open', 'wound of chin: is not open'],
    ]);
    expect(clears({ all: [inFace(open)] }, stated.slice(1), 'met')).toEqual([
      ['wound of brow: is open'],
      ['wound of nose: is open'],
      ['wound of chin: is open'],
    ]);
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
