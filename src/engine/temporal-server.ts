import { mkdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { Failure } from '../core/model/failure.ts';
import { defaultCacheDir, type Environment, readRecord, writeWhole } from '../machine/files.ts';
import { withLock } from '../machine/lock.ts';
import { choosePort, isPortFree, whyUnreachable } from '../machine/ports.ts';
import { awaitEnd, isAlive, ownStamp, ProcessStamp, stopProcess } from '../machine/processes.ts';
import { reasonOf } from '../machine/reasons.ts';
import {
  type RunningServer,
  STOP_STEPS,
  serversOn,
  startServer,
  stopServersOn,
  whyNotServing,
} from './temporal-process.ts';
import { type Attempt, type TemporalProgram, temporalPrograms } from './temporal-programs.ts';

const DEFAULT_PORT = 7233;
const DEFAULT_NAMESPACE = 'carechart';
const ANSWER_TIMEOUT_MS = 5_000;
const PORT_TRIES = 3;

/** A killed server stays in the process table for a moment, and no longer answers. */
const DYING_MS = 2_000;

const DAMAGED =
  'temporal.db in the data folder is damaged, or its disk is: restore that file from a backup. ' +
  'Without a backup, move it away: Carechart then begins without its running workflows.';

const NOT_FOUND =
  'Any one of these helps: install the `temporal` program (https://docs.temporal.io/cli) so that it is on PATH; ' +
  'install Go 1.21 or later, with access to its module proxy; or set TEMPORAL_ADDRESS to a running server.';

export interface TemporalOptions {
  /** Holds temporal.db, temporal.log and what the next start must know. */
  readonly dataDir: string;
  readonly cacheDir?: string;
  /** Demanded: when it is taken, the start fails. Without it the last one is used again, or 7233, or any free one. */
  readonly port?: number;
  readonly namespace?: string;
  readonly onProgress: (line: string) => void;
  readonly env?: Environment;
}

export interface TemporalServer {
  readonly address: string;
  readonly namespace: string;
  /** `configured`: yours, by TEMPORAL_ADDRESS. `shared`: another live Carechart's. We stop neither of these. */
  readonly origin: 'configured' | 'shared' | 'adopted' | 'started';
  readonly pid?: number;
  stop(): Promise<void>;
}

const Note = z.strictObject({
  port: z.int().positive(),
  namespace: z.string(),
  version: z.string(),
  owner: ProcessStamp,
});
type Note = z.infer<typeof Note>;

interface Plan extends TemporalOptions {
  readonly cacheDir: string;
  readonly namespace: string;
  readonly env: Environment;
}

const notePath = (dataDir: string): string => join(dataDir, 'temporal.json');

/** @throws Failure CC5001, which says each thing that was tried, its result, and what the person can do */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const env = options.env ?? process.env;
  const address = env.TEMPORAL_ADDRESS;
  if (address !== undefined && address !== '') return useConfigured(address, env);
  try {
    return await bringUp(options, env);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const reason = reasonOf(error);
    throw new Failure('CC5001', `Temporal could not be brought up on ${options.dataDir}: ${reason}.`, {
      cause: error,
    });
  }
}

async function bringUp(options: TemporalOptions, env: Environment): Promise<TemporalServer> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o711 });
  const plan: Plan = {
    ...options,
    env,
    dataDir: realpathSync(options.dataDir),
    cacheDir: resolve(options.cacheDir ?? defaultCacheDir(env)),
    namespace: options.namespace ?? DEFAULT_NAMESPACE,
  };
  return withLock(join(plan.dataDir, 'temporal.lock'), plan.onProgress, async () => {
    const running = await useRunning(plan);
    return running ?? startNew(plan);
  });
}

async function useConfigured(address: string, env: Environment): Promise<TemporalServer> {
  const [, host, port] = /^\[?([^\]/]+?)\]?:(\d+)$/.exec(address) ?? [];
  const speaksTls = Object.keys(env).some((name) => /^TEMPORAL_(TLS|API_KEY)/.test(name));
  const reason =
    host === undefined || port === undefined
      ? 'it is not of the form host:port'
      : speaksTls
        ? await whyUnreachable(host, Number(port), ANSWER_TIMEOUT_MS)
        : await whyNotServing({ host, port: Number(port), timeoutMs: ANSWER_TIMEOUT_MS });
  if (reason !== undefined) {
    throw new Failure(
      'CC5001',
      `TEMPORAL_ADDRESS is set to ${address}, and there is no Temporal server there: ${reason}. ` +
        'Start that server, correct the address, or unset TEMPORAL_ADDRESS: Carechart then starts its own.',
    );
  }
  const namespace = env.TEMPORAL_NAMESPACE ?? 'default';
  return { address, namespace, origin: 'configured', stop: () => Promise.resolve() };
}

/** A server that already has this folder's database open: another Carechart's, or an orphan of a killed one. */
async function useRunning(plan: Plan): Promise<TemporalServer | undefined> {
  const servers = serversOn(plan.dataDir);
  const [server] = servers;
  if (server === undefined) return undefined;
  const note = readRecord(notePath(plan.dataDir), Note);
  const isOwned = note !== undefined && isAlive(note.owner);
  const reason = await whyUnfit(plan, server);
  if (isOwned && reason === undefined) {
    plan.onProgress(`Using the Temporal server of process ${note.owner.pid}, on port ${server.port}.`);
    return handle(plan, server, 'shared');
  }
  if (isOwned) {
    if (await awaitEnd(server.process, DYING_MS)) return undefined;
    throw new Failure(
      'CC5001',
      `Carechart’s process ${note.owner.pid} runs a Temporal server on ${plan.dataDir}, which cannot be shared: ` +
        `${reason}. Stop that process, or give this one a data folder of its own.`,
    );
  }
  if (reason === undefined) {
    plan.onProgress(`Taking over the Temporal server that a killed Carechart left, on port ${server.port}.`);
    await remember(plan, { port: server.port ?? DEFAULT_PORT, version: note?.version ?? 'unknown' });
    return handle(plan, server, 'adopted');
  }
  plan.onProgress(`Stopping the Temporal server that a killed Carechart left: ${reason}.`);
  await stopServersOn(plan.dataDir);
  return undefined;
}

async function whyUnfit(plan: Plan, server: RunningServer): Promise<string | undefined> {
  const { port } = server;
  if (port === undefined) return 'its port is unknown';
  if (plan.port !== undefined && plan.port !== port) return `it is on port ${port}, not ${plan.port}`;
  return whyNotServing({ host: '127.0.0.1', port, namespace: plan.namespace, timeoutMs: ANSWER_TIMEOUT_MS });
}

async function startNew(plan: Plan): Promise<TemporalServer> {
  if (plan.port !== undefined && !(await isPortFree(plan.port))) {
    throw new Failure(
      'CC5001',
      `Temporal cannot start: port ${plan.port} is taken by another program. Free it, or choose another port.`,
    );
  }
  const attempts: Attempt[] = [];
  for await (const program of temporalPrograms({ ...plan, attempts })) {
    try {
      return await startWith(plan, program);
    } catch (error) {
      attempts.push({ tried: `starting ${program.path}`, result: reasonOf(error) });
    }
  }
  throw noServer(attempts);
}

/**
 * The program alone, so that a set-up can fetch it beforehand: at once where it is on PATH or in the cache.
 * @throws Failure CC5001
 */
export async function ensureTemporalProgram(
  options: Pick<TemporalOptions, 'cacheDir' | 'env' | 'onProgress'>,
): Promise<string> {
  const { env = process.env, onProgress } = options;
  const attempts: Attempt[] = [];
  const cacheDir = resolve(options.cacheDir ?? defaultCacheDir(env));
  for await (const { path } of temporalPrograms({ cacheDir, env, onProgress, attempts })) return path;
  throw noServer(attempts);
}

function noServer(attempts: readonly Attempt[]): Failure {
  const isDamaged = attempts.some(({ result }) => /not a database|malformed|disk I\/O error/.test(result));
  const tried = attempts.map(({ tried, result }) => `  - ${tried}: ${result}`).join('\n');
  const remedy = isDamaged ? DAMAGED : NOT_FOUND;
  return new Failure('CC5001', `Temporal could not be started. Tried, in this order:\n${tried}\n${remedy}`);
}

async function startWith(plan: Plan, program: TemporalProgram): Promise<TemporalServer> {
  const before = readRecord(notePath(plan.dataDir), Note);
  if (before !== undefined && before.version !== program.version) {
    plan.onProgress(`The Temporal database was last used by ${before.version}; this is ${program.version}.`);
  }
  const wished = before === undefined ? [DEFAULT_PORT] : [before.port, DEFAULT_PORT];
  for (let tries = 1; ; tries += 1) {
    const port = plan.port ?? (await choosePort(tries === 1 ? wished : []));
    // Before: who owns a server that is found halfway up. After: which version the database has really seen.
    await remember(plan, { port, version: before?.version ?? program.version });
    try {
      const stamp = await startServer({ ...plan, program: program.path, port });
      await remember(plan, { port, version: program.version });
      plan.onProgress(`Temporal serves on 127.0.0.1:${port} (${program.version}).`);
      return handle(plan, { process: stamp, port }, 'started');
    } catch (error) {
      const isTakenMeanwhile = /address already in use/.test(reasonOf(error));
      if (plan.port !== undefined || !isTakenMeanwhile || tries === PORT_TRIES) throw error;
    }
  }
}

function remember(plan: Plan, { port, version }: Pick<Note, 'port' | 'version'>): Promise<void> {
  const note: Note = { port, version, namespace: plan.namespace, owner: ownStamp() };
  return writeWhole(notePath(plan.dataDir), `${JSON.stringify(note)}\n`);
}

function handle(
  plan: Plan,
  { process: stamp, port }: RunningServer,
  origin: 'shared' | 'adopted' | 'started',
): TemporalServer {
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await stopProcess(stamp, STOP_STEPS);
    // The rest is a wrapper's doing; but where ours was killed and another Carechart has begun anew, it is theirs.
    const owner = readRecord(notePath(plan.dataDir), Note)?.owner;
    if (owner?.pid === process.pid) await stopServersOn(plan.dataDir);
  };
  return {
    address: `127.0.0.1:${port}`,
    namespace: plan.namespace,
    origin,
    pid: stamp.pid,
    stop: () => {
      if (origin === 'shared') return Promise.resolve();
      stopping ??= stop();
      return stopping;
    },
  };
}
