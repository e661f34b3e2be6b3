import type { Logger } from 'pino';
import type { AdvancePorts } from '../../activities/advance.activities.ts';
import type { EffectPorts } from '../../activities/effects.activities.ts';
import { type Activities, createActivities } from '../../activities/index.ts';
import type { RunLimits } from '../../workflows/messages.ts';
import { commitStep } from '../store/commit.ts';
import { connect } from '../store/database.ts';
import { definitionsOf } from '../store/definitions.ts';
import { deliverMessage, markPerformed } from '../store/messages.ts';
import { otherPlansOf } from '../store/other-plans.ts';
import { plansOf } from '../store/plans.ts';
import type { Clock } from './clock.ts';
import { createVerifier } from './event-signature.ts';
import { tellOtherPlans } from './other-plans.ts';
import { createPlanClient } from './plan-client.ts';
import { startRecovery } from './recovery.ts';

export interface WorkerConfig {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly namespace: string;
  readonly taskQueue: string;
  /** Of the keys that the API signs events with. */
  readonly eventsPublicKey: string;
  readonly limits: RunLimits;
  /** Whose plans are taken up again when they have lost their workflow. */
  readonly clinic: { readonly clinic: string };
  readonly clock: Clock;
  readonly logger: Logger;
  /** Stands between the activities and the world; for tests that break things there. */
  readonly intercept?: (ports: WorkerPorts) => WorkerPorts;
}

export type WorkerPorts = AdvancePorts & EffectPorts;

/** What a worker has beside the workflows themselves. */
export interface WorkerParts {
  readonly activities: Activities;
  /** Begins to look for plans that have lost their workflow. */
  recover(): { stop(): Promise<void> };
  close(): Promise<void>;
}

/** To the store: as many plans as it takes at once are advanced at once. */
export const CONNECTIONS = 12;

export async function workerParts(config: WorkerConfig): Promise<WorkerParts> {
  const { clock, logger, namespace, taskQueue, limits } = config;
  const verifier = await createVerifier(config.eventsPublicKey);
  const database = connect(config.databaseUrl, { connections: CONNECTIONS });
  const definitions = definitionsOf(database);
  const plans = plansOf(database);
  const otherPlans = otherPlansOf(database);
  const client = await createPlanClient({ address: config.temporalAddress, namespace, taskQueue, limits });
  const ports: WorkerPorts = {
    loadPathway: definitions.load,
    commit: (event, step, base) => commitStep(database, event, step, base),
    readLast: (key) => plans.read(key),
    readOthers: otherPlans.performed,
    verifier,
    now: clock.now,
    tell: ({ clinic }, { id }) => deliverMessage(database, { clinic, effectId: id, at: clock.now() }),
    tellPlans: async (key, { id }) => {
      await tellOtherPlans({ ...otherPlans, loadPathway: definitions.load, plans, client }, key);
      await markPerformed(database, { clinic: key.clinic, effectId: id, at: clock.now() });
    },
    logger,
  };
  return {
    activities: createActivities(config.intercept?.(ports) ?? ports),
    recover: () => startRecovery({ clinic: config.clinic.clinic, plans, client, clock, logger }),
    close: async () => {
      await client.close();
      await database.close();
    },
  };
}
