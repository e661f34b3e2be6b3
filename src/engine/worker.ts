import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Activities } from '../../activities/index.ts';
import { dataConverter } from './data-converter.ts';
import { installTemporalRuntime } from './temporal-logging.ts';

export interface WorkerOptions {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly activities: Activities;
  /**
   * How many plans are advanced at once. With more, each comes to its end later: after a kill, when all of them come at
   * once, too late for its task's time-out, and what was done for it is done again.
   */
  readonly tasksAtOnce: number;
  readonly logger: Logger;
}

export interface RunningWorker {
  /** Rejects when the worker dies of itself. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

/** The workflow code is bundled when Carechart is built: bundling at start costs seconds. */
const BUNDLE = fileURLToPath(new URL('../../workflow-bundle.js', import.meta.url));

export async function startWorker({
  address,
  namespace,
  taskQueue,
  activities,
  tasksAtOnce,
  logger,
}: WorkerOptions): Promise<RunningWorker> {
  installTemporalRuntime(logger);
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    activities,
    workflowBundle: { codePath: BUNDLE },
    dataConverter,
    maxConcurrentWorkflowTaskExecutions: tasksAtOnce,
    // With the plans' workflow task time-out of 3 s: a killed worker's plans answer again within seconds.
    stickyQueueScheduleToStartTimeout: '1s',
    shutdownGraceTime: '5s',
    shutdownForceTime: '10s',
  }).catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });
  const done = worker.run().finally(() => connection.close());
  return {
    done,
    stop: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await done;
    },
  };
}
