import { type RunningWorker, startWorker } from './worker.ts';
import type { WorkerConfig } from './worker-parts.ts';

/**
 * A worker with everything that its activities need of the world. The core and the store are loaded while the
 * workflows' thread starts, which takes as long: until a new worker answers, the plans of a killed one wait. It takes
 * no work before both are there.
 */
export async function runWorker(config: WorkerConfig): Promise<RunningWorker> {
  const { logger, namespace, taskQueue, temporalAddress: address } = config;
  const parts = import('./worker-parts.ts').then(({ workerParts }) => workerParts(config));
  const activities = parts.then((loaded) => loaded.activities);
  // Whoever starts the worker hears of it, and not before they look: unheard until then, it would end the process.
  activities.catch(() => undefined);
  const worker = await startWorker({ address, namespace, taskQueue, activities, logger });
  const { recover, close } = await parts;
  const recovery = recover();
  const done = worker.done.finally(async () => {
    await recovery.stop();
    await close();
  });
  return { done, stop: () => worker.stop().then(() => done) };
}
