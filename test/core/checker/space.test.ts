import { cellsOf } from '../../../src/core/checker/cells.ts';
import { atLeast, contradiction, leastFrom } from '../../../src/core/checker/constraints.ts';
import { daysOf, exceeds } from '../../../src/core/checker/days.ts';
import { patientInWords, Space } from '../../../src/core/checker/space.ts';
import type { FactKind, LoweredCondition, LoweredLeaf } from '../../../src/core/pathway/facts.schema.ts';
import { factOf, for_, leaf } from '../../support/pathways.ts';

const NUMBER: FactKind = { kind: 'number', unit: 'g/L', from: 20, to: 250 };

const wordsOf = (is: FactKind, ...leaves: LoweredLeaf[]): string[] =>
  cellsOf('fact', leaves, { facts: [factOf('fact', is)], derived: [] }).map(({ words }) => words);

describe('a fact is cut at what is asked of it', () => {
  it.each<[string, FactKind, LoweredLeaf[], string[]]>([
    ['a number at its threshold', NUMBER, [leaf('fact', 'lessThan', 100)], ['20 g/L', '100 g/L']],
    [
      'a number between two that nearly meet',
      NUMBER,
      [leaf('fact', 'lessThan', 100), leaf('fact', 'greaterThan', 100)],
      ['20 g/L', '100 g/L', '175 g/L'],
    ],
    ['a number whose threshold lies at its end', NUMBER, [leaf('fact', 'lessThan', 20)], ['20 g/L']],
    [
      'a grade, which has nothing between',
      { kind: 'grade', from: 0, to: 4 },
      [leaf('fact', 'lessThan', 2), leaf('fact', 'greaterThan', 1)],
      ['0', '2'],
    ],
    ['a word', { kind: 'code', codes: ['a', 'b', 'c'] }, [leaf('fact', 'equal', 'b')], ['a', 'b']],
    [
      'a list, of which every set may be',
      { kind: 'list', of: 'allergens' },
      [leaf('fact', 'contains', 'latex'), leaf('fact', 'contains', 'taxane')],
      ['none', 'taxane', 'latex', 'latex, taxane'],
    ],
    [
      'a date at the day on which it leaves its window, and never',
      { kind: 'date or never' },
      [leaf('fact', 'withinTheLast', for_(4, 'week'))],
      ['never', 'today'],
    ],
  ])('%s', (_what, is, leaves, expected) => {
    expect(wordsOf(is, ...leaves)).toEqual(expected);
  });
});

describe('patients are looked for among all cells', () => {
  const catalogue = { facts: [factOf('hb', NUMBER), factOf('smokes', { kind: 'yes or no' })], derived: [] };
  const low: LoweredCondition = { all: [leaf('hb', 'lessThan', 100)] };
  const lower: LoweredCondition = { all: [leaf('hb', 'lessThan', 80)] };
  const smokes: LoweredCondition = { all: [leaf('smokes', 'equal', true)] };
  const space = new Space([low, lower, smokes], catalogue);

  it('and shown in words', () => {
    const patient = space.find([
      { when: low, is: 'met' },
      { when: lower, is: 'unmet' },
      { when: smokes, is: 'met' },
    ]);
    expect(patient && patientInWords(patient)).toBe('hb: 80 g/L; smokes: yes');
  });

  it('and one condition means another where there is none who has the one alone', () => {
    expect([space.implies(lower, low), space.implies(low, lower), space.implies(low, smokes)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it.each([
    [4, false],
    [9, true],
  ])('up to a number of combinations: %s patients in a bed fewer, undecided: %s', (patients, isUndecided) => {
    const beds = Array.from({ length: patients - 1 }, (_, index) => `bed-${index}`);
    const facts = Array.from({ length: patients }, (_, index) =>
      factOf(`p${index}`, { kind: 'code', codes: beds }),
    );
    // No two in one bed: it cannot be, and to see that nearly all ways of lying have to be gone through.
    const clashes = facts.flatMap((one, index) =>
      facts.slice(0, index).flatMap((other) =>
        beds.map(
          (bed): LoweredCondition => ({
            all: [leaf(one.fact, 'equal', bed), leaf(other.fact, 'equal', bed)],
          }),
        ),
      ),
    );
    const full = new Space(clashes, { facts, derived: [] });
    const wanted = clashes.map((when) => ({ when, is: 'unmet' as const }));
    expect(full.find(wanted)).toBeUndefined();
    expect(full.isImpossible(wanted)).toBe(!isUndecided);
    expect(full.undecided > 0).toBe(isUndecided);
  });
});

describe('days between one thing and another', () => {
  it.each([
    [for_(1, 'month'), 28, 31],
    [for_(3, 'month'), 89, 92],
    [for_(1, 'year'), 365, 366],
    [for_(6, 'week'), 42, 42],
    [for_(36, 'hour'), 1, 1],
  ])('%j has so many at the least, and at the most', (length, least, most) => {
    expect([daysOf(length, 'short'), daysOf(length, 'long')]).toEqual([least, most]);
  });

  it.each([
    [for_(27, 'day'), 'always'],
    [for_(28, 'day'), 'sometimes'],
    [for_(30, 'day'), 'sometimes'],
    [for_(31, 'day'), 'never'],
    [for_(1, 'month'), 'never'],
  ] as const)('a month is more than %j %s', (other, expected) => {
    expect(exceeds(for_(1, 'month'), other)).toBe(expected);
  });

  const network = (latest: number) => [
    atLeast({ from: 'cut', to: 'fill' }, 20, 'three weeks or so'),
    atLeast({ from: 'fill', to: 'look' }, 10, 'ten days'),
    { from: 'cut', to: 'look', most: latest, reason: 'in time' },
  ];

  it.each([
    [29, ['in time', 'ten days', 'three weeks or so']],
    [30, undefined],
    [31, undefined],
  ])('that have to fit into %s', (latest, expected) => {
    expect(
      contradiction(network(latest))
        ?.map(({ reason }) => reason)
        .toSorted(),
    ).toEqual(expected);
  });

  it('add up along the longest way', () => {
    expect(leastFrom(network(40), 'cut').get('look')).toBe(30);
  });
});
