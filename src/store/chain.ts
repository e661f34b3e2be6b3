import { createHash, randomBytes } from 'node:crypto';
import type { JournalEntry } from '../core/plan/outcome.schema.ts';

/**
 * A journal entry as it is kept. Its hash covers the head before it, its header, and the salted hash of its body, so
 * that a body can be erased (with its salt) and the chain still verifies.
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

/** Where a plan's chain begins. */
export const FIRST_HEAD = '';

const sha256 = (...parts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\n');
  return hash.digest('hex');
};

/** @returns the entries in their order, each chained to the one before; the last one's hash is the new head */
export function chain(head: string, sequence: number, entries: readonly JournalEntry[]): ChainedEntry[] {
  let previous = head;
  return entries.map(({ at, kind, actor, says, details }, index) => {
    const body = JSON.stringify({ says, details });
    const salt = randomBytes(16).toString('hex');
    const header = { entry: index, at, kind, actor_id: actor.id, actor_roles: actor.roles };
    const body_hash = sha256(salt, body);
    const hash = hashOf(previous, sequence, header, body_hash);
    previous = hash;
    return { ...header, body, salt, body_hash, hash };
  });
}

type Header = Pick<ChainedEntry, 'entry' | 'at' | 'kind' | 'actor_id' | 'actor_roles'>;

export function hashOf(previous: string, sequence: number, header: Header, bodyHash: string): string {
  const { entry, at, kind, actor_id, actor_roles } = header;
  return sha256(previous, JSON.stringify([sequence, entry, at, kind, actor_id, actor_roles]), bodyHash);
}

/** True when a body is the one that its entry was chained with. */
export const bodyMatches = (body: string, salt: string, bodyHash: string): boolean =>
  sha256(salt, body) === bodyHash;
