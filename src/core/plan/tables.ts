import type { Instant } from '../model/primitives.schema.ts';
import type { TableFinding } from '../model/verdict.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { goesOn } from '../pathway/on-the-way.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { earliest } from '../rules/condition.ts';
import { judgeTable } from '../rules/table.ts';
import { TABLE } from './asked-decisions.ts';
import type { Counted } from './due-anchors.ts';
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
  const { table, outcomes } = stage.table;
  const finding = answerOf({ pathway, state, now }, table, stage);
  return finding && { finding, outcomes };
}

/** What a table answers at a stage, or of the patient. */
export function answerOf(
  { pathway, state, now }: Counted,
  name: string,
  stage: StageDefinition | undefined,
): TableFinding | undefined {
  const table = pathway.table(name);
  const all = { any: table.rows.map(({ when }) => when) };
  const places = stage ? placesOf(pathway, state, all, stage) : [{}];
  const bySite = places.map((place) =>
    judgeTable(pathway, table, (when) => judgeAt(pathway, state, now, when, place)),
  );
  const rank = ({ answer }: TableFinding): number =>
    answer === undefined ? -1 : table.answers.indexOf(answer);
  const [finding, ...others] = bySite.toSorted((one, other) => rank(one) - rank(other));
  if (!finding) return undefined;
  if (others.length === 0) return finding;
  const evidence = [...finding.evidence, ...others.flatMap((one) => one.evidence)];
  // What another site says may come to count: it changes when the first of them does.
  const validUntil = earliest(bySite.map((one) => one.validUntil));
  return { ...finding, evidence, ...(validUntil === undefined ? {} : { validUntil }) };
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
