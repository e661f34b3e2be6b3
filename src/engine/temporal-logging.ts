import { DefaultLogger, type LogLevel, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';

const LEVELS = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
} as const satisfies Record<LogLevel, string>;

/**
 * Sends the SDK's own words to our log, from warnings up, and leaves the process's signals to us: parts are stopped in
 * order. Once a process, before its first worker.
 */
export function installTemporalRuntime(logger: Logger): void {
  Runtime.install({
    shutdownSignals: [],
    telemetryOptions: { logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} } },
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      const { workflowId, attempt, error } = meta ?? {};
      const reason = typeof error === 'string' ? { reason: error } : { err: error };
      logger[LEVELS[level]]({ workflowId, attempt, ...reason }, message);
    }),
  });
}
