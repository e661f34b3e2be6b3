import { mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { Failure } from '../core/model/failure.ts';
import { type Environment, readRecord, writeWhole } from '../machine/files.ts';
import { withLock } from '../machine/lock.ts';
import { choosePort, isPortFree } from '../machine/ports.ts';
import { awaitEnd, isAlive, ownStamp, ProcessStamp } from '../machine/processes.ts';
import { reasonOf } from '../machine/reasons.ts';
import { postgresAccount } from './postgres-account.ts';
import { findBinaries } from './postgres-binaries.ts';
import {
  demandReach,
  ensurePassword,
  hasCluster,
  initialise,
  readPassword,
  SUPERUSER,
} from './postgres-cluster.ts';
import { knownClusterDir, newClusterDir, relocationBase, rememberClusterDir } from './postgres-home.ts';
import {
  clearStalePidFile,
  logFile,
  type Postmaster,
  postmasterOf,
  type StartOptions,
  startPostmaster,
  stopPostmaster,
  whyNotOurs,
} from './postgres-process.ts';

const START_TRIES = 5;

/** A killed server stays in the process table for a moment, and no longer answers. */
const DYING_MS = 2_000;

export interface PostgresOptions {
  /** Holds the cluster (or a note of where it is), its password, its log and what the next start must know. */
  readonly dataDir: string;
  /** Demanded: when it is taken, the start fails. Without it the last one is used again, or any free one. */
  readonly port?: number;
  readonly onProgress: (line: string) => void;
  readonly env?: Environment;
}

export interface PostgresServer {
  /** For migrations and roles only: row-level security does nothing for a superuser. */
  readonly superuserUrl: string;
  readonly port: number;
  readonly pid: number;
  /** `shared`: another live Carechart's, which we do not stop. */
  readonly origin: 'shared' | 'adopted' | 'started';
  stop(): Promise<void>;
}

const Note = z.strictObject({ port: z.int().positive(), owner: ProcessStamp });

const notePath = (dataDir: string): string => join(dataDir, 'postgres.json');

/** @throws Failure CC5002, CC5003, CC5004 in plain words, with the last lines of the server's log where it has some */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  try {
    mkdirSync(options.dataDir, { recursive: true, mode: 0o711 });
    const plan = { ...options, dataDir: realpathSync(options.dataDir) };
    return await withLock(join(plan.dataDir, 'postgres.lock'), plan.onProgress, async () => {
      const running = await useRunning(plan);
      return running ?? startNew(plan);
    });
  } catch (error) {
    if (error instanceof Failure) throw error;
    const reason = reasonOf(error);
    throw new Failure('CC5002', `PostgreSQL could not be brought up on ${options.dataDir}: ${reason}.`, {
      cause: error,
    });
  }
}

async function useRunning(plan: PostgresOptions): Promise<PostgresServer | undefined> {
  const clusterDir = knownClusterDir(plan.dataDir);
  const postmaster = postmasterOf(clusterDir);
  if (postmaster === undefined) return undefined;
  const password = readPassword(plan.dataDir);
  const { port } = postmaster;
  const reason =
    plan.port !== undefined && plan.port !== port
      ? `it is on port ${port}, not ${plan.port}`
      : await whyNotOurs({ port, password, clusterDir });
  const note = readRecord(notePath(plan.dataDir), Note);
  if (note !== undefined && isAlive(note.owner)) {
    if (reason === undefined) {
      plan.onProgress(`Using the PostgreSQL of process ${note.owner.pid}, on port ${port}.`);
      return handle({ postmaster, password, origin: 'shared' });
    }
    if (await awaitEnd(postmaster.process, DYING_MS)) return undefined;
    throw new Failure(
      'CC5002',
      `Carechart’s process ${note.owner.pid} runs PostgreSQL on ${plan.dataDir}, which cannot be shared: ${reason}. ` +
        'Stop that process, or give this one a data folder of its own.',
    );
  }
  if (reason === undefined) {
    plan.onProgress(`Taking over the PostgreSQL that a killed Carechart left, on port ${port}.`);
    await remember(plan.dataDir, port);
    return handle({ postmaster, password, origin: 'adopted' });
  }
  plan.onProgress(`Stopping the PostgreSQL that a killed Carechart left: ${reason}.`);
  await stopPostmaster(postmaster.process);
  return undefined;
}

async function startNew(plan: PostgresOptions): Promise<PostgresServer> {
  const { dataDir, onProgress, env = process.env } = plan;
  const known = knownClusterDir(dataDir);
  const account = await postgresAccount(known, onProgress);
  const copyBase = () => relocationBase(account, env);
  const binaries = await findBinaries({ account, copyBase, onProgress });
  const isThere = hasCluster(known, binaries.major);
  if (isThere) await demandReach(known, account);
  const clusterDir = isThere ? known : await newClusterDir({ dataDir, account, env, onProgress });
  const password = isThere ? readPassword(dataDir) : await ensurePassword(dataDir);
  if (!isThere) {
    onProgress(`Making a database in ${clusterDir}.`);
    await initialise({ clusterDir, password, binaries, account });
    await rememberClusterDir(dataDir, clusterDir);
  }
  return startOnSomePort(plan, { dataDir, clusterDir, password, binaries, account, onProgress });
}

/** A port may be taken between the look and the start; a killed server's last children need a moment to go. */
async function startOnSomePort(
  plan: PostgresOptions,
  options: Omit<StartOptions, 'port'>,
): Promise<PostgresServer> {
  const { dataDir, clusterDir, password } = options;
  let wished = readRecord(notePath(dataDir), Note)?.port;
  let log = '';
  for (let tries = 1; tries <= START_TRIES; tries += 1) {
    if (plan.port !== undefined && !(await isPortFree(plan.port))) throw portTaken(plan.port);
    const port = plan.port ?? (await choosePort(wished === undefined ? [] : [wished]));
    await remember(dataDir, port);
    await clearStalePidFile(clusterDir);
    const result = await startPostmaster({ ...options, port });
    if (result.kind === 'serving') {
      options.onProgress(`PostgreSQL serves on 127.0.0.1:${port}.`);
      return handle({
        postmaster: { process: result.process, port, isReady: true },
        password,
        origin: 'started',
      });
    }
    log = result.log;
    const isPortLost = /Address already in use|could not bind/.test(log);
    if (!isPortLost && !/still in use|lock file .* already exists/.test(log)) break;
    wished = isPortLost ? undefined : port;
    await pause(tries * 200);
  }
  throw startFailure({ log, clusterDir, logPath: logFile(dataDir) });
}

const portTaken = (port: number): Failure =>
  new Failure(
    'CC5002',
    `PostgreSQL cannot start: port ${port} is taken by another program. Free it, or choose another port.`,
  );

interface LastWords {
  readonly log: string;
  readonly clusterDir: string;
  readonly logPath: string;
}

function startFailure({ log, clusterDir, logPath }: LastWords): Failure {
  const words = log === '' ? 'It said nothing.' : `It said:\n${log}`;
  if (
    /PANIC|could not (open|read|access|stat|find)|invalid|corrupt|not a valid|truncated|missing/i.test(log)
  ) {
    return new Failure(
      'CC5004',
      `PostgreSQL does not start, because files in ${clusterDir} are damaged or missing. Restore that folder from a ` +
        `backup, and keep the damaged one until you have. ${words}\nWhole log: ${logPath}`,
    );
  }
  return new Failure('CC5002', `PostgreSQL does not start on ${clusterDir}. ${words}\nWhole log: ${logPath}`);
}

function remember(dataDir: string, port: number): Promise<void> {
  return writeWhole(notePath(dataDir), `${JSON.stringify({ port, owner: ownStamp() })}\n`);
}

interface Served {
  readonly postmaster: Postmaster;
  readonly password: string;
  readonly origin: PostgresServer['origin'];
}

function handle({ postmaster, password, origin }: Served): PostgresServer {
  let stopping: Promise<void> | undefined;
  return {
    superuserUrl: `postgres://${SUPERUSER}:${password}@127.0.0.1:${postmaster.port}/postgres`,
    port: postmaster.port,
    pid: postmaster.process.pid,
    origin,
    stop: () => {
      if (origin === 'shared') return Promise.resolve();
      stopping ??= stopPostmaster(postmaster.process);
      return stopping;
    },
  };
}
