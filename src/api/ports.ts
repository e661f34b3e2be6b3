import type { Logger } from 'pino';
import type { Actor } from '../core/model/actor.schema.ts';
import type { Instant } from '../core/model/primitives.schema.ts';
import type { EventSigner } from '../engine/event-signature.ts';
import type { PlanClient } from '../engine/plan-client.ts';
import type { AskedCharges } from '../store/charges.ts';
import type { Database } from '../store/database.ts';
import type { Definitions } from '../store/definitions.ts';
import type { Notifications } from '../store/notifications.ts';
import type { OtherPlans } from '../store/other-plans.ts';
import type { Plans } from '../store/plans.ts';
import type { Publications } from '../store/publications.ts';
import type { LocalIssuer } from './local-issuer.ts';

/** The one seam where a clinic's own sign-in comes in. */
export interface SignIn {
  /** @returns undefined when the token is not to be believed */
  verify(bearer: string): Promise<Actor | undefined>;
}

export interface ClinicFacts {
  readonly clinic: string;
  readonly roles: readonly string[];
}

/** What the API needs of the world. */
export interface ApiPorts {
  readonly plans: Omit<Plans, 'overslept'>;
  readonly otherPlans: OtherPlans;
  readonly charges: AskedCharges;
  readonly definitions: Pick<Definitions, 'load' | 'list' | 'versions'>;
  readonly publications: Publications;
  readonly notifications: Pick<Notifications, 'next'>;
  readonly client: Pick<PlanClient, 'start' | 'send' | 'ping'>;
  readonly signer: EventSigner;
  readonly signIn: SignIn;
  /** Present only where the API listens on loopback. */
  readonly issuer?: LocalIssuer | undefined;
  readonly clinic: ClinicFacts;
  readonly database: Pick<Database, 'ping'>;
  readonly logger: Logger;
  now(): Instant;
  /** How long a sender waits for an answer before being told where to ask. */
  readonly answerWithinMs?: number | undefined;
}

/** The clock, and for a plan never earlier than its last step. */
export function nowOf({ now }: Pick<ApiPorts, 'now'>, last: Instant): Instant {
  const clock = now();
  if (clock > last) return clock;
  return last;
}
