import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { openLog, tailOf } from '../machine/files.ts';
import { argumentsOf, isAlive, type ProcessStamp, stampOf, stopProcess } from '../machine/processes.ts';
import { reasonOf } from '../machine/reasons.ts';
import type { Account } from './postgres-account.ts';
import { type PostgresBinaries, runOptions } from './postgres-binaries.ts';
import { SUPERUSER } from './postgres-cluster.ts';

/** Generous: after a kill the server first replays its log. */
const READY_TIMEOUT_MS = 180_000;
const TELL_EVERY_MS = 5_000;
const LOG_LINES = 12;
const CHILDREN_END_MS = 10_000;
const canSeeWork = existsSync('/proc/self/cwd');

/** A fast shutdown, then an immediate one, which costs a recovery at the next start and loses nothing. */
const STOP_STEPS = [
  { signal: 'SIGINT', waitMs: 30_000 },
  { signal: 'SIGQUIT', waitMs: 10_000 },
] as const;

/** The log names no statement and no row: they hold patients' data. */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=100',
  'shared_buffers=128MB',
  'fsync=on',
  'synchronous_commit=on',
  'full_page_writes=on',
  'password_encryption=scram-sha-256',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_checkpoints=off',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
];

export const logFile = (dataDir: string): string => join(dataDir, 'postgres.log');

export interface Postmaster {
  readonly process: ProcessStamp;
  readonly port: number;
  readonly isReady: boolean;
}

/** The server that has this cluster open, by its own note and the process table; undefined where the note is stale. */
export function postmasterOf(clusterDir: string): Postmaster | undefined {
  const [pid = '', , , port = '', , , , status = ''] = readPidFile(clusterDir);
  const stamp = /^\d+$/.test(pid) ? stampOf(Number(pid)) : undefined;
  if (stamp === undefined || !argumentsOf(stamp.pid).join(' ').includes(clusterDir)) return undefined;
  return { process: stamp, port: Number(port), isReady: status.trim() === 'ready' };
}

function readPidFile(clusterDir: string): string[] {
  try {
    return readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/**
 * PostgreSQL itself clears a stale note, unless its number is still some process's: another program's by now, or the
 * killed server's own, unreaped (in a container without an init, for ever). The note also guards against the killed
 * server's last children: it is taken away when none works in the folder any more.
 */
export async function clearStalePidFile(clusterDir: string): Promise<void> {
  if (!canSeeWork || readPidFile(clusterDir).length === 0 || postmasterOf(clusterDir) !== undefined) return;
  const folder = realpathSync(clusterDir);
  const until = performance.now() + CHILDREN_END_MS;
  while (isWorkedIn(folder)) {
    if (performance.now() > until) return;
    await pause(50);
  }
  rmSync(join(clusterDir, 'postmaster.pid'), { force: true });
}

/** Each of a server's processes has its cluster as its working folder; only Linux shows that. */
const isWorkedIn = (folder: string): boolean =>
  readdirSync('/proc').some((name) => /^\d+$/.test(name) && workingFolder(name) === folder);

function workingFolder(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

export interface Login {
  readonly port: number;
  readonly password: string;
  readonly clusterDir: string;
}

/** @returns undefined when the server there takes our password and serves this very cluster, or else why not */
export async function whyNotOurs({ port, password, clusterDir }: Login): Promise<string | undefined> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    password,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    const served = rows[0]?.data_directory ?? '';
    return realpathSync(served) === realpathSync(clusterDir) ? undefined : `it serves ${served}`;
  } catch (error) {
    return reasonOf(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

export interface StartOptions extends Login {
  readonly dataDir: string;
  readonly binaries: PostgresBinaries;
  readonly account: Account | undefined;
  readonly onProgress: (line: string) => void;
}

export type StartResult =
  | { readonly kind: 'serving'; readonly process: ProcessStamp }
  | { readonly kind: 'ended'; readonly log: string };

/**
 * Spawned in a session of its own, so that Ctrl-C in a terminal reaches only Carechart, which stops its servers in
 * order; and writing to a file, because a pipe would break when Carechart is killed.
 */
export async function startPostmaster(options: StartOptions): Promise<StartResult> {
  const { dataDir, clusterDir, binaries, account, port } = options;
  const { descriptor, fromByte } = openLog(logFile(dataDir));
  const args = ['-D', clusterDir, ...SETTINGS.flatMap((setting) => ['-c', setting]), '-c', `port=${port}`];
  const { cwd, env, uid, gid } = runOptions(account);
  const child = spawn(binaries.postgres, args, {
    ...{ cwd, env },
    ...(uid === undefined || gid === undefined ? {} : { uid, gid }),
    detached: true,
    stdio: ['ignore', descriptor, descriptor],
  });
  closeSync(descriptor);
  child.on('error', () => undefined);
  child.unref();
  const stamp = child.pid === undefined ? undefined : stampOf(child.pid);
  const isServing = stamp !== undefined && (await awaitReady(stamp, options));
  if (isServing) return { kind: 'serving', process: stamp };
  return { kind: 'ended', log: tailOf(logFile(dataDir), { lines: LOG_LINES, fromByte }) };
}

async function awaitReady(stamp: ProcessStamp, options: StartOptions): Promise<boolean> {
  const begun = performance.now();
  let tellAt = begun + TELL_EVERY_MS;
  while (isAlive(stamp)) {
    const now = performance.now();
    const postmaster = postmasterOf(options.clusterDir);
    if (postmaster?.process.pid === stamp.pid && postmaster.isReady) {
      if ((await whyNotOurs(options)) === undefined) return true;
    }
    if (now - begun > READY_TIMEOUT_MS) {
      await stopPostmaster(stamp);
      return false;
    }
    if (now > tellAt) {
      options.onProgress('PostgreSQL is still starting: after a kill it first replays its log.');
      tellAt = now + TELL_EVERY_MS;
    }
    await pause(20);
  }
  return false;
}

export const stopPostmaster = (stamp: ProcessStamp): Promise<void> => stopProcess(stamp, STOP_STEPS);
