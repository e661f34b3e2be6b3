import type { TableFinding } from '../model/verdict.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Action } from '../pathway/decisions.schema.ts';
import { changeOnTheWay, nextStep, type Occasion, takeAction } from './actions.ts';
import { newestIn } from './alerts.ts';
import { isDelayed, isDelayedByTable, liftDelay } from './delays.ts';
import type { Draft } from './draft.ts';
import { decideIntervals } from './intervals.ts';
import { takeBack } from './levels.ts';
import { asNext } from './listed-sessions.ts';
import type { PlanState } from './plan-state.schema.ts';
import { sessionOf } from './progress.ts';
import { answerAt, type CountingAnswer } from './table-answers.ts';
import { writtenOf } from './tables.ts';

/** What the table at a stage's gate answers, where that does not let the plan on and nobody has set it aside. */
export interface ClosedTable {
  readonly finding: TableFinding;
  /** What follows; absent: it has no answer. */
  readonly action?: Action;
}

export function closedTable(
  plan: Pick<Draft, 'pathway' | 'state' | 'now'>,
  stage: StageDefinition,
): ClosedTable | undefined {
  const answered = answerAt(plan, stage);
  if (!answered || answered.lets) return undefined;
  const { finding, action } = answered;
  if (finding.answer === undefined) return { finding };
  return action ? { finding, action } : undefined;
}

/** Where the answer is written, and what it is about. */
export function occasionOfTable(
  { rule, answer, title }: Pick<TableFinding, 'rule' | 'answer' | 'title'>,
  { stage, title: what }: StageDefinition,
): Occasion {
  const written = writtenOf(rule, answer);
  const why = `${what}. ${title}: ${answer}.`;
  return { written, why, at: 'gate', stage, about: written, scope: written };
}

/**
 * The gate opens on an answer: what that changes is changed, once for each session, however often its gate is asked.
 * What another answer had changed for this session alone is taken back.
 */
export function changeOnAnswer(
  draft: Draft,
  stage: StageDefinition,
  { finding, lets }: CountingAnswer,
): void {
  if (!lets) return;
  const occasion = occasionOfTable({ ...finding, answer: lets.answer }, stage);
  const { written, why } = occasion;
  takeBack(draft, { written, stage: stage.stage, why });
  changeOnTheWay(draft, nextStep(draft, lets.action, occasion).before, occasion);
}

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
  const { step, before } = nextStep(draft, action, occasion);
  // Whoever is asked has been by now: it is a task of the gate.
  if (step.do === 'ask') {
    changeOnTheWay(draft, before, occasion);
    return;
  }
  const key = actedOn(state, stage, occasion.written);
  const newest = newestIn(state, finding.evidence);
  if (state.actionCounts[key] === newest) return;
  draft.state = { ...state, actionCounts: { ...state.actionCounts, [key]: newest } };
  takeAction(draft, action, occasion);
}

const actedOn = (state: PlanState, { stage }: StageDefinition, written: string): string =>
  `acted/${written}/${sessionOf(state, stage)}`;

/**
 * A table whose answer somebody has set aside keeps no gate waiting. Should its own answer count again, it tells the gate
 * to wait anew when that is asked, be it on the same evidence.
 */
export function liftDelays(draft: Draft): void {
  for (const defined of draft.pathway.stages) {
    if (!isDelayedByTable(draft.state, defined.stage)) continue;
    const stage = asNext(draft.pathway, draft.state, defined);
    const answered = answerAt(draft, stage);
    if (answered?.lets?.override === undefined || answered.lets.isStricter) continue;
    liftDelay(draft, stage.stage);
    const { rule, answer } = answered.finding;
    const { [actedOn(draft.state, stage, writtenOf(rule, answer))]: _lifted, ...actionCounts } =
      draft.state.actionCounts;
    draft.state = { ...draft.state, actionCounts };
  }
}
