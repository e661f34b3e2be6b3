import type { Result } from '../../../src/core/model/verdict.schema.ts';
import { LoweredCondition } from '../../../src/core/pathway/facts.schema.ts';
import { type FactReading, judge, type Reader } from '../../../src/core/rules/condition.ts';
import { leaf } from '../../support/pathways.ts';

const RESULTS: readonly Result[] = ['met', 'unmet', 'unknown'];
const provenance = { value: true, source: 'clinician', observedAt: '2026-03-02T15:00:00.000Z' };

const readerOf = (reading: (fact: string) => FactReading): Reader => ({
  read: ({ fact }) => reading(fact),
  changesAt: () => undefined,
});

/** Facts called met, unmet and unknown, each of which answers as it is called. */
const named = readerOf((fact) =>
  fact.startsWith('unknown')
    ? { known: false, cause: 'missing' }
    : { known: true, comparable: fact.startsWith('met'), provenance },
);
const asking = (result: Result) => leaf(result, 'equal', true);

const product = (length: number): Result[][] =>
  length === 0 ? [[]] : product(length - 1).flatMap((row) => RESULTS.map((one) => [...row, one]));

describe("Kleene's tables", () => {
  const all = (row: readonly Result[]): Result =>
    row.includes('unmet') ? 'unmet' : row.includes('unknown') ? 'unknown' : 'met';
  const any = (row: readonly Result[]): Result =>
    row.includes('met') ? 'met' : row.includes('unknown') ? 'unknown' : 'unmet';
  const opposite: Record<Result, Result> = { met: 'unmet', unmet: 'met', unknown: 'unknown' };
  const rows = [1, 2, 3, 4].flatMap(product);

  it.each(RESULTS)(
    'one condition that is %s is that by itself, in all, in any, and turned by not',
    (result) => {
      const condition = asking(result);
      expect(judge(condition, named).result).toBe(result);
      expect(judge({ all: [condition] }, named).result).toBe(result);
      expect(judge({ any: [condition] }, named).result).toBe(result);
      expect(judge({ not: condition }, named).result).toBe(opposite[result]);
      expect(judge({ not: { not: condition } }, named).result).toBe(result);
    },
  );

  it(`all, any, none and not all, on ${rows.length} rows of one to four members`, () => {
    const wrong = rows.filter((row) => {
      const members = row.map(asking);
      return (
        judge({ all: members }, named).result !== all(row) ||
        judge({ any: members }, named).result !== any(row) ||
        judge({ not: { any: members } }, named).result !== opposite[any(row)] ||
        judge({ not: { all: members } }, named).result !== opposite[all(row)]
      );
    });
    expect(wrong).toEqual([]);
  });

  it('an unknown beside what decides does not matter: unmet decides all, met decides any', () => {
    expect(judge({ all: [asking('unknown'), asking('unmet')] }, named).result).toBe('unmet');
    expect(judge({ any: [asking('unknown'), asking('met')] }, named).result).toBe('met');
  });

  it('looks at every member, so that the explanation is whole', () => {
    const { evidence } = judge({ all: [asking('unmet'), asking('unknown'), asking('met')] }, named);
    expect(evidence.map(({ result }) => result)).toEqual(['unmet', 'unknown', 'met']);
    expect(evidence[1]).toMatchObject({ fact: 'unknown', cause: 'missing' });
  });
});

describe('what json-rules-engine answers wrongly by itself is unknown, or cannot be written', () => {
  const operators = [
    'equal',
    'notEqual',
    'in',
    'notIn',
    'lessThan',
    'greaterThan',
    'withinTheLast',
    'contains',
  ];

  it.each(operators)('a missing fact under %s is unknown, and so is its negation', (operator) => {
    const condition = leaf('unknown', operator, operator.toLowerCase().endsWith('in') ? ['a'] : 'a');
    expect(judge(condition, named).result).toBe('unknown');
    expect(judge({ not: condition }, named).result).toBe('unknown');
  });

  it('an operator that nobody knows is unknown, and so is its negation', () => {
    expect(judge(leaf('met', 'resembles', true), named)).toMatchObject({ result: 'unknown' });
    expect(judge({ not: leaf('met', 'resembles', true) }, named)).toMatchObject({ result: 'unknown' });
  });

  it.each([
    ['an empty all', { all: [] }],
    ['an empty any', { any: [] }],
    ['an empty any inside', { all: [{ any: [] }] }],
    ['all beside any', { all: [asking('met')], any: [asking('unmet')] }],
    ['a list under not', { not: [asking('met')] }],
    ['a key that nobody executes', { ...asking('met'), priority: 3 }],
    ['a path into a value', { ...asking('met'), path: '$.a[?(@.b)]' }],
    ['parameters that nobody reads', { ...asking('met'), params: { since: 'ever' } }],
    ['a reference to another condition', { condition: 'shared' }],
    ['another fact as the value', { ...asking('met'), value: { fact: 'other' } }],
    ['no value', { fact: 'met', operator: 'equal', name: 'x' }],
    ['null as the value', { ...asking('met'), value: null }],
    ['not a number', { ...asking('met'), value: Number.NaN }],
    ['a fact called __proto__', { ...asking('met'), fact: '__proto__' }],
  ])('%s is refused by the compiled form', (_name, condition) => {
    expect(LoweredCondition.safeParse(condition).success).toBe(false);
  });
});

describe('validUntil', () => {
  const until: Record<string, string> = {
    early: '2026-03-03T05:00:00.000Z',
    late: '2026-04-01T04:00:00.000Z',
  };
  const dated = readerOf((fact) => {
    const [result = '', when = ''] = fact.split('-');
    if (result === 'unknown') return { known: false, cause: 'stale', provenance };
    const validUntil = until[when];
    return {
      known: true,
      comparable: result === 'met',
      provenance,
      ...(validUntil === undefined ? {} : { validUntil }),
    };
  });
  const ask = (fact: string) => leaf(fact, 'equal', true);

  it.each([
    ['one that never changes', { all: [ask('met-never')] }, undefined],
    ['one that changes', { all: [ask('met-late')] }, until.late],
    ['the earlier of two', { all: [ask('met-late'), ask('unmet-early')] }, until.early],
    ['the earlier under not', { not: { any: [ask('met-late'), ask('unmet-early')] } }, until.early],
    ['an unknown beside it', { any: [ask('unknown'), ask('unmet-late')] }, until.late],
    ['only unknowns: time alone teaches nothing', { any: [ask('unknown')] }, undefined],
  ])('%s', (_name, condition, expected) => {
    expect(judge(condition as LoweredCondition, dated).validUntil).toBe(expected);
  });
});
