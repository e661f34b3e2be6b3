import type { EventOf, PlanEvent } from '../model/event.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { type Draft, tell, write } from './draft.ts';
import type { Answer } from './outcome.schema.ts';
import type { Question } from './plan-state.schema.ts';
import { closeWait, dueAfter, openWait } from './waits.ts';

/**
 * What the plan asks of a role, and cannot go on without. A question has an owner, a due time and a ladder like any
 * other wait (S6). It is closed without an answer when what it is about is no more; what was answered stays.
 */

export type QuestionToAsk = Omit<Question, 'askedAt' | 'askedIn' | 'votes' | 'answer'>;

const waitOf = (question: string): string => `question/${question}`;

/** Asks once: a question that is open, or has been answered, is left as it is. */
export function askQuestion(draft: Draft, id: string, question: QuestionToAsk): void {
  const { state, pathway, now } = draft;
  if (Object.hasOwn(state.questions, id)) return;
  const { title, roles } = question;
  const asked = { ...question, askedAt: now, askedIn: state.chart, votes: [] };
  draft.state = { ...state, questions: { ...state.questions, [id]: asked } };
  openWait(draft, waitOf(id), {
    kind: 'question',
    title,
    owner: roles[0] ?? COORDINATOR,
    ladder: pathway.defaultLadder,
    dueAt: dueAfter(pathway, now, pathway.clinic.waits.deviation),
  });
  write(draft, {
    kind: 'question.asked',
    says: `${title} Asked: the ${roles.join(' and the ')}.`,
    details: { id, question },
  });
  tell(draft, { roles, subject: title, says: `Please decide: ${question.outcomes.join(' or ')}` });
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

/** Closes the open questions that `isOver` names. */
export function closeQuestions(draft: Draft, isOver: (id: string) => boolean): void {
  for (const [id, question] of Object.entries(draft.state.questions)) {
    if (question.answer !== undefined || !isOver(id)) continue;
    const { [id]: _closed, ...questions } = draft.state.questions;
    draft.state = { ...draft.state, questions };
    closeWait(draft, waitOf(id));
    write(draft, { kind: 'question.closed', says: `No longer asked: ${question.title}`, details: { id } });
  }
}

/** Takes the answer of somebody whom the border knows to be of the role that is asked. */
export function answerQuestion(
  draft: Draft,
  { data, actor }: EventOf<'decide'> & Pick<PlanEvent, 'actor'>,
): Extract<Answer, { outcome: 'refused' }> | undefined {
  const { state, now } = draft;
  const question = state.questions[data.question];
  if (!question) return undefined;
  if (question.answer) {
    const { at, outcome, votes } = question.answer;
    const says = `${votes.map(({ by }) => by).join(', ')} answered ${outcome} at ${at}.`;
    return { outcome: 'refused', code: 'CC3007', says, reasons: [] };
  }
  const { outcome, note } = data;
  const role = question.roles.find((one) => actor.roles.includes(one)) ?? COORDINATOR;
  const vote = { role, by: actor.id, outcome, at: now, ...(note ? { note } : {}) };
  const answer = { outcome, at: now, votes: [vote] };
  const questions = { ...state.questions, [data.question]: { ...question, votes: [vote], answer } };
  draft.state = { ...state, questions };
  closeWait(draft, waitOf(data.question));
  const says = `${question.title} The ${role} answered: ${outcome}`;
  write(draft, { kind: 'question.answered', says, details: { id: data.question, answer } });
  return undefined;
}
