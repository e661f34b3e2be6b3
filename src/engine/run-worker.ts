import { type RunningWorker, startWorker } from './worker.ts';
import { CONNECTIONS, type WorkerConfig, workerParts } from './worker-parts.ts';

/**
 * A worker with everything that its activities need of the world. Nothing is loaded while it starts: on Node 20 an
 * `import()` that is under way beside a `require()` of the same ES module ends the loader (nodejs/node#57187).
 */
export async function runWorker(config: WorkerConfig): Promise<RunningWorker> {
  const { logger, namespace, taskQueue, temporalAddress: address } = config;
  const { activities, recover, close } = await workerParts(config);
  try {
    const options = { address, namespace, taskQueue, activities, tasksAtOnce: CONNECTIONS, logger };
    const worker = await startWorker(options);
    const recovery = recover();
    const done = worker.done.finally(async () => {
      await recovery.stop();
      await close();
    });
    return { done, stop: () => worker.stop().then(() => done) };
  } catch (error) {
    await close();
    throw error;
  }
}
