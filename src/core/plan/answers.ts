import type { EventOf, PlanEvent } from '../model/event.schema.ts';
import type { DecisionDefinition } from '../pathway/decisions.schema.ts';
import { COORDINATOR, PATIENT_ROLES } from '../pathway/roles.ts';
import { deciderOf, hasQuorum, outcomeOf, withVote } from './boards.ts';
import { raiseDeviation } from './deviation.ts';
import { type Draft, tell, write } from './draft.ts';
import { takeChoice } from './make-choice.ts';
import { askForNeeded, reasonsOf, unknownOf } from './needed-facts.ts';
import { refusedChoice } from './offers.ts';
import { actOn } from './outcomes.ts';
import type { PlanState, Question, Vote } from './plan-state.schema.ts';
import { passOnQuestion, waitOf } from './questions.ts';
import { type Refusal, refuse } from './refusal.ts';
import { answerOf } from './tables.ts';
import { titled } from './titled.ts';
import { closeWait } from './waits.ts';

type Decide = EventOf<'decide'> & Pick<PlanEvent, 'actor'>;

/** Takes the word of somebody whom the border knows to be of a role that is asked, or to write down a patient's. */
export function answerQuestion(draft: Draft, event: Decide): Refusal | undefined {
  const id = event.data.question;
  const question = draft.state.questions[id];
  if (!question) return undefined;
  if (question.answer) {
    const { at, outcome, votes } = question.answer;
    const who = votes.map(({ by }) => by).join(', ') || 'Nobody';
    return refuse('CC3007', `${who} answered ${outcome} at ${at}.`, []);
  }
  const decision = question.decision === undefined ? undefined : draft.pathway.decision(question.decision);
  if (decision?.by.kind === 'table' && decision.by.roles.length === 0)
    return refuseForTable(draft, decision, question);
  const needed = decision && decision.by.kind !== 'table' ? unknownOf(draft, decision, question) : [];
  if (needed.length > 0) {
    askForNeeded(draft, needed, question.title);
    const facts = needed.map(({ fact }) => fact).join(', ');
    return refuse(
      'CC3009',
      titled(question.title, `It cannot be decided before it is known: ${facts}.`),
      reasonsOf(needed),
    );
  }
  const refused = refusedChoice(draft, question, event.data.outcome);
  if (refused) return refused;
  const by = deciderOf(decision?.by, question);
  const vote = voteOf(draft, question, event);
  const votes = withVote(by, question.votes, vote);
  keep(draft, id, { ...question, votes });
  const outcome = outcomeOf(by, votes, isDue(draft, id));
  // What most have voted for may be offered no more.
  if (outcome === undefined || refusedChoice(draft, question, outcome)) leaveOpen(draft, id, vote);
  else conclude(draft, id, outcome);
  return undefined;
}

/** Nobody decides in the place of a table: what it needs to know is asked for. */
function refuseForTable(
  draft: Draft,
  decision: DecisionDefinition,
  question: Pick<Question, 'stage' | 'title'>,
): Refusal {
  const needed = unknownOf(draft, decision, question);
  const facts = needed.map(({ fact }) => fact).join(', ');
  const once = facts ? `, once it is known: ${facts}` : '';
  const says = titled(question.title, `A table decides it${once}.`);
  return refuse('CC3009', says, reasonsOf(needed));
}

/** What was decided, by these votes, and what follows from it. */
function conclude(draft: Draft, id: string, outcome: string): void {
  const question = draft.state.questions[id];
  if (!question) return;
  answer(draft, id, outcome);
  const { title, votes } = question;
  const says = titled(title, `The ${rolesOf(votes)} answered: ${outcome}`);
  write(draft, { kind: 'question.answered', says, details: { id, outcome, votes } });
  takeChoice(draft, id, outcome);
  measureByTable(draft, question, outcome);
  actOn(draft, id, outcome);
}

/** Somebody has confirmed a table: what is less cautious than its answer is looked at. */
function measureByTable(draft: Draft, { decision: name, stage, title }: Question, outcome: string): void {
  const by = name === undefined ? undefined : draft.pathway.decision(name).by;
  if (by?.kind !== 'roles' || by.confirms === undefined) return;
  const table = answerOf(draft, by.confirms, draft.pathway.stage(stage ?? ''));
  const { answers } = draft.pathway.table(by.confirms);
  if (table?.answer === undefined || answers.indexOf(outcome) <= answers.indexOf(table.answer)) return;
  const says = titled(title, `Decided: ${outcome}, and its table says ${table.answer}`);
  const reason = { invariant: 'phase' as const, says, table, clears: [] };
  raiseDeviation(draft, {
    code: 'decided-against-table',
    says,
    reasons: [reason],
    about: `decision/${name}`,
  });
}

/** At its due time a board's tie is broken by whoever breaks it, if they have voted; not while what it needs is unknown. */
export function breakTie(draft: Draft, id: string): void {
  const question = draft.state.questions[id];
  if (!question || question.answer || question.decision === undefined || !isDue(draft, id)) return;
  const decision = draft.pathway.decision(question.decision);
  const { by } = decision;
  const outcome = by.kind === 'board' ? outcomeOf(by, question.votes, true) : undefined;
  if (outcome === undefined || refusedChoice(draft, question, outcome)) return;
  const needed = unknownOf(draft, decision, question);
  if (needed.length > 0) askForNeeded(draft, needed, question.title);
  else conclude(draft, id, outcome);
}

/** Its time is over, and no hold has stopped its clock. */
export function isDue({ state, now }: Draft, id: string): boolean {
  const wait = state.waits[waitOf(id)];
  return wait !== undefined && wait.pausedAt === undefined && wait.dueAt <= now;
}

/** Nobody is asked any more; what is decided stays with every vote that was cast. */
export function answer(
  draft: Draft,
  id: string,
  outcome: string,
  how: Pick<NonNullable<Question['answer']>, 'isUnknown'> = {},
): void {
  const question = draft.state.questions[id];
  if (!question) return;
  const { votes } = question;
  keep(draft, id, { ...question, answer: { outcome, at: draft.now, votes, ...how } });
  closeWait(draft, waitOf(id));
}

function keep(draft: Draft, id: string, question: Question): void {
  draft.state = { ...draft.state, questions: { ...draft.state.questions, [id]: question } };
}

function voteOf({ state, now }: Draft, question: Question, { data, actor }: Decide): Vote {
  const { outcome, note } = data;
  const role = data.role ?? roleOf(question, actor);
  const cast = { role, outcome, at: now, ...(note ? { note } : {}) };
  // One person is one voice, whichever of their own roles they speak in.
  if (actor.roles.includes(role) || !PATIENT_ROLES.includes(role)) return { ...cast, by: actor.id };
  return { ...cast, by: speakerOf(state, role), recordedBy: actor.id };
}

/** Of the roles that they have, the one in which they voted before, or one whose word is missing yet. */
function roleOf({ roles, votes }: Question, actor: PlanEvent['actor']): string {
  const theirs = roles.filter((role) => actor.roles.includes(role) && !PATIENT_ROLES.includes(role));
  const before = votes.find(({ by, role }) => by === actor.id && theirs.includes(role))?.role;
  const missing = theirs.find((role) => !votes.some((vote) => vote.role === role));
  return before ?? missing ?? theirs[0] ?? COORDINATOR;
}

/** A guardian is known by no name here. */
const speakerOf = ({ patient }: PlanState, role: string): string => (role === 'patient' ? patient : role);

/** Not decided yet. Who differs is told so, and a board's tie waits for whoever breaks it. */
function leaveOpen(draft: Draft, id: string, vote: Vote): void {
  const question = draft.state.questions[id];
  if (!question) return;
  const { title, votes } = question;
  const says = titled(title, `The ${vote.role} said: ${vote.outcome}`);
  write(draft, { kind: 'question.voted', says, details: { id, vote } });
  passOnQuestion(draft, id, question);
  if (new Set(votes.map(({ outcome }) => outcome)).size < 2) return;
  const by = deciderOf(
    question.decision === undefined ? undefined : draft.pathway.decision(question.decision).by,
    question,
  );
  const tie = by.kind === 'board' && hasQuorum(by, votes) ? by.tie : undefined;
  const said = votes.map(({ role, outcome }) => `${role}: ${outcome}`).join(', ');
  const roles = [...votes.map(({ role }) => role), ...(tie === undefined ? [] : [tie])];
  tell(draft, { roles, subject: title, says: `Not agreed: ${said}` });
}

const rolesOf = (votes: readonly Vote[]): string =>
  [...new Set(votes.map(({ role }) => role))].join(' and the ');
