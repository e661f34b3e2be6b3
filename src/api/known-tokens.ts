import { hash } from 'node:crypto';
import type { Actor } from '../core/model/actor.schema.ts';
import type { Instant } from '../core/model/primitives.schema.ts';

/** Whom a token stands for, and until when. */
export interface Believed {
  readonly actor: Actor;
  /** Epoch milliseconds: from this one on the token is not believed. */
  readonly expiresAtMs: number;
}

/** Far more than the people and services of a clinic that are at work at once. */
const MOST_KNOWN = 1_000;

/**
 * Remembers whom a token stood for, so that a caller's second request does not cost another look at the signature. For
 * tokens that nobody can take back before they expire: a sign-in that can must be asked each time.
 *
 * Only what was believed is kept, by its hash and never by itself, and asked for its expiry at each use; what was not
 * believed takes no place.
 */
export function rememberedUntilExpiry(
  now: () => Instant,
  verify: (bearer: string) => Promise<Believed | undefined>,
): (bearer: string) => Promise<Actor | undefined> {
  const known = new Map<string, Believed>();
  return async (bearer) => {
    const name = hash('sha256', bearer, 'base64');
    const remembered = known.get(name);
    if (remembered && Date.parse(now()) < remembered.expiresAtMs) return remembered.actor;
    known.delete(name);
    const believed = await verify(bearer);
    if (!believed) return undefined;
    for (const oldest of known.keys()) {
      if (known.size < MOST_KNOWN) break;
      known.delete(oldest);
    }
    known.set(name, believed);
    return believed.actor;
  };
}
