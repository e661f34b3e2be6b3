import type { Logger } from 'pino';
import type { AdvancePorts } from '../../activities/advance.activities.ts';
import type { EffectPorts } from '../../activities/effects.activities.ts';
import { createActivities } from '../../activities/index.ts';
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
import { type RunningWorker, startWorker } from './worker.ts';

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

const CONNECTIONS = 12;

/** A worker with everything that its activities need of the world. */
export async function runWorker(config: WorkerConfig): Promise<RunningWorker> {
  const { clock, logger, namespace, taskQueue } = config;
  const database = connect(config.databaseUrl, { connections: CONNECTIONS });
  const definitions = definitionsOf(database);
  const plans = plansOf(database);
  const otherPlans = otherPlansOf(database);
  const client = await createPlanClient({
    address: config.temporalAddress,
    namespace,
    taskQueue,
    limits: config.limits,
  });
  const ports: WorkerPorts = {
    loadPathway: definitions.load,
    commit: (event, step, base) => commitStep(database, event, step, base),
    readLast: (key) => plans.read(key),
    readOthers: otherPlans.performed,
    verifier: await createVerifier(config.eventsPublicKey),
    now: clock.now,
    tell: ({ clinic }, { id }) => deliverMessage(database, { clinic, effectId: id, at: clock.now() }),
    tellPlans: async (key, { id }) => {
      await tellOtherPlans({ ...otherPlans, loadPathway: definitions.load, plans, client }, key);
      await markPerformed(database, { clinic: key.clinic, effectId: id, at: clock.now() });
    },
    logger,
  };
  const activities = createActivities(config.intercept?.(ports) ?? ports);
  const worker = await startWorker({
    address: config.temporalAddress,
    namespace,
    taskQueue,
    activities,
    logger,
  });
  const recovery = startRecovery({
    clinic: config.clinic.clinic,
    plans,
    client,
    clock,
    logger,
  });
  const done = worker.done.finally(async () => {
    await recovery.stop();
    await client.close();
    await database.close();
  });
  return { done, stop: () => worker.stop().then(() => done) };
}
