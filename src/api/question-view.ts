import type { Instant } from '../core/model/primitives.schema.ts';
import type { DecisionDefinition } from '../core/pathway/decisions.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { missingRoles } from '../core/plan/boards.ts';
import { unknownOf } from '../core/plan/needed-facts.ts';
import type { PlanState, Question } from '../core/plan/plan-state.schema.ts';
import type { DecidedView, QuestionView } from './question-rows.schema.ts';

/** What a plan asks people, and what they have said. */

export const questionsOf = (pathway: Pathway, state: PlanState, now: Instant): QuestionView[] =>
  Object.entries(state.questions).flatMap(([id, question]) => {
    const { roles, outcomes, votes, askedAt, putOffTo } = question;
    if (question.answer !== undefined) return [];
    const decision = question.decision === undefined ? undefined : pathway.decision(question.decision);
    const { dueAt, pausedAt } = state.waits[`question/${id}`] ?? {};
    const needed = decision ? unknownOf({ pathway, state, now }, decision, question) : [];
    const notKnown = needed.map(({ fact }) => fact);
    const stillAsked = waitsFor(question, decision);
    const told = { roles, outcomes, votes, askedAt, by: decision?.by, stillAsked, notKnown, putOffTo };
    return [{ id, ...aboutOf(question), ...told, dueAt, pausedAt }];
  });

/** What a question is about, open or answered. */
const aboutOf = ({ title, rule, decision, stage, track, area, about }: Question) => ({
  title,
  rule,
  decision,
  stage,
  track,
  area,
  about,
});

/**
 * The roles that have not voted. Where all have, and it is open all the same, they differ: then it waits for the role
 * that decides a tie, or for all of them to agree.
 */
function waitsFor({ roles, votes }: Question, decision: DecisionDefinition | undefined): string[] {
  const silent = missingRoles({ roles }, votes);
  if (silent.length > 0) return silent;
  const tie = decision?.by.kind === 'board' ? decision.by.tie : undefined;
  return tie === undefined ? [...roles] : [tie];
}

export const decidedOf = (pathway: Pathway, { questions }: PlanState): DecidedView[] =>
  Object.entries(questions).flatMap(([id, question]) => {
    if (!question.answer) return [];
    const { outcome, at, votes, isUnknown } = question.answer;
    const by = question.decision === undefined ? undefined : pathway.decision(question.decision).by;
    const table = by?.kind === 'table' && votes.length === 0 ? by.table : undefined;
    return [{ id, ...aboutOf(question), outcome, at, table, isUnknown, votes }];
  });
