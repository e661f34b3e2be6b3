import type { EventOf, PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { Decider, DecisionDefinition } from '../../../src/core/pathway/decisions.schema.ts';
import type { PlanState, Question } from '../../../src/core/plan/plan-state.schema.ts';
import type { Account } from './account.ts';
import { must, same } from './breach.ts';

interface Word {
  readonly person: string;
  readonly role: string;
  readonly outcome: string;
}

type Decide = PlanEvent & EventOf<'decide'>;

export const NO_QUORUM = 'no-quorum';
const FAMILY = ['patient', 'guardian'];
const isStaff = ({ actor }: PlanEvent): boolean =>
  actor.roles.some((role) => ![...FAMILY, 'service'].includes(role));

/** Roles in which somebody may answer: their own, and, for staff, that of a patient who told them. */
export function rolesOf(event: Decide, { roles }: Pick<Question, 'roles'>): string[] {
  const { role } = event.data;
  const own = roles.filter((one) => event.actor.roles.includes(one));
  const told = isStaff(event) ? roles.filter((one) => FAMILY.includes(one)) : [];
  if (role === undefined) return own;
  return [...own, ...told].filter((one) => one === role);
}

/** Who decides what, by whose votes, and when it is decided, said again. */
export class Decisions {
  readonly #account: Account;
  /** By question, every word that was given, in its order. */
  readonly #words = new Map<string, Word[]>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** Whether the facts are known without which nobody can decide. */
  isReady({ needs }: DecisionDefinition, now: string): boolean {
    const knowledge = this.#account.knowledge(now);
    return needs.every((fact) => knowledge.reading(fact).isKnown);
  }

  /** Takes a vote. @returns the outcome, once it is decided */
  vote(
    event: Decide,
    { before, state: { questions, now } }: { readonly before: PlanState; readonly state: PlanState },
    saw: (what: string) => void,
  ): string | undefined {
    const { question: id, outcome } = event.data;
    const question = questions[id];
    const decision = this.#account.terms.decision(question?.decision ?? '');
    if (!question || !decision) return undefined;
    const kept = (question.answer?.votes ?? question.votes).find(
      (one) =>
        one.outcome === outcome &&
        (one.by === event.actor.id || one.recordedBy === event.actor.id) &&
        rolesOf(event, question).includes(one.role),
    );
    must(kept !== undefined, () => `S7: the vote of ${event.actor.id} on ${id} is kept`);
    if (!kept) return undefined;
    const isOwn = event.actor.roles.includes(kept.role);
    must(isOwn || kept.recordedBy === event.actor.id, 'a word that was told says who wrote it down');
    const person = isOwn && kept.recordedBy === undefined ? event.actor.id : kept.role;
    const words = [...(this.#words.get(id) ?? []), { person, role: kept.role, outcome }];
    this.#words.set(id, words);
    const { by } = decision;
    const wait = before.waits[`question/${id}`];
    const isOver = wait !== undefined && wait.dueAt <= now;
    // Its time had gone out before the word was given.
    if (decision.noQuorum && question.answer?.outcome === NO_QUORUM) return undefined;
    const decided = new Set(readings(by, words).map((votes) => outcomeOf(by, votes, isOver)));
    const [only] = decided;
    if (decided.size === 1)
      must(
        question.answer?.outcome === only,
        () => `${id} is decided ${only}, and not ${question.answer?.outcome}`,
      );
    else must(decided.has(question.answer?.outcome), () => `${id} is decided by nobody`);
    saw(question.answer ? `decided by ${by.kind}` : `vote of ${by.kind}`);
    return question.answer?.outcome;
  }

  /** Whether enough have given their word, however they are read. */
  hasQuorum(id: string, { by }: DecisionDefinition): boolean {
    return readings(by, this.#words.get(id) ?? []).some((votes) => isQuorum(by, votes));
  }

  /** Of a board whose time is over, what its tie decides. */
  decidedAtLast(id: string, { by }: DecisionDefinition): string | undefined {
    const [votes = []] = readings(by, this.#words.get(id) ?? []);
    return by.kind === 'board' ? outcomeOf(by, votes, true) : undefined;
  }

  #tellOfBoards({ questions }: PlanState, saw: (what: string) => void): void {
    for (const { decision, answer } of Object.values(questions)) {
      if (!answer || this.#account.terms.decision(decision ?? '')?.by.kind !== 'board') continue;
      const votes = answer.votes ?? [];
      const agreed = votes.filter(({ outcome }) => outcome === answer.outcome).length;
      if (answer.outcome === NO_QUORUM) saw('board without a quorum');
      else if (2 * agreed <= votes.length) saw('board decided by its tie');
      else if (agreed < votes.length) saw('board decided against dissent');
    }
  }

  /** Every decision that is asked is asked of those who decide it, and without a quorum no longer than its time. */
  look(state: PlanState, now: string, saw: (what: string) => void): void {
    this.#tellOfBoards(state, saw);
    const open = Object.entries(state.questions).filter(([, { answer }]) => answer === undefined);
    for (const [id, question] of open) {
      const decision = this.#account.terms.decision(question.decision ?? '');
      if (question.decision === undefined) continue;
      must(decision !== undefined, () => `${id} asks a decision that there is not`);
      if (!decision) continue;
      must(
        same([...decision.by.roles].sort(), [...question.roles].sort()),
        `${id} is asked of those who decide`,
      );
      must(
        same(Object.keys(decision.outcomes).sort(), [...question.outcomes].sort()),
        () => `${id} offers what its decision offers`,
      );
      const wait = state.waits[`question/${id}`];
      const isReady = this.isReady(decision, now);
      const mayWait = !isReady && mayGoOn(decision);
      if (decision.noQuorum && !mayWait && !this.hasQuorum(id, decision) && wait?.pausedAt === undefined)
        must(wait !== undefined && wait.dueAt > now, () => `${id} has no quorum, and its time is over`);
      if (wait !== undefined && wait.dueAt <= now && wait.pausedAt === undefined && isReady)
        must(this.decidedAtLast(id, decision) === undefined, () => `${id} is tied, and its time is over`);
      saw('decision asked');
    }
    const { course } = this.#account;
    if (course.isOver || course.leave) return;
    for (const decision of course.decisionsOf(course.chart))
      must(
        course.went.has(decision) || open.some(([, question]) => question.decision === decision),
        () => `S6: in ${course.chart} nobody is asked for ${decision}`,
      );
  }
}

/** Without a quorum nobody goes on while it is unknown what the decision needs. */
const mayGoOn = ({ noQuorum = [] }: DecisionDefinition): boolean =>
  noQuorum.some((step) => step.do === 'go') || noQuorum.every((step) => 'atMost' in step);

/** As the pathway can be read: a person has one word, or one in each of their roles; the last of a role counts, or all. */
function readings({ kind }: Decider, words: readonly Word[]): Word[][] {
  const lastOf = (key: (word: Word) => string): Word[] =>
    words.filter((word, index) => words.findLastIndex((other) => key(other) === key(word)) === index);
  if (kind === 'board') return [lastOf(({ person }) => person)];
  const byRole = lastOf(({ role }) => role);
  const oneEach: Word[] = [];
  for (const word of words) {
    const others = oneEach.filter(({ person, role }) => person !== word.person && role !== word.role);
    oneEach.splice(0, oneEach.length, ...others, word);
  }
  return [byRole, oneEach];
}

function isQuorum(by: Decider, votes: readonly Word[]): boolean {
  const isEveryRole = by.roles.every((role) => votes.some((vote) => vote.role === role));
  return by.kind !== 'board' || by.quorum === 'every role'
    ? isEveryRole
    : new Set(votes.map(({ person }) => person)).size >= by.quorum;
}

/** @param isOver - its time: until then a tie is one only when every role has given its word */
function outcomeOf(by: Decider, votes: readonly Word[], isOver: boolean): string | undefined {
  if (!isQuorum(by, votes)) return undefined;
  const all = new Set(votes.map(({ outcome }) => outcome));
  const [first] = all;
  if (all.size === 1) return first;
  if (by.kind !== 'board' || by.agree === 'all') return undefined;
  const most = [...all].find(
    (outcome) => 2 * votes.filter((vote) => vote.outcome === outcome).length > votes.length,
  );
  if (most !== undefined) return most;
  if (!isOver && by.roles.some((role) => votes.every((vote) => vote.role !== role))) return undefined;
  const tie = new Set(votes.filter(({ role }) => role === by.tie).map(({ outcome }) => outcome));
  return tie.size === 1 ? [...tie][0] : undefined;
}
