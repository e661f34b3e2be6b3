import { pino } from 'pino';
import { type ApiConfig, runApi } from '../../src/cli/run-api.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { configOf, serveParent } from '../serve-parent.ts';

/** Carechart's HTTP API as it is run, its log on standard output. */
export type CarechartApiConfig = Omit<ApiConfig, 'clock' | 'logger'>;

const api = await runApi({
  ...configOf<CarechartApiConfig>(),
  clock: systemClock,
  logger: pino({ base: null, level: 'info' }),
});
serveParent(() => api.stop());
