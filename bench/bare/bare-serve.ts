import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { NativeConnection, Worker } from '@temporalio/worker';
import { whyNotServing } from '../../src/engine/temporal-process.ts';
import { defaultCacheDir } from '../../src/machine/files.ts';
import { choosePort, whyUnreachable } from '../../src/machine/ports.ts';
import { postgresAccount } from '../../src/store/postgres-account.ts';
import { findBinaries, runOptions } from '../../src/store/postgres-binaries.ts';
import { knownClusterDir, relocationBase } from '../../src/store/postgres-home.ts';

/** PostgreSQL, Temporal and a worker with nothing else, started as plainly as can be. Arguments: data folder, bundle. */
const [, , dataDir = '', bundlePath = ''] = process.argv;
const HOST = '127.0.0.1';

const clusterDir = knownClusterDir(dataDir);
const silent = (): void => undefined;
const account = await postgresAccount(clusterDir, silent);
const binaries = await findBinaries({
  account,
  copyBase: () => relocationBase(account, process.env),
  onProgress: silent,
});
const { cwd, env, uid, gid } = runOptions(account);
const postgresPort = await choosePort([]);
const temporalPort = await choosePort([]);

const postgres = spawn(
  binaries.postgres,
  [
    '-D',
    clusterDir,
    '-c',
    `listen_addresses=${HOST}`,
    '-c',
    'unix_socket_directories=',
    '-c',
    `port=${postgresPort}`,
  ],
  { cwd, env, ...(uid === undefined || gid === undefined ? {} : { uid, gid }), stdio: 'ignore' },
);
const temporal = spawn(
  temporalProgram(),
  [
    'server',
    'start-dev',
    '--db-filename',
    join(dataDir, 'temporal.db'),
    '--ip',
    HOST,
    '--port',
    `${temporalPort}`,
    '--headless',
    '--log-level',
    'error',
  ],
  { stdio: 'ignore' },
);

/** The one that Carechart itself would take: on PATH, or built before. */
function temporalProgram(): string {
  const built = join(defaultCacheDir(), 'temporal-1.5.1');
  const onPath = (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, 'temporal')));
  return onPath ? 'temporal' : built;
}

async function until(isUp: () => Promise<string | undefined>): Promise<void> {
  while ((await isUp()) !== undefined) await pause(10);
}

// Temporal takes connections before it serves, and serves before it has its namespace.
await Promise.all([
  until(() => whyUnreachable(HOST, postgresPort, 1_000)),
  until(() => whyNotServing({ host: HOST, port: temporalPort, namespace: 'default', timeoutMs: 1_000 })),
]);
const connection = await NativeConnection.connect({ address: `${HOST}:${temporalPort}` });
const worker = await Worker.create({
  connection,
  taskQueue: 'bench-cold',
  activities: { commit: () => Promise.resolve() },
  workflowBundle: { codePath: bundlePath },
});
const done = worker.run();
console.log('ready');

process.once('SIGINT', async () => {
  worker.shutdown();
  await done;
  await connection.close();
  await Promise.all([stop(temporal, 'SIGTERM'), stop(postgres, 'SIGINT')]);
});

function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<unknown> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return ended;
}
