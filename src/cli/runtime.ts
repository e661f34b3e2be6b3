import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Logger, type LoggerOptions, pino } from 'pino';
import { z } from 'zod';
import type { RunLimits } from '../../workflows/messages.ts';
import { Failure } from '../core/model/failure.ts';
import { systemClock } from '../engine/clock.ts';
import { Secrets } from '../engine/secrets.ts';
import type { WorkerConfig } from '../engine/worker-parts.ts';
import type { ApiConfig } from './run-api.ts';

export const TASK_QUEUE = 'carechart';
export const DEFAULT_PORT = 4300;
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
  clinic: z.strictObject({ clinic: z.string(), roles: z.array(z.string()) }),
});
export type Addresses = z.infer<typeof Addresses>;

export const addressesPath = (dataDir: string): string => join(dataDir, 'addresses.json');

/** One JSON line an event, on standard output or in a file; plan ids, and no health data. */
export function createLogger(file?: string): Logger {
  const options: LoggerOptions = {
    base: null,
    level: process.env.LOG_LEVEL ?? 'info',
    serializers: { err: errorForLog },
  };
  return file === undefined ? pino(options) : pino(options, pino.destination({ dest: file, mkdir: true }));
}

/** Errors whose words are ours. Others' may quote what they failed on: a row, a payload, a patient. */
const OUR_WORDS = new Set(['Failure', 'Defect']);

function errorForLog(error: unknown): Record<string, unknown> | string {
  if (!(error instanceof Error)) return typeof error;
  const { name, message, stack = '', cause } = error;
  const { code, constraint, routine } = Object.fromEntries(Object.entries(error));
  const frames = stack.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    name,
    ...(OUR_WORDS.has(name) ? { message } : {}),
    code,
    constraint,
    routine,
    frames,
    ...(cause === undefined ? {} : { cause: errorForLog(cause) }),
  };
}

/** When a plan's run hands over to the next one. The variables are for tests. */
export const runLimits = (): RunLimits => ({
  events: Number(process.env.CARECHART_RUN_EVENTS ?? 500),
  days: Number(process.env.CARECHART_RUN_DAYS ?? 30),
});

/** What a worker and an API need, of the servers that are up on a data folder. */
export function configOf(dataDir: string, logger: Logger): WorkerConfig & Omit<ApiConfig, 'port'> {
  const addresses = readJson(addressesPath(dataDir), Addresses);
  return configFrom(addresses, readJson(join(dataDir, 'secrets.json'), Secrets), logger);
}

export function configFrom(
  { databaseUrl, temporalAddress, namespace, clinic }: Addresses,
  secrets: Secrets,
  logger: Logger,
): WorkerConfig & Omit<ApiConfig, 'port'> {
  return {
    databaseUrl,
    temporalAddress,
    namespace,
    taskQueue: TASK_QUEUE,
    eventsPublicKey: secrets.events.publicKey,
    clock: systemClock,
    limits: runLimits(),
    clinic,
    secrets,
    logger,
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
    const ask = (signal: NodeJS.Signals): void => {
      if (isAsked) process.exit(130);
      isAsked = true;
      resolveStop(signal);
    };
    process.on('SIGINT', ask);
    process.on('SIGTERM', ask);
  });
}
