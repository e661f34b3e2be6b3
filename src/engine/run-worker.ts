import type { Logger } from 'pino';
import type { AdvancePorts } from '../../activities/advance.activities.ts';
import type { EffectPorts } from '../../activities/effects.activities.ts';
import { createActivities } from '../../activities/index.ts';
import { commitStep } from '../store/commit.ts';
import { connect } from '../store/database.ts';
import { definitionsOf } from '../store/definitions.ts';
import { deliverMessage } from '../store/messages.ts';
import type { Clock } from './clock.ts';
import { createVerifier } from './event-signature.ts';
import { type RunningWorker, startWorker } from './worker.ts';

export interface WorkerConfig {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly namespace: string;
  readonly taskQueue: string;
  /** Of the keys that the API signs events with. */
  readonly eventsPublicKey: string;
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
  const ports: WorkerPorts = {
    loadPathway: definitions.load,
    commit: (event, step, head) => commitStep(database, event, step, head),
    verifier: await createVerifier(config.eventsPublicKey),
    now: clock.now,
    tell: ({ clinic, planId }, effect) =>
      deliverMessage(database, { clinic, planId, effect, at: clock.now() }),
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
  const done = worker.done.finally(() => database.close());
  return { done, stop: () => worker.stop().then(() => done) };
}
