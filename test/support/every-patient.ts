import type { RuleBook } from '../../src/core/authoring/rule-book.ts';
import { addDays, addToDate } from '../../src/core/model/calendar.ts';
import { leavesOf } from '../../src/core/pathway/conditions.ts';
import type { LoweredCondition, LoweredLeaf } from '../../src/core/pathway/facts.schema.ts';
import { type FactReading, judge, type Reader } from '../../src/core/rules/condition.ts';
import { type Asked, stepAt } from './mutants.ts';

/**
 * Whether two conditions, or two tables, say the same of every patient. Patients differ by each fact that is asked:
 * not known, at each number that is asked about, next to it on either side, each word, each day at a window's edge.
 */
export function sayTheSame(one: Asked, other: Asked, { facts }: Pick<RuleBook, 'facts'>): boolean {
  const leaves = [one, other].flatMap(conditionsIn).flatMap(leavesOf);
  const names = [...new Set(leaves.map(({ fact }) => fact))];
  const values = names.map((name) => {
    const is = facts.find(({ fact }) => fact === name)?.is;
    const asked = leaves.filter(({ fact }) => fact === name);
    return [UNKNOWN, ...valuesAround(asked, is)];
  });
  for (const patient of patients(values)) {
    const reader = readerOf(new Map(names.map((name, at) => [name, patient[at] ?? UNKNOWN])));
    if (said(one, reader) !== said(other, reader)) return false;
  }
  return true;
}

const conditionsIn = (asked: Asked): LoweredCondition[] =>
  'rows' in asked ? asked.rows.map(({ when }) => when) : [asked.when];

const TODAY = '2026-05-13';
const UNKNOWN = Symbol('unknown');
function valuesAround(
  leaves: readonly LoweredLeaf[],
  is: RuleBook['facts'][number]['is'] | undefined,
): unknown[] {
  if (is?.kind === 'code') return [...is.codes];
  if (is?.kind === 'yes or no') return [true, false];
  const around = leaves.flatMap(({ value }): unknown[] => {
    if (typeof value === 'number') {
      const step = stepAt(value, is?.kind === 'grade');
      return [value - step, value, value + step].map((number) => Number(number.toFixed(6)));
    }
    if (typeof value === 'string') return [[], [value]];
    if (typeof value !== 'object' || Array.isArray(value)) return [];
    const { count, unit } = value;
    const edge = addToDate(TODAY, { count: -count, unit });
    const dates = [-1, 0, 1].map((more) => addDays(edge, more));
    return ['never', ...dates].map((date) => ({ date, today: TODAY }));
  });
  return [...new Map(around.map((value) => [JSON.stringify(value), value])).values()];
}

/** One patient after another, the last fact changing fastest. */
function* patients(values: readonly (readonly unknown[])[]): Generator<readonly unknown[]> {
  const [first, ...rest] = values;
  if (!first) yield [];
  else for (const value of first) for (const more of patients(rest)) yield [value, ...more];
}

const readerOf = (patient: ReadonlyMap<string, unknown>): Reader => ({
  read: ({ fact }): FactReading => {
    const comparable = patient.get(fact);
    if (comparable === UNKNOWN) return { known: false, cause: 'missing' };
    return { known: true, comparable, provenance: PROVENANCE };
  },
  changesAt: () => undefined,
});

const PROVENANCE = { value: 0, source: 'test', observedAt: `${TODAY}T16:00:00.000Z` };

/** Of a table its answer: the first with a row that is met, unless one before it is unknown. */
function said(asked: Asked, reader: Reader): string {
  if (!('rows' in asked)) return judge(asked.when, reader).result;
  for (const answer of asked.answers) {
    const rows = asked.rows.filter((row) => row.answer === answer);
    const results = rows.map(({ when }) => judge(when, reader).result);
    if (results.includes('met')) return answer;
    if (results.includes('unknown')) return 'unknown';
  }
  return 'none';
}
