import type { DerivedDefinition } from '../../../../src/core/pathway/facts.schema.ts';
import { type Around, asking, NOON, said } from '../../../support/asking.ts';
import { PARTS } from '../../../support/conditions.ts';
import { type Stated, shifted } from '../../../support/oracle.ts';
import { factOf, for_, leaf } from '../../../support/pathways.ts';

const percent = { kind: 'number', unit: '%', from: 0, to: 100 } as const;
const WAYS: Record<string, DerivedDefinition['way']> = {
  fall: { kind: 'fall', percent: false },
  percentFall: { kind: 'fall', percent: true },
  highestOfTwo: { kind: 'highest', last: 2 },
  lowestOfThree: { kind: 'lowest', last: 3 },
  nadir: { kind: 'lowest', since: 'last session' },
  peak: { kind: 'highest', since: 'last session' },
  sum: { kind: 'sum' },
};
const derived = [
  ...Object.entries(WAYS).map(
    ([name, way]): DerivedDefinition => ({ derived: name, of: 'lvef', way, unit: '%' }),
  ),
  { derived: 'gradeSum', of: 'grade', way: WAYS.sum },
  { derived: 'swellingFall', of: 'swelling', way: WAYS.fall, unit: '%' },
  { derived: 'hba1cTwice', of: 'hba1c', way: WAYS.highestOfTwo, unit: '%' },
] as DerivedDefinition[];
const facts = [
  factOf('lvef', percent, { goodFor: for_(3, 'month'), from: ['laboratory', 'clinician'] }),
  factOf('grade', { kind: 'grade', from: 0, to: 4 }),
  factOf('swelling', percent, { byArea: true }),
  factOf('hba1c', percent, {
    notValidWhen: { any: [leaf('transfusion', 'withinTheLast', for_(3, 'month'))] },
  }),
  factOf('transfusion', { kind: 'date or never' }),
];
const { ask, leafOf } = asking({ facts, derived, parts: PARTS });
const DAY = 86_400_000;

/** Values of as many days, the last of them today. */
const daily = (...values: readonly (number | readonly number[])[]): Stated[] =>
  values.flatMap((value, index) =>
    [value]
      .flat()
      .map((one) =>
        said('lvef', one, { unit: '%', observedAt: shifted(NOON, -(values.length - 1 - index) * DAY) }),
      ),
  );
const workedOut = (name: string, stated: readonly Stated[], around: Around = {}): unknown => {
  const { value, cause } = leafOf(leaf(name, 'greaterThan', 0), stated, around);
  return cause ?? value;
};

describe('a number worked out of others', () => {
  it.each<[string, (number | number[])[], unknown]>([
    ['fall', [66, 55], 11],
    ['fall', [66, 40, 60], 6],
    ['fall', [55, 66], -11],
    ['fall', [66], 0],
    ['fall', [], 'missing'],
    ['fall', [1.2, 0.9], 0.3],
    ['fall', [[66, 65], 55], 'in conflict'],
    ['fall', [66, [55, 54]], 'in conflict'],
    ['fall', [66, [50, 51], 55], 11],
    ['percentFall', [80, 60], 25],
    ['percentFall', [30, 20], 33.3333333333],
    ['percentFall', [60, 66], -10],
    ['percentFall', [0, 5], 'wrong type'],
    ['percentFall', [5, 0], 100],
    ['highestOfTwo', [9, 7, 8], 8],
    ['highestOfTwo', [7, 8], 8],
    ['highestOfTwo', [8], 'missing'],
    ['highestOfTwo', [8, [8, 8]], 8],
    ['highestOfTwo', [[8, 8]], 'missing'],
    ['highestOfTwo', [[9, 8], 7, 8], 8],
    ['lowestOfThree', [1, 7, 5, 6], 5],
    ['lowestOfThree', [7, 5], 'missing'],
    ['sum', [1, 2, 3], 6],
    ['sum', [0.1, 0.2], 0.3],
    ['sum', [4], 4],
  ])('%s of %j is %s', (name, values, expected) => {
    expect(workedOut(name, daily(...values))).toBe(expected);
  });

  it('meets its limit exactly: 1.2 less 0.9 is at least 0.3', () => {
    const atLeast = { all: [leaf('fall', 'greaterThanInclusive', 0.3)] };
    expect(ask(atLeast, daily(1.2, 0.9)).result).toBe('met');
    expect(ask(atLeast, daily(1.2, 0.91)).result).toBe('unmet');
  });

  it('of grades has no unit', () => {
    const stated = [said('grade', 2, { observedAt: shifted(NOON, -DAY) }), said('grade', 3)];
    const evidence = leafOf(leaf('gradeSum', 'greaterThan', 4), stated);
    expect(evidence).toMatchObject({ fact: 'gradeSum', value: 5, result: 'met' });
    expect(evidence.unit).toBeUndefined();
  });

  it('takes of one day the most trusted word', () => {
    const [old] = daily(66, 0);
    const today = [said('lvef', 50, { unit: '%' }), said('lvef', 60, { unit: '%', source: 'laboratory' })];
    expect(workedOut('fall', [old ?? said('lvef', 0), ...today])).toBe(6);
  });

  it('never takes what is not believed, not even as the baseline', () => {
    const [first, ...others] = daily(90, 66, 55);
    expect(workedOut('fall', [{ ...(first ?? said('lvef', 0)), source: 'patient' }, ...others])).toBe(11);
    expect(
      workedOut(
        'fall',
        daily(66, 55).map((one) => ({ ...one, source: 'patient' })),
      ),
    ).toBe('not believed');
  });

  it.each<[string, Partial<Stated>, string]>([
    ['a wrong unit', { unit: 'furlong' }, 'wrong unit'],
    ['a wrong type', { value: 'high' }, 'wrong type'],
  ])('is unknown where %s is among what it rests on, and only there', (_name, fault, expected) => {
    const stated = daily(66, 60, 55).map((one, index) => (index === 1 ? { ...one, ...fault } : one));
    expect([workedOut('fall', stated), workedOut('sum', stated), workedOut('lowestOfThree', stated)]).toEqual(
      [11, expected, expected],
    );
  });
});

describe('since the last session', () => {
  const sessions = [['2026-03-04', '2026-03-04']] as const;
  it.each<[string, (number | number[])[], Around, unknown]>([
    ['only what was taken on a day after it', [1, 5, 7], { sessions }, 7],
    [
      'nothing since',
      [1, 5, 7],
      { sessions: [['2026-03-06', '2026-03-06']], now: '2026-03-07T12:00:00.000Z' },
      'stale',
    ],
    ['all, where there was no session', [1, 5, 7], {}, 1],
    ['a conflict before it does not matter', [[1, 2], 5, 7], { sessions }, 7],
    ['a conflict since does', [1, 5, [6, 7]], { sessions }, 'in conflict'],
    ['from the last day of one that took two', [1, 5, 7], { sessions: [['2026-03-03', '2026-03-04']] }, 7],
  ])('%s', (_name, values, around, expected) => {
    expect(workedOut('nadir', daily(...values), around)).toBe(expected);
  });

  it('the highest as well as the lowest', () => {
    expect(workedOut('peak', daily(90, 5, 7), { sessions })).toBe(7);
  });
});

describe('how fresh it is', () => {
  const stated = daily(66, 60, 55).map((one, index) =>
    index === 0 ? { ...one, observedAt: '2020-01-01T12:00:00.000Z' } : one,
  );

  it.each([
    ['2026-06-06T03:59:59.999Z', 11],
    ['2026-06-06T04:00:00.000Z', 'stale'],
  ])('as the newest observation in it, however old the first: at %s %s', (now, expected) => {
    expect(workedOut('fall', stated, { now })).toBe(expected);
    expect(leafOf(leaf('fall', 'greaterThan', 0), stated).validUntil).toBe('2026-06-06T04:00:00.000Z');
  });

  it('a rule may ask for it fresher', () => {
    const taken = { ...leaf('fall', 'greaterThan', 0), params: { taken: { within: for_(2, 'day') } } };
    expect(leafOf(taken, stated).validUntil).toBe('2026-03-08T05:00:00.000Z');
    expect(leafOf(taken, stated, { now: '2026-03-08T05:00:00.000Z' })).toMatchObject({
      cause: 'stale',
      value: 11,
    });
  });
});

it('says its own name, its number, and every event that it was taken from', () => {
  expect(leafOf(leaf('fall', 'greaterThan', 10), daily(66, 60, 55))).toEqual({
    fact: 'fall',
    asks: 'greaterThan 10',
    result: 'met',
    value: 11,
    unit: '%',
    source: 'clinician',
    observedAt: NOON,
    events: ['front-desk/e-0', 'front-desk/e-2'],
    validUntil: '2026-06-06T04:00:00.000Z',
  });
});

it('of what is recorded by area it is worked out for each part by itself', () => {
  const at = (value: number, area: string, days: number): Stated =>
    said('swelling', value, { unit: '%', area, observedAt: shifted(NOON, -days * DAY) });
  const inFace = { ...leaf('swellingFall', 'greaterThan', 5), params: { area: 'face' } };
  const stated = [at(20, 'face', 3), at(18, 'face', 1), at(10, 'nose', 0)];
  const { result, evidence } = ask({ all: [inFace] }, stated);
  expect(result).toBe('met');
  expect(evidence.map(({ area, value }) => [area, value])).toEqual([
    ['brow', 2],
    ['nose', 10],
    ['chin', 2],
  ]);
});

it('is not believed where an observation in it may not be', () => {
  const hba1c = (value: number, observedAt: string) => said('hba1c', value, { unit: '%', observedAt });
  const two = [hba1c(6, '2025-08-01T12:00:00.000Z'), hba1c(7, NOON)];
  expect(workedOut('hba1cTwice', [...two, said('transfusion', 'never')])).toBe(7);
  expect(workedOut('hba1cTwice', [...two, said('transfusion', '2025-07-20')])).toBe('not believed');
  expect(workedOut('hba1cTwice', [...two, said('transfusion', '2026-01-20')])).toBe('not believed');
  expect(workedOut('hba1cTwice', two)).toBe('not believed');
});
