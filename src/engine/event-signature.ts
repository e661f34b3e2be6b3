import {
  CompactSign,
  compactVerify,
  exportPKCS8,
  exportSPKI,
  generateKeyPair,
  importPKCS8,
  importSPKI,
} from 'jose';
import { z } from 'zod';
import { Actor } from '../core/model/actor.schema.ts';
import type { SentEvent } from '../core/model/event.schema.ts';
import type { PlanKey } from '../core/plan/outcome.schema.ts';
import { eventHash } from '../store/event-hash.ts';

/**
 * The API's word for an event: a compact JWS (Ed25519) over the plan, the event's hash, and who sent it. Whoever
 * reaches Temporal passes by the API's sign-in; without this signature nobody is believed to be a person.
 */
export interface EventSigner {
  sign(key: PlanKey, event: SentEvent, actor: Actor): Promise<string>;
}

export interface EventVerifier {
  /** @returns the actor; undefined when the token is not the API's, or was made for another event or plan */
  verify(key: PlanKey, event: SentEvent, token: string): Promise<Actor | undefined>;
}

const ALGORITHM = 'EdDSA';
const Claims = z.strictObject({ plan: z.string(), event: z.string(), actor: Actor });
const planName = ({ clinic, planId }: PlanKey): string => `${clinic}/${planId}`;

export async function createSigner(privateKeyPem: string): Promise<EventSigner> {
  const key = await importPKCS8(privateKeyPem, ALGORITHM);
  return {
    sign(plan, event, actor) {
      const claims: z.infer<typeof Claims> = { plan: planName(plan), event: eventHash(event), actor };
      const payload = new TextEncoder().encode(JSON.stringify(claims));
      return new CompactSign(payload).setProtectedHeader({ alg: ALGORITHM }).sign(key);
    },
  };
}

export async function createVerifier(publicKeyPem: string): Promise<EventVerifier> {
  const key = await importSPKI(publicKeyPem, ALGORITHM);
  return {
    async verify(plan, event, token) {
      try {
        const { payload } = await compactVerify(token, key, { algorithms: [ALGORITHM] });
        const claims = Claims.parse(JSON.parse(new TextDecoder().decode(payload)));
        const isThisEvent = claims.plan === planName(plan) && claims.event === eventHash(event);
        return isThisEvent && claims.actor.clinic === plan.clinic ? claims.actor : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

export interface SigningKeys {
  readonly privateKey: string;
  readonly publicKey: string;
}

export async function generateSigningKeys(): Promise<SigningKeys> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true });
  return { privateKey: await exportPKCS8(privateKey), publicKey: await exportSPKI(publicKey) };
}
