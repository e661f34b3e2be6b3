import { hash, randomBytes } from 'node:crypto';
import type { JournalEntry, PlanKey } from '../core/plan/outcome.schema.ts';

/**
 * A journal entry as it is kept. Its hash covers the head before it, the hashes of the step's event and state, its own
 * header, and the salted hash of its body: a body can be erased (with its salt) and the chain still verifies.
 */
export interface ChainedEntry {
  readonly entry: number;
  readonly at: string;
  readonly kind: string;
  readonly actor_id: string;
  readonly actor_roles: readonly string[];
  readonly body: string;
  readonly salt: string;
  readonly body_hash: string;
  readonly hash: string;
}

const sha256 = (...parts: readonly string[]): string => hash('sha256', `${parts.join('\n')}\n`);

/** Where a plan's chain begins: no plan's entries verify as another's. */
export const firstHead = ({ clinic, planId }: PlanKey): string => sha256('carechart', clinic, planId);

/** What a step's entries vouch for beside themselves. */
export interface Vouched {
  readonly sequence: number;
  readonly eventHash: string;
  readonly stateHash: string;
}

export const textHash = (text: string): string => sha256(text);

/** @returns the entries in their order, each chained to the one before; the last one's hash is the new head */
export function chain(head: string, vouched: Vouched, entries: readonly JournalEntry[]): ChainedEntry[] {
  let previous = head;
  return entries.map(({ at, kind, actor, says, details }, index) => {
    const body = JSON.stringify({ says, details });
    const salt = randomBytes(16).toString('hex');
    const header = { entry: index, at, kind, actor_id: actor.id, actor_roles: actor.roles };
    const body_hash = sha256(salt, body);
    previous = hashOf(previous, vouched, header, body_hash);
    return { ...header, body, salt, body_hash, hash: previous };
  });
}

type Header = Pick<ChainedEntry, 'entry' | 'at' | 'kind' | 'actor_id' | 'actor_roles'>;

export function hashOf(previous: string, vouched: Vouched, header: Header, bodyHash: string): string {
  const { entry, at, kind, actor_id, actor_roles } = header;
  const { sequence, eventHash, stateHash } = vouched;
  const covered = [sequence, eventHash, stateHash, entry, at, kind, actor_id, actor_roles];
  return sha256(previous, JSON.stringify(covered), bodyHash);
}

/** True when a body is the one that its entry was chained with. */
export const bodyMatches = (body: string, salt: string, bodyHash: string): boolean =>
  sha256(salt, body) === bodyHash;
