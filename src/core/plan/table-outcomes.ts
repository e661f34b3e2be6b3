import type { TableFinding } from '../model/verdict.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Action } from '../pathway/decisions.schema.ts';
import { goesOn } from './action-steps.ts';
import { nextStep, type Occasion, sessionOf, takeAction } from './actions.ts';
import { newestIn } from './alerts.ts';
import { TABLE } from './asked-decisions.ts';
import { isDelayed } from './delays.ts';
import type { Draft } from './draft.ts';
import { decideIntervals } from './intervals.ts';
import { liveOverride } from './overrides.ts';
import { citedIn, idOf } from './scope.ts';
import { tableAt } from './tables.ts';

/** What the table at a stage's gate answers, where that does not let the plan on and nobody has set it aside. */
export interface ClosedTable {
  readonly finding: TableFinding;
  /** What follows; absent: it has no answer. */
  readonly action?: Action;
}

export function closedTable(
  { pathway, state, now }: Pick<Draft, 'pathway' | 'state' | 'now'>,
  stage: StageDefinition,
): ClosedTable | undefined {
  const found = tableAt(pathway, state, stage, now);
  if (!found) return undefined;
  const { finding, outcomes } = found;
  if (finding.answer === undefined) return { finding };
  const action = outcomes[finding.answer];
  const about = {
    id: idOf(stage.stage, finding.rule, undefined),
    cites: citedIn(pathway, finding.evidence),
    result: 'met' as const,
    now,
  };
  if (!action || goesOn(action) || liveOverride(state.overrides, about)) return undefined;
  return { finding, action };
}

/** Where the answer is written, and what it is about. */
export const occasionOfTable = (
  { rule, answer, title }: TableFinding,
  { stage, title: what }: StageDefinition,
): Occasion => ({
  written: `${TABLE}${rule}/${answer}`,
  why: `${what}. ${title}: ${answer}.`,
  at: 'gate',
  stage,
  about: `${TABLE}${rule}/${answer}`,
  scope: `${TABLE}${rule}/${answer}`,
});

/** Whether the gate is closed by its day alone: then it was asked too soon for anything to follow from the table. */
export const isTooSoon = (
  { pathway, state, now }: Pick<Draft, 'pathway' | 'state' | 'now'>,
  stage: StageDefinition,
): boolean =>
  isDelayed(pathway, state, stage.stage, now) ||
  decideIntervals(pathway, state, stage, now).some(({ result }) => result === 'too early');

/**
 * Does what follows from the table's answer, when the gate was asked: once for the same evidence, so that asking again
 * changes nothing. By the day on which the gate may be asked its facts may be others.
 */
export function actOnTable(draft: Draft, stage: StageDefinition): void {
  const { state } = draft;
  const closed = closedTable(draft, stage);
  if (!closed?.action || isTooSoon(draft, stage)) return;
  const { finding, action } = closed;
  const occasion = occasionOfTable(finding, stage);
  if (nextStep(state, action, occasion).step.do === 'ask') return;
  const key = `acted/${occasion.written}/${sessionOf(state, stage.stage)}`;
  const newest = newestIn(state, finding.evidence);
  if (state.actionCounts[key] === newest) return;
  draft.state = { ...state, actionCounts: { ...state.actionCounts, [key]: newest } };
  takeAction(draft, action, occasion);
}
