import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { RunLimits } from '../../workflows/messages.ts';
import { createApi } from '../api/api.ts';
import { createLocalIssuer } from '../api/local-issuer.ts';
import type { ClinicFacts } from '../api/ports.ts';
import type { Clock } from '../engine/clock.ts';
import { createSigner } from '../engine/event-signature.ts';
import { createPlanClient } from '../engine/plan-client.ts';
import type { Secrets } from '../engine/secrets.ts';
import { askedChargesOf } from '../store/charges.ts';
import { connect } from '../store/database.ts';
import { definitionsOf } from '../store/definitions.ts';
import { listen } from '../store/notifications.ts';
import { otherPlansOf } from '../store/other-plans.ts';
import { plansOf } from '../store/plans.ts';
import { publicationsOf } from '../store/publications.ts';

export interface ApiConfig {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly secrets: Pick<Secrets, 'events' | 'issuer'>;
  readonly clinic: ClinicFacts;
  readonly port: number;
  readonly limits: RunLimits;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface RunningApi {
  readonly port: number;
  stop(): Promise<void>;
}

const CONNECTIONS = 12;
/** People sign in by saying who they are, so nobody from elsewhere may reach it. */
const LOOPBACK = '127.0.0.1';

/** The HTTP API with everything that it needs of the world. */
export async function runApi(config: ApiConfig): Promise<RunningApi> {
  const { clock, logger, secrets, clinic } = config;
  const { databaseUrl, temporalAddress, namespace, taskQueue, limits } = config;
  const database = connect(databaseUrl, { connections: CONNECTIONS });
  const notifications = listen(databaseUrl);
  const client = await createPlanClient({ address: temporalAddress, namespace, taskQueue, limits });
  const issuer = await createLocalIssuer({ keys: secrets.issuer, clinic: clinic.clinic, now: clock.now });
  const api = await createApi({
    plans: plansOf(database),
    otherPlans: otherPlansOf(database),
    charges: askedChargesOf(database),
    definitions: definitionsOf(database),
    publications: publicationsOf(database),
    notifications,
    client,
    signer: await createSigner(secrets.events.privateKey),
    signIn: issuer,
    issuer,
    clinic,
    database,
    logger,
    now: clock.now,
  });
  const stop = async (): Promise<void> => {
    await api.close();
    await notifications.close();
    await client.close();
    await database.close();
  };
  try {
    await api.listen({ host: LOOPBACK, port: config.port });
    return { port: portOf(api.server.address()), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address ? address.port : 0;
}
