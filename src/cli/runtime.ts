import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Logger, pino } from 'pino';
import { z } from 'zod';
import { Failure } from '../core/model/failure.ts';
import { systemClock } from '../engine/clock.ts';
import type { WorkerConfig } from '../engine/run-worker.ts';
import { Secrets } from '../engine/secrets.ts';

export const TASK_QUEUE = 'carechart';
export const DEFAULT_DATA_DIR = '.carechart';
export const dataDirOf = (given: string | undefined): string =>
  resolve(given ?? process.env.CARECHART_DATA ?? DEFAULT_DATA_DIR);

/** What `carechart servers` writes, and a worker or an API of its own process reads. */
export const Addresses = z.strictObject({
  databaseUrl: z.string(),
  temporalAddress: z.string(),
  namespace: z.string(),
  postgresPid: z.int().optional(),
  temporalPid: z.int().optional(),
});
export type Addresses = z.infer<typeof Addresses>;

export const addressesPath = (dataDir: string): string => join(dataDir, 'addresses.json');

/** One JSON line an event on standard output; plan ids, and no health data. */
export const createLogger = (destination?: string): Logger =>
  destination === undefined
    ? pino({ base: null, level: process.env.LOG_LEVEL ?? 'info' })
    : pino(
        { base: null, level: process.env.LOG_LEVEL ?? 'info' },
        pino.destination({ dest: destination, mkdir: true }),
      );

/** The configuration of a worker beside servers that another process brought up on this data folder. */
export function workerConfigOf(
  dataDir: string,
  logger: Logger,
): WorkerConfig & { readonly secrets: Secrets } {
  const { databaseUrl, temporalAddress, namespace } = readJson(addressesPath(dataDir), Addresses);
  const secrets = readJson(join(dataDir, 'secrets.json'), Secrets);
  return {
    databaseUrl,
    temporalAddress,
    namespace,
    taskQueue: TASK_QUEUE,
    eventsPublicKey: secrets.events.publicKey,
    clock: systemClock,
    logger,
    secrets,
  };
}

function readJson<T>(path: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure('CC5006', `${path} cannot be read: ${why}`, { cause: error });
  }
}

/** Resolves at the first Ctrl-C or stop signal; a second one ends the process at once. */
export function stopRequested(): Promise<string> {
  return new Promise((resolveStop) => {
    let isAsked = false;
    // A handler of signals does not keep a process alive.
    const waiting = setInterval(() => undefined, 2 ** 30);
    const ask = (signal: NodeJS.Signals): void => {
      if (isAsked) process.exit(130);
      isAsked = true;
      clearInterval(waiting);
      resolveStop(signal);
    };
    process.on('SIGINT', ask);
    process.on('SIGTERM', ask);
  });
}
