import type { Instant } from '../model/primitives.schema.ts';
import type { TableFinding } from '../model/verdict.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { goesOn } from '../pathway/on-the-way.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { earliest } from '../rules/condition.ts';
import { judgeTable } from '../rules/table.ts';
import { TABLE } from './asked-decisions.ts';
import { judgeAt, placesOf } from './judging.ts';
import { isAtEnd } from './levels.ts';
import type { PlanState } from './plan-state.schema.ts';

type Outcomes = NonNullable<StageDefinition['table']>['outcomes'];

export interface StageTable {
  readonly finding: TableFinding;
  /** What follows from each answer. */
  readonly outcomes: Outcomes;
}

/**
 * What the table at a stage's gate answers; undefined where the stage asks none. Asked of several sites, the most
 * cautious answer counts for all, and one that is unknown leaves the whole unknown.
 */
export function tableAt(
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): StageTable | undefined {
  if (!stage.table) return undefined;
  const table = pathway.table(stage.table.table);
  const all = { any: table.rows.map(({ when }) => when) };
  const bySite = placesOf(pathway, state, all, stage).map((place) =>
    judgeTable(pathway, table, (when) => judgeAt(pathway, state, now, when, place)),
  );
  const rank = ({ answer }: TableFinding): number =>
    answer === undefined ? -1 : table.answers.indexOf(answer);
  const [finding, ...others] = bySite.toSorted((one, other) => rank(one) - rank(other));
  if (!finding) return undefined;
  const { outcomes } = stage.table;
  if (others.length === 0) return { finding, outcomes };
  const evidence = [...finding.evidence, ...others.flatMap((one) => one.evidence)];
  // What another site says may come to count: it changes when the first of them does.
  const validUntil = earliest(bySite.map((one) => one.validUntil));
  const together = { ...finding, evidence, ...(validUntil === undefined ? {} : { validUntil }) };
  return { finding: together, outcomes };
}

/** Where an answer is written: `table/ac-day-1/reduced`. */
export const writtenOf = (rule: string, answer: string | undefined): string => `${TABLE}${rule}/${answer}`;

/** Whether an answer lets the plan on, with the figures at the levels that they have come to. */
export function letsOn(
  plan: { readonly pathway: Pathway; readonly state: PlanState },
  { stage }: StageDefinition,
  { rule, answer, outcomes }: { readonly rule: string; readonly answer: string; readonly outcomes: Outcomes },
): boolean {
  const action = Object.hasOwn(outcomes, answer) ? outcomes[answer] : undefined;
  const place = { stage, written: writtenOf(rule, answer) };
  return action !== undefined && goesOn(action, (step) => isAtEnd(plan, step, place));
}
