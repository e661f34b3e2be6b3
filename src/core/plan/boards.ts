import type { Decider } from '../pathway/decisions.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import type { Question, Vote } from './plan-state.schema.ts';

/**
 * Who has decided. Roles decide together: one word of each, and all of them the same. A board decides by its quorum of
 * distinct persons, each of whom has one vote in one role.
 */

/** How a question is decided: what a plain one asks of several roles it asks of each. */
export const deciderOf = (by: Decider | undefined, { roles }: Pick<Question, 'roles'>): Decider =>
  by ?? { kind: 'roles', roles };

/**
 * The votes after another one. A person has one, and who votes again replaces theirs; where roles decide together, a
 * role has one word, and the last of it counts.
 */
export function withVote(by: Decider, votes: readonly Vote[], vote: Vote): Vote[] {
  const others = votes.filter((one) => one.by !== vote.by && (by.kind === 'board' || one.role !== vote.role));
  return [...others, vote];
}

/**
 * The outcome that is decided; undefined: it is open. A tie is one only when nobody is left who may vote yet: every role
 * has, or the due time is over.
 */
export function outcomeOf(by: Decider, votes: readonly Vote[], isOver = false): string | undefined {
  if (!hasQuorum(by, votes)) return undefined;
  const counts = new Map<string, number>();
  for (const { outcome } of votes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, one], [, other]) => other - one);
  if (!most) return undefined;
  const [outcome, count] = most;
  if (count === votes.length) return outcome;
  if (by.kind !== 'board' || by.agree === 'all') return undefined;
  if (count * 2 > votes.length) return outcome;
  return isOver || missingRoles(by, votes).length === 0 ? tieBreak(by.tie, votes) : undefined;
}

export function hasQuorum(by: Decider, votes: readonly Vote[]): boolean {
  return by.kind !== 'board' || by.quorum === 'every role'
    ? missingRoles(by, votes).length === 0
    : votes.length >= by.quorum;
}

/** Whom a decision is asked of. What a table decides is looked after by the coordinator until it is known who can help. */
export const askedOf = ({ kind, roles }: Decider): string[] =>
  kind === 'table' && roles.length === 0 ? [COORDINATOR] : [...roles];

/** The roles whose word is not there yet. */
export const missingRoles = ({ roles }: Pick<Decider, 'roles'>, votes: readonly Vote[]): string[] =>
  roles.filter((role) => !votes.some((vote) => vote.role === role));

/** Several of the role that breaks a tie have to agree among themselves. */
function tieBreak(tie: string | undefined, votes: readonly Vote[]): string | undefined {
  const [first, ...others] = votes.filter(({ role }) => role === tie).map(({ outcome }) => outcome);
  return others.every((outcome) => outcome === first) ? first : undefined;
}
