import type { LoweredCondition } from '../../../../src/core/pathway/facts.schema.ts';
import { asking, NOON, said } from '../../../support/asking.ts';
import { PARTS } from '../../../support/conditions.ts';
import type { Stated } from '../../../support/oracle.ts';
import { factOf, for_, leaf } from '../../../support/pathways.ts';

const number = { kind: 'number', unit: '%', from: 0, to: 100 } as const;
const notValidWhen = (...leaves: ReturnType<typeof leaf>[]): { notValidWhen: LoweredCondition } => ({
  notValidWhen: { any: leaves },
});
const facts = [
  factOf('hba1c', number, notValidWhen(leaf('transfusion', 'withinTheLast', for_(3, 'month')))),
  factOf('transfusion', { kind: 'date or never' }, { goodFor: for_(90, 'day') }),
  factOf('count', number, notValidWhen(leaf('fever', 'equal', true))),
  factOf('fever', { kind: 'yes or no' }, { goodFor: for_(2, 'day') }),
  factOf('chained', number, notValidWhen(leaf('hba1c', 'greaterThan', 9))),
  factOf('swelling', number, { byArea: true, ...notValidWhen(leaf('wound', 'equal', 'open')) }),
  factOf('wound', { kind: 'code', codes: ['clean', 'open'] }, { byArea: true }),
];
const { ask, wordOf } = asking({ facts, parts: PARTS });
const DAY_OF = '2026-03-05T17:00:00.000Z';

const hba1c = said('hba1c', 8, { unit: '%', observedAt: DAY_OF });
const transfusion = (value: string, observedAt: string): Stated => said('transfusion', value, { observedAt });
const word = (...others: Stated[]): string =>
  wordOf(leaf('hba1c', 'greaterThan', 7), [hba1c, ...others], { now: '2026-04-20T12:00:00.000Z' });

describe('a value that must not be believed is unknown', () => {
  const THEN = '2026-03-04T12:00:00.000Z';
  it.each<[string, Stated[], string]>([
    ['nobody knows of a transfusion', [], 'not believed'],
    ['never', [transfusion('never', THEN)], 'met'],
    ['three months before the day of the value', [transfusion('2025-12-05', THEN)], 'met'],
    ['a day less than three months before it', [transfusion('2025-12-06', THEN)], 'not believed'],
    ['on the day itself', [transfusion('2026-03-05', '2026-03-05T20:00:00.000Z')], 'not believed'],
    ['told later on that day', [transfusion('never', '2026-03-06T04:59:59.999Z')], 'met'],
  ])('%s', (_name, others, expected) => {
    expect(word(...others)).toBe(expected);
  });

  it('stays unknown under not', () => {
    const not: LoweredCondition = { not: leaf('hba1c', 'greaterThan', 7) };
    expect(ask(not, [hba1c, transfusion('2026-02-20', THEN)]).result).toBe('unknown');
  });

  it('says what the value was', () => {
    const { evidence } = ask({ all: [leaf('hba1c', 'greaterThan', 7)] }, [hba1c]);
    expect(evidence[0]).toMatchObject({ cause: 'not believed', value: 8, unit: '%', observedAt: DAY_OF });
  });
});

describe('it is judged for the day of the observation', () => {
  it('what was known then has to have been fresh then, and need not be fresh now', () => {
    expect(word(transfusion('never', '2025-12-05T12:00:00.000Z'))).toBe('met');
    expect(word(transfusion('never', '2025-12-04T12:00:00.000Z'))).toBe('not believed');
  });

  it('a transfusion after that day takes nothing away', () => {
    expect(word(transfusion('2026-03-06', '2026-03-10T12:00:00.000Z'))).toBe('met');
    const before = transfusion('never', '2026-03-01T12:00:00.000Z');
    expect(word(before, transfusion('2026-03-20', '2026-03-21T12:00:00.000Z'))).toBe('met');
  });

  it('a date says itself when it was: told later it counts as well', () => {
    expect(word(transfusion('never', '2026-03-10T12:00:00.000Z'))).toBe('met');
    expect(word(transfusion('2026-02-20', '2026-03-10T12:00:00.000Z'))).toBe('not believed');
    const before = transfusion('never', '2026-03-01T12:00:00.000Z');
    expect(word(before, transfusion('2026-02-20', '2026-03-10T12:00:00.000Z'))).toBe('not believed');
  });

  it('what spoke against it then is not hidden by a later date', () => {
    const then = transfusion('2026-02-20', '2026-03-01T12:00:00.000Z');
    expect(word(then, transfusion('2026-03-20', '2026-03-21T12:00:00.000Z'))).toBe('not believed');
    expect(word(then, transfusion('never', '2026-03-21T12:00:00.000Z'))).toBe('not believed');
  });

  it('anything but a date says nothing of an earlier day', () => {
    const count = said('count', 50, { unit: '%', observedAt: DAY_OF });
    const fever = (value: boolean, observedAt: string) => said('fever', value, { observedAt });
    const wordWith = (...others: Stated[]) =>
      wordOf(leaf('count', 'greaterThan', 7), [count, ...others], { now: '2026-03-20T12:00:00.000Z' });
    expect(wordWith(fever(false, '2026-03-04T12:00:00.000Z'))).toBe('met');
    expect(wordWith(fever(false, '2026-03-06T12:00:00.000Z'))).toBe('not believed');
    expect(wordWith(fever(true, '2026-03-05T08:00:00.000Z'), fever(false, '2026-03-06T12:00:00.000Z'))).toBe(
      'not believed',
    );
    expect(wordWith(fever(false, '2026-03-05T08:00:00.000Z'), fever(true, '2026-03-06T12:00:00.000Z'))).toBe(
      'met',
    );
    expect(wordWith(fever(false, '2026-03-01T12:00:00.000Z'))).toBe('not believed');
  });
});

it('a newer value that may not be believed does not bring back an older one', () => {
  const older = said('hba1c', 6, { unit: '%', observedAt: '2025-06-01T12:00:00.000Z' });
  const never = transfusion('never', '2025-05-20T12:00:00.000Z');
  expect(word(older, never)).toBe('not believed');
});

it('what is valid may hang on what is valid itself', () => {
  const chained = said('chained', 1, { unit: '%', observedAt: NOON });
  const low = { ...hba1c, value: 5 };
  const never = transfusion('never', '2026-03-04T12:00:00.000Z');
  const wordWith = (...others: Stated[]) => wordOf(leaf('chained', 'equal', 1), [chained, ...others]);
  expect(wordWith(low, never)).toBe('met');
  expect(wordWith(low)).toBe('not believed');
  expect(wordWith({ ...hba1c, value: 10 }, never)).toBe('not believed');
});

it('what is recorded by area is judged for each part by itself', () => {
  const swelling = said('swelling', 20, { unit: '%', area: 'face' });
  const condition: LoweredCondition = {
    all: [{ ...leaf('swelling', 'greaterThan', 5), params: { area: 'face' } }],
  };
  const wounds = (nose: string) => [
    said('wound', nose, { area: 'nose' }),
    said('wound', 'clean', { area: 'brow' }),
    said('wound', 'clean', { area: 'chin' }),
  ];
  const causes = (nose: string) =>
    ask(condition, [swelling, ...wounds(nose)]).evidence.map(({ area, cause }) => [area, cause]);
  expect(causes('clean')).toEqual([['face', undefined]]);
  expect(causes('open')).toEqual([
    ['brow', undefined],
    ['nose', 'not believed'],
    ['chin', undefined],
  ]);
});

it('time alone never changes whether a value is believed', () => {
  const stated = [hba1c, transfusion('never', '2026-03-01T12:00:00.000Z')];
  const { validUntil } = ask({ all: [leaf('hba1c', 'greaterThan', 7)] }, stated);
  expect(validUntil).toBeUndefined();
});
