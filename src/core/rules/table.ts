import type { Clearings, TableFinding } from '../model/verdict.schema.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { CLINICAL_LEAD } from '../pathway/roles.ts';
import type { Table } from '../pathway/rules.schema.ts';
import { clearingsTo } from './clearing.ts';
import { earliest, type Judgement } from './condition.ts';
import { type Wishes, wishesOf } from './wishes.ts';

interface JudgedRow extends Judgement {
  readonly when: LoweredCondition;
  readonly answer: string;
}

/**
 * The first answer with a met row, unless a row of an earlier (more cautious) answer is unknown: then none. The order
 * of the rows is of no consequence.
 */
export function judgeTable(
  pathway: Pathway,
  { rule, ruleSet, version, title, answers, rows: asked }: Table,
  judge: (when: LoweredCondition) => Judgement,
): TableFinding {
  const rows = asked.map(({ when, answer }): JudgedRow => ({ when, answer, ...judge(when) }));
  const answer = answerOf(answers, rows);
  const validUntil = earliest(rows.map((row) => row.validUntil));
  return {
    rule,
    ruleSet,
    version,
    title,
    ...(answer === undefined ? {} : { answer }),
    evidence: rows.flatMap(({ evidence }) => evidence),
    clears: answer === undefined ? clearsOf(pathway, answers, rows) : [],
    ...(validUntil === undefined ? {} : { validUntil }),
  };
}

function answerOf(answers: readonly string[], rows: readonly JudgedRow[]): string | undefined {
  for (const answer of answers) {
    const results = rows.filter((row) => row.answer === answer).map(({ result }) => result);
    if (results.includes('met')) return answer;
    if (results.includes('unknown')) return undefined;
  }
  return undefined;
}

/**
 * What would give a table an answer. While a row is unknown: all facts that nobody knows, of every answer that comes
 * before the first one with a met row, whatever they turn out to be. While every row is unmet: any of them met.
 */
function clearsOf(pathway: Pathway, answers: readonly string[], rows: readonly JudgedRow[]): Clearings {
  const met = answers.findIndex((answer) =>
    rows.some((row) => row.answer === answer && row.result === 'met'),
  );
  const before = met < 0 ? answers : answers.slice(0, met);
  const inQuestion = rows.filter(({ answer, result }) => result === 'unknown' && before.includes(answer));
  if (inQuestion.length > 0) return [supplied(pathway, inQuestion)];
  let seen = 0;
  const some = rows.map(({ when, evidence }): Wishes => {
    const wishes = wishesOf(pathway, when, evidence, 'met', seen);
    seen += evidence.length;
    return wishes;
  });
  return clearingsTo(pathway, { some });
}

/** Of what is worked out of a fact, that fact is supplied. */
function supplied(pathway: Pathway, rows: readonly JudgedRow[]): Clearings[number] {
  const sourceOf = (fact: string): string => pathway.derived(fact)?.of ?? fact;
  const unknown = rows.flatMap(({ evidence }) => evidence.filter(({ result }) => result === 'unknown'));
  const first = unknown.filter(
    ({ fact, area }, index) =>
      unknown.findIndex((one) => sourceOf(one.fact) === sourceOf(fact) && one.area === area) === index,
  );
  return first.map(({ fact, area, cause }) => {
    const source = sourceOf(fact);
    const ask = pathway.fact(source)?.ask;
    return {
      kind: 'fact',
      fact,
      ...(source === fact ? {} : { of: source }),
      ...(area === undefined ? {} : { area }),
      needs: 'known',
      ...(cause === undefined ? {} : { cause }),
      role: ask?.role ?? CLINICAL_LEAD,
      ...(ask === undefined ? {} : { within: ask.within }),
    };
  });
}
