import type { Instant } from '../core/model/primitives.schema.ts';
import type { DecisionDefinition } from '../core/pathway/decisions.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { readAt } from '../core/plan/judging.ts';
import type { PlanState, Question } from '../core/plan/plan-state.schema.ts';
import type { DecidedView, QuestionView } from './question-rows.schema.ts';

/** What a plan asks people, and what they have said. */

export const questionsOf = (pathway: Pathway, state: PlanState, now: Instant): QuestionView[] =>
  Object.entries(state.questions).flatMap(([id, question]) => {
    const { answer, askedIn: _in, ...asked } = question;
    if (answer !== undefined) return [];
    const decision = asked.decision === undefined ? undefined : pathway.decision(asked.decision);
    const { dueAt, pausedAt } = state.waits[`question/${id}`] ?? {};
    const notKnown = (decision?.needs ?? []).filter((fact) => !isKnown(pathway, state, { fact, now }));
    const stillAsked = waitsFor(question, decision);
    return [{ id, ...asked, by: decision?.by, stillAsked, notKnown, dueAt, pausedAt }];
  });

/** Of a fact by area, in every site of which somebody told. */
function isKnown(pathway: Pathway, state: PlanState, { fact, now }: { fact: string; now: Instant }): boolean {
  const readings = readAt(pathway, state, now, { fact });
  return readings.length > 0 && readings.every(({ known }) => known);
}

/**
 * The roles that have not voted. Where all have, and it is open all the same, they differ: then it waits for the role
 * that decides a tie, or for all of them to agree.
 */
function waitsFor({ roles, votes }: Question, decision: DecisionDefinition | undefined): string[] {
  const silent = roles.filter((role) => votes.every((vote) => vote.role !== role));
  if (silent.length > 0) return silent;
  const tie = decision?.by.kind === 'board' ? decision.by.tie : undefined;
  return tie === undefined ? [...roles] : [tie];
}

export const decidedOf = ({ questions }: PlanState): DecidedView[] =>
  Object.entries(questions).flatMap(([id, { title, rule, decision, stage, area, about, answer }]) =>
    answer ? [{ id, title, rule, decision, stage, area, about, ...answer }] : [],
  );
