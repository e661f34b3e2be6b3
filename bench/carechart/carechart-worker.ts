import { pino } from 'pino';
import { systemClock } from '../../src/engine/clock.ts';
import { runWorker, type WorkerConfig } from '../../src/engine/run-worker.ts';
import { configOf, serveParent } from '../serve-parent.ts';

/** Carechart's worker as it is run, its log on standard output. */
export type CarechartWorkerConfig = Omit<WorkerConfig, 'clock' | 'logger'>;

const worker = await runWorker({
  ...configOf<CarechartWorkerConfig>(),
  clock: systemClock,
  logger: pino({ base: null, level: 'info' }),
});
serveParent(() => worker.stop());
