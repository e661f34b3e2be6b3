import type { TableFinding } from '../model/verdict.schema.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Table } from '../pathway/rules.schema.ts';
import { clearingsOf } from './clearing.ts';
import { earliest, type Judgement } from './condition.ts';

/** The first answer with a met row, unless a row of an earlier (more cautious) answer is unknown. */
export function judgeTable(
  pathway: Pathway,
  table: Table,
  judge: (when: LoweredCondition) => Judgement,
): TableFinding {
  const rows = table.rows.map(({ when, answer }) => ({ when, answer, ...judge(when) }));
  const open = table.answers.find((answer) =>
    rows.some((row) => row.answer === answer && row.result !== 'unmet'),
  );
  const deciding = rows.filter(({ answer }) => answer === open);
  const isMet = deciding.some(({ result }) => result === 'met');
  const isUnknown = deciding.some(({ result }) => result === 'unknown');
  const answer = isMet && !isUnknown ? open : isMet ? open : undefined;
  const validUntil = earliest(rows.map((row) => row.validUntil));
  return {
    rule: table.rule,
    ruleSet: table.ruleSet,
    version: table.version,
    title: table.title,
    ...(answer === undefined ? {} : { answer }),
    evidence: rows.flatMap(({ evidence }) => evidence),
    clears:
      answer === undefined
        ? deciding.flatMap((row) => clearingsOf(pathway, row.when, row.evidence, 'met')).slice(0, 3)
        : [],
    ...(validUntil === undefined ? {} : { validUntil }),
  };
}
