import { importPKCS8, importSPKI, jwtVerify, SignJWT } from 'jose';
import { Actor } from '../core/model/actor.schema.ts';
import { addElapsed } from '../core/model/calendar.ts';
import type { Instant } from '../core/model/primitives.schema.ts';
import type { SigningKeys } from '../engine/event-signature.ts';
import { rememberedUntilExpiry } from './known-tokens.ts';
import type { SignIn } from './ports.ts';

/**
 * Actors until a clinic's own sign-in comes: whoever sits at the machine says who they are. Its tokens can never pass
 * as the API's signature of an event: type, issuer and audience are its own.
 */
export interface LocalIssuer extends SignIn {
  issue(person: Pick<Actor, 'id' | 'roles'>): Promise<{ token: string; expiresAt: Instant }>;
}

const ALGORITHM = 'EdDSA';
const TYPE = 'carechart-sign-in+jwt';
const ISSUER = 'carechart:local-issuer';
const AUDIENCE = 'carechart:api';
const HOURS = 12;

/** @param now - the clock by which tokens expire */
export async function createLocalIssuer(options: {
  readonly keys: SigningKeys;
  readonly clinic: string;
  now(): Instant;
}): Promise<LocalIssuer> {
  const { keys, clinic, now } = options;
  const privateKey = await importPKCS8(keys.privateKey, ALGORITHM);
  const publicKey = await importSPKI(keys.publicKey, ALGORITHM);
  return {
    async issue({ id, roles }) {
      const issuedAt = now();
      const expiresAt = addElapsed(issuedAt, { count: HOURS, unit: 'hour' });
      const token = await new SignJWT({ roles, clinic })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(id)
        .setIssuedAt(new Date(issuedAt))
        .setExpirationTime(new Date(expiresAt))
        .sign(privateKey);
      return { token, expiresAt };
    },
    verify: rememberedUntilExpiry(now, async (bearer) => {
      try {
        const { payload } = await jwtVerify(bearer, publicKey, {
          algorithms: [ALGORITHM],
          typ: TYPE,
          issuer: ISSUER,
          audience: AUDIENCE,
          requiredClaims: ['sub', 'exp'],
          currentDate: new Date(now()),
        });
        const actor = Actor.safeParse({ id: payload.sub, roles: payload.roles, clinic: payload.clinic });
        if (!actor.success || actor.data.clinic !== clinic || payload.exp === undefined) return undefined;
        return { actor: actor.data, expiresAtMs: payload.exp * 1000 };
      } catch {
        return undefined;
      }
    }),
  };
}
