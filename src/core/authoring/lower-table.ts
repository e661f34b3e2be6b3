import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { Table as Compiled } from '../pathway/rules.schema.ts';
import { lowerTest } from './lower-condition.ts';
import { Refused } from './problem.ts';
import { lowerOverride, type RulePlace } from './rule-place.ts';
import type { Table, WrittenRow } from './table.schema.ts';
import { checkKnown, checkOnce } from './vocabulary.ts';

export function lowerTable(rule: Table, place: RulePlace): Compiled | undefined {
  const { path, header, report } = place;
  const { answers, taken, rows } = rule;
  checkOnce('answer', { names: answers, path: [...path, 'answers'] }, report);
  const given = new Set(rows.map(({ answer }) => answer));
  for (const [index, answer] of answers.entries()) {
    if (given.has(answer)) continue;
    report([...path, 'answers', index], new Refused('CC1070', `no row gives the answer \`${answer}\``));
  }
  const lowered = rows.flatMap((row, index): Compiled['rows'] => {
    const at = [...path, 'rows', index];
    checkKnown('answer', { name: row.answer, known: answers, path: [...at, 'then'] }, report);
    const when = lowerRow(row, taken, { ...place, path: at });
    return when ? [{ when, answer: row.answer }] : [];
  });
  const override = rule.override && lowerOverride(rule.override, place);
  if (lowered.length < rows.length) return undefined;
  return { ...header, answers, rows: lowered, ...(override ? { override } : {}) };
}

function lowerRow(
  { tests }: WrittenRow,
  taken: Table['taken'],
  place: RulePlace,
): LoweredCondition | undefined {
  const lowered = tests.flatMap((test) => lowerTest(taken ? { ...test, taken } : test, place) ?? []);
  if (lowered.length < tests.length) return undefined;
  const [only, second] = lowered;
  return only && !second && !('fact' in only) ? only : { all: lowered };
}
