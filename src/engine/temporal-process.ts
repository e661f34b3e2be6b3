import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { type Environment, openLog, tailOf } from '../machine/files.ts';
import { whyUnreachable } from '../machine/ports.ts';
import {
  argumentsOf,
  type ProcessStamp,
  processesNaming,
  stampOf,
  stopProcess,
} from '../machine/processes.ts';
import { reasonOf } from '../machine/reasons.ts';

const READY_TIMEOUT_MS = 60_000;
export const STOP_STEPS = [{ signal: 'SIGTERM', waitMs: 10_000 }] as const;
const LOG_LINES = 12;

/** The dev server asks the vendor about newer versions by default: a clinic's machine tells nobody that it runs. */
const DYNAMIC_CONFIG = ['frontend.enableServerVersionCheck=false'];

/**
 * A write-ahead log, synced at each commit: as durable as SQLite's default journal, at fewer syncs (8 callers starting
 * workflows on 2 cores: 45 → 79 a second, p50 183 → 88 ms).
 */
const SQLITE_PRAGMAS = ['journal_mode=wal', 'synchronous=2'];

const databaseFile = (dataDir: string): string => join(dataDir, 'temporal.db');
const logFile = (dataDir: string): string => join(dataDir, 'temporal.log');

export interface RunningServer {
  readonly process: ProcessStamp;
  readonly port: number | undefined;
}

/**
 * Dev servers on this folder's database, read from the process table: it also knows those whose parent was killed
 * before it could note them. Two on one file is not refused by the server, and corrupts it.
 */
export function serversOn(dataDir: string): readonly RunningServer[] {
  return processesNaming(databaseFile(dataDir)).flatMap((stamp) => {
    const words = argumentsOf(stamp.pid);
    const line = words.join(' ');
    const isServer = line.includes('start-dev') && line.includes(`--db-filename ${databaseFile(dataDir)} `);
    const port = /--port (\d+)/.exec(line)?.[1];
    return isServer ? [{ process: stamp, port: port === undefined ? undefined : Number(port) }] : [];
  });
}

/** Stops every server on the folder: a `temporal` on PATH may be a wrapper, which is a process of its own. */
export async function stopServersOn(dataDir: string): Promise<void> {
  await Promise.all(serversOn(dataDir).map(({ process }) => stopProcess(process, STOP_STEPS)));
}

export interface ServerCommand {
  readonly program: string;
  readonly dataDir: string;
  readonly port: number;
  readonly namespace: string;
  readonly env: Environment;
}

/**
 * Spawned in a session of its own, so that Ctrl-C in a terminal reaches only Carechart, which stops its servers in
 * order. TEMPORAL_* variables are withheld: the program binds its flags to them.
 */
function spawnServer(command: ServerCommand): { readonly stamp: ProcessStamp; readonly fromByte: number } {
  const { program, dataDir, port, namespace } = command;
  const { descriptor, fromByte } = openLog(logFile(dataDir));
  const env = Object.fromEntries(Object.entries(command.env).filter(([name]) => !/^TEMPORAL_/.test(name)));
  const args = ['server', 'start-dev', '--db-filename', databaseFile(dataDir), '--ip', '127.0.0.1'];
  args.push('--port', `${port}`, '--namespace', namespace, '--headless');
  args.push('--log-level', 'warn', '--log-format', 'json', '--color', 'never');
  for (const pragma of SQLITE_PRAGMAS) args.push('--sqlite-pragma', pragma);
  for (const value of DYNAMIC_CONFIG) args.push('--dynamic-config-value', value);
  const child = spawn(program, args, {
    cwd: dataDir,
    env,
    detached: true,
    stdio: ['ignore', descriptor, descriptor],
  });
  closeSync(descriptor);
  child.on('error', () => undefined);
  child.unref();
  const stamp = child.pid === undefined ? undefined : stampOf(child.pid);
  if (stamp === undefined) throw new Error(`${basename(program)} could not be started`);
  return { stamp, fromByte };
}

/** @throws with the server's own last words when it ends, or does not serve in time */
export async function startServer(command: ServerCommand): Promise<ProcessStamp> {
  const { stamp, fromByte } = spawnServer(command);
  const until = performance.now() + READY_TIMEOUT_MS;
  let reason: string | undefined = 'not asked yet';
  while (reason !== undefined) {
    const isOver = performance.now() > until;
    if (isOver || stampOf(stamp.pid)?.startedAt !== stamp.startedAt) {
      await stopServersOn(command.dataDir);
      const words = tailOf(logFile(command.dataDir), { lines: LOG_LINES, fromByte });
      const verdict = isOver
        ? `did not serve within ${READY_TIMEOUT_MS / 1000} s (${reason})`
        : 'ended at once';
      throw new Error(`${verdict}${words === '' ? '' : `; it said: ${words}`}`);
    }
    await pause(30);
    reason = await whyNotServing({ ...command, host: '127.0.0.1', timeoutMs: 5_000 });
  }
  return stamp;
}

export interface FrontendQuestion {
  readonly host: string;
  readonly port: number;
  /** Asked for when given; a server that someone else runs may not show its namespaces to us. */
  readonly namespace?: string;
  readonly timeoutMs: number;
}

/** @returns undefined when a Temporal frontend answers there (and has the namespace), or else why not */
export async function whyNotServing(question: FrontendQuestion): Promise<string | undefined> {
  const { host, port, namespace, timeoutMs } = question;
  const unreachable = await whyUnreachable(host, port, timeoutMs);
  if (unreachable !== undefined) return unreachable;
  try {
    const connection = await Connection.connect({ address: `${host}:${port}`, connectTimeout: timeoutMs });
    try {
      if (namespace !== undefined) await connection.workflowService.describeNamespace({ namespace });
    } finally {
      await connection.close();
    }
    return undefined;
  } catch (error) {
    return `something listens there, but not a Temporal server as we speak to it: ${reasonOf(error)}`;
  }
}
