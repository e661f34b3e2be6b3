import type { Instant } from '../model/primitives.schema.ts';
import type { StepDone } from '../pathway/decisions.schema.ts';
import { staffOf } from '../pathway/roles.ts';
import { missingRoles } from './boards.ts';
import { type Draft, tell, write } from './draft.ts';
import { anchorOf } from './due-anchors.ts';
import { LATE } from './placed-interval.ts';
import type { PlanState, Question } from './plan-state.schema.ts';
import { titled } from './titled.ts';
import { askAnew, closeWait, dueAfter, openWait } from './waits.ts';

/**
 * What the plan asks of a role, and cannot go on without. A question has an owner, a due time and a ladder like any
 * other wait (S6). It is closed without an answer when what it is about is no more; what was answered stays.
 */

export type QuestionToAsk = Omit<Question, 'askedAt' | 'askedIn' | 'votes' | 'answer'>;

export const waitOf = (question: string): string => `question/${question}`;

/**
 * Asks once: a question that is open, or has been answered, is left as it is.
 * @param dueAt - by the decision that it is, or by the clinic's file, when absent
 */
export function askQuestion(draft: Draft, id: string, question: QuestionToAsk, dueAt?: Instant): void {
  const { state, now } = draft;
  if (Object.hasOwn(state.questions, id)) return;
  const { title, roles } = question;
  const asked = { ...question, askedAt: now, askedIn: state.chart, votes: [] };
  draft.state = { ...state, questions: { ...state.questions, [id]: asked } };
  openWait(draft, waitOf(id), waitFor(draft, id, asked, dueAt));
  write(draft, {
    kind: 'question.asked',
    says: titled(title, `Asked: the ${roles.join(' and the ')}.`),
    details: { id, question },
  });
  if (isByTable(draft, question)) return;
  tell(draft, { roles, subject: title, says: `Please decide: ${question.outcomes.join(' or ')}` });
}

/** A table may have its answer already: whom it waits for is told once it has none. */
const isByTable = ({ pathway }: Draft, { decision }: Pick<Question, 'decision'>): boolean =>
  decision !== undefined && pathway.decision(decision).by.kind === 'table';

/** An answer to a latest day that has passed is waited for whatever holds the stage: it says what becomes of it. */
function waitFor(draft: Draft, id: string, question: Question, dueAt: Instant | undefined) {
  const { pathway } = draft;
  const { title, stage, decision: name } = question;
  const decision = name === undefined ? undefined : pathway.decision(name);
  const asked = decision?.due ?? { to: pathway.clinic.waits.deviation, after: 'asked' as const };
  const isClocked = decision !== undefined && stage !== undefined && !id.startsWith(LATE);
  return {
    kind: 'question' as const,
    title,
    owner: ownerOf(question),
    ladder: decision?.ladder ?? pathway.defaultLadder,
    dueAt: dueAt ?? dueAfter(pathway, anchorOf(draft, asked.after, stage), asked.to),
    ...(isClocked ? { stage } : {}),
  };
}

/** The first whose word is missing; what a patient says somebody has to write down. */
export function ownerOf({ roles, votes }: Pick<Question, 'roles' | 'votes'>): string {
  return staffOf(missingRoles({ roles }, votes));
}

/** Somebody has given their word: whoever else is asked owns it now, and has no more time for that. */
export function passOnQuestion(draft: Draft, id: string, question: Question): void {
  const wait = draft.state.waits[waitOf(id)];
  const owner = ownerOf(question);
  if (wait && wait.owner !== owner) askAnew(draft, waitOf(id), { ...wait, owner });
}

/**
 * The questions of one kind, as they should stand now: asks those that are not there, and closes those that are
 * open and no longer wanted.
 * @param prefix - what the ids of this kind begin with
 */
export function keepQuestions(
  draft: Draft,
  prefix: string,
  wanted: ReadonlyMap<string, QuestionToAsk>,
): void {
  closeQuestions(draft, (id) => id.startsWith(prefix) && !wanted.has(id));
  for (const [id, question] of wanted) askQuestion(draft, id, question);
}

/** The question with which it began: a decision that another led to answers that one. */
export function rootOf({ questions }: Pick<PlanState, 'questions'>, id: string): string {
  const about = questions[id]?.about;
  return about !== undefined && Object.hasOwn(questions, about) ? rootOf({ questions }, about) : id;
}

/** What was taken on an answer, and on the question with which it began: that is what the plan waits for. */
export function keepTaken(draft: Draft, id: string, took: StepDone): void {
  for (const one of new Set([id, rootOf(draft.state, id)])) {
    const question = draft.state.questions[one];
    if (!question?.answer) continue;
    const taken = { ...question, answer: { ...question.answer, took } };
    draft.state = { ...draft.state, questions: { ...draft.state.questions, [one]: taken } };
  }
}

/** Closes the open questions that `isOver` names; what an alert asks too is asked still, with the votes that were cast. */
export function closeQuestions(draft: Draft, isOver: (id: string, question: Question) => boolean): void {
  for (const [id, question] of Object.entries(draft.state.questions)) {
    if (question.answer !== undefined || !isOver(id, question) || isHandedBack(draft, id)) continue;
    const { [id]: _closed, ...questions } = draft.state.questions;
    draft.state = { ...draft.state, questions };
    closeWait(draft, waitOf(id));
    write(draft, { kind: 'question.closed', says: `No longer asked: ${question.title}`, details: { id } });
  }
}

/** The question itself, or one that led to it, which an alert asks beside what else asks it. */
export function sharedWithAlert({ questions }: Pick<PlanState, 'questions'>, id: string): string | undefined {
  const question = questions[id];
  if (question?.alsoFor !== undefined) return id;
  const before = question?.about;
  return before !== undefined && Object.hasOwn(questions, before)
    ? sharedWithAlert({ questions }, before)
    : undefined;
}

/** What an alert asked too is the alert's alone again, and with it what it has led to. */
function isHandedBack(draft: Draft, id: string): boolean {
  const { questions } = draft.state;
  const shared = sharedWithAlert(draft.state, id);
  const question = shared === undefined ? undefined : questions[shared];
  if (shared === undefined || question?.alsoFor === undefined) return false;
  const { alsoFor, stage: _left, ...of } = question;
  draft.state = { ...draft.state, questions: { ...questions, [shared]: { ...of, about: alsoFor } } };
  return true;
}

/**
 * What was asked and answered about this before stands in the journal, with how often something was done about it: a plan
 * that comes round again without a limit would carry along all of it.
 */
export function forgetAnswered(draft: Draft, about: string): void {
  const { questions, actionCounts } = draft.state;
  const isOf = (id: string): boolean => questions[rootOf({ questions }, id)]?.about === about;
  const kept = Object.entries(questions).filter(([id, { answer }]) => !answer || !isOf(id));
  const counts = Object.entries(actionCounts).filter(([key]) => !key.includes(`/${about}/`));
  if (kept.length === Object.keys(questions).length) return;
  draft.state = {
    ...draft.state,
    questions: Object.fromEntries(kept),
    actionCounts: Object.fromEntries(counts),
  };
}
