import { pino } from 'pino';
import { runWorker } from '../../src/engine/run-worker.ts';
import { configOf, serveParent } from '../serve-parent.ts';
import { type RunConfig, wholeConfig } from './run-config.ts';

/** Carechart's worker as it is run, its log on standard output. */
const worker = await runWorker(wholeConfig(configOf<RunConfig>(), pino({ base: null })));
serveParent(() => worker.stop(), 'main and workflows');
