import { pino } from 'pino';
import { runApi } from '../../src/cli/run-api.ts';
import { configOf, serveParent } from '../serve-parent.ts';
import { type RunConfig, wholeConfig } from './run-config.ts';

/** Carechart's HTTP API as it is run, its log on standard output. */
const api = await runApi(wholeConfig(configOf<RunConfig>(), pino({ base: null })));
serveParent(() => api.stop(), 'main');
