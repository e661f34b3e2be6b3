import type { Action } from '../pathway/decisions.schema.ts';
import { type Occasion, takeAction } from './actions.ts';
import { goOnAfterExit } from './after-exit.ts';
import { ALERT, REVIEWED, REVISED, TABLE } from './asked-decisions.ts';
import type { Draft } from './draft.ts';
import { RETURN } from './exits.ts';
import { REVIEW } from './phases.ts';
import { LATE } from './placed-interval.ts';
import type { PlanState, Question } from './plan-state.schema.ts';
import { keepTaken, rootOf } from './questions.ts';
import { isBeforeSession } from './session-decisions.ts';
import { titled } from './titled.ts';

/** What follows from the answer to a question: of a decision, what its outcome leads to. */
export function actOn(draft: Draft, id: string, outcome: string): void {
  const question = draft.state.questions[id];
  if (!question) return;
  if (id.startsWith(REVIEW)) {
    if (outcome === RETURN) goOnAfterExit(draft, question.title);
    return;
  }
  const { decision, rest } = question;
  const action =
    rest?.action ?? (decision === undefined ? undefined : draft.pathway.decision(decision).outcomes[outcome]);
  if (action) actOnDecision(draft, id, { action, outcome });
}

/** What an outcome leads to counts for the question with which it began: that is what the plan waits for. */
export function actOnDecision(
  draft: Draft,
  id: string,
  { action, outcome }: { readonly action: Action; readonly outcome: string },
): void {
  const question = draft.state.questions[id];
  if (!question) return;
  const took = takeAction(draft, action, occasionOf(draft, id, question, outcome));
  keepTaken(draft, id, took);
}

/** On what an outcome is acted. */
export function occasionOf({ state }: Draft, id: string, question: Question, outcome: string): Occasion {
  const { title, rest } = question;
  const rootId = rootOf(state, id);
  const root = state.questions[rootId] ?? question;
  return {
    written: rest?.written ?? `decision/${question.decision}/${outcome}`,
    why: titled(title, `Decided: ${outcome}.`),
    at: atOf(rootId, root),
    stage: root.stage,
    about: id,
    scope: root.about,
    ...askedBy(state, id),
  };
}

/** Of a choice that was made on the way, what led to it: should that be put off, it is asked again, not the choice. */
function askedBy({ questions }: Pick<PlanState, 'questions'>, id: string): Pick<Occasion, 'question'> {
  const question = questions[id];
  if (!question) return {};
  const { decision = '', about, alsoFor, track, rest } = question;
  if (!rest) return { question: { id, decision, about, alsoFor, track } };
  return Object.hasOwn(questions, about) ? askedBy({ questions }, about) : {};
}

function atOf(id: string, { about }: Question): Occasion['at'] {
  if (id.startsWith(LATE) || about.startsWith(TABLE) || isBeforeSession(about)) return 'gate';
  return [ALERT, REVIEWED, REVISED].some((prefix) => about.startsWith(prefix)) ? 'alert' : 'phase';
}
