import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Failure } from '../core/model/failure.ts';
import { type Environment, packageRoot, removeQuietly, writeWhole } from '../machine/files.ts';
import { withLock } from '../machine/lock.ts';
import { choosePort } from '../machine/ports.ts';
import { isAlive, stampOf, stopProcess } from '../machine/processes.ts';
import { reasonOf } from '../machine/reasons.ts';
import { run } from '../machine/run.ts';
import { downloadProgram } from './temporal-download.ts';
import { whyNotServing } from './temporal-process.ts';

/** Of io.temporal:temporal-test-server; `tools/test-server/pom.xml` pins the same. */
const JAR_VERSION = '1.38.0';
const SDK_VERSION = '1.24.0';

const MAIN_CLASS = 'io.temporal.testserver.TestServer';
const CLASSES = 'classes.jsa';
const FIRST_START_TIMEOUT_MS = 60_000;

/**
 * `exec`, so that the SDK's signal reaches the server. Not `--enable-time-skipping`: the SDK lets time run while a
 * result is awaited, and with that flag it runs before the worker's first task too, to the workflow's time-out.
 */
const SCRIPT = `#!/bin/sh
here=$(dirname "$0")
exec java -XX:TieredStopAtLevel=1 -XX:SharedArchiveFile="$here/${CLASSES}" -cp "$here/lib/*" ${MAIN_CLASS} "$1"
`;

const scriptIn = (folder: string): string => join(folder, 'temporal-test-server');

export interface TimeSkippingOptions {
  readonly cacheDir: string;
  readonly onProgress: (line: string) => void;
  readonly env?: Environment;
}

/**
 * The server for tests of months: for `TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type:
 * 'existing-path', path } } })`. It cannot list workflows.
 * @returns the path of an executable; it appears there whole or not at all
 * @throws Failure CC5005
 */
export async function ensureTimeSkippingServer(options: TimeSkippingOptions): Promise<string> {
  const { onProgress, env = process.env } = options;
  const cacheDir = resolve(options.cacheDir);
  const downloaded = join(cacheDir, `temporal-test-server-sdk-${SDK_VERSION}`);
  const folder = join(cacheDir, `temporal-test-server-${JAR_VERSION}`);
  const script = scriptIn(folder);
  const cached = [downloaded, script].find((path) => existsSync(path));
  if (cached !== undefined) return cached;
  mkdirSync(cacheDir, { recursive: true });
  return withLock(`${folder}.lock`, onProgress, async () => {
    if (existsSync(script)) return script;
    const attempts: string[] = [];
    const query = { 'sdk-name': 'sdk-typescript', 'sdk-version': SDK_VERSION };
    try {
      await downloadProgram({
        ...{ artifact: 'temporal-test-server/default', query, env, onProgress },
        target: downloaded,
      });
      return downloaded;
    } catch (error) {
      attempts.push(`the SDK’s own download: ${reasonOf(error)}`);
    }
    try {
      await install({ folder, env, onProgress });
      return script;
    } catch (error) {
      attempts.push(`the jar from Maven Central: ${reasonOf(error)}`);
    }
    throw new Failure('CC5005', `There is no time-skipping test server. Tried ${attempts.join('; ')}.`);
  });
}

interface Installation {
  readonly folder: string;
  readonly env: Environment;
  readonly onProgress: (line: string) => void;
}

/** The script comes last: where it is, all else is. */
async function install({ folder, env, onProgress }: Installation): Promise<void> {
  const java = await run('java', ['-version'], { env: { ...env } });
  if (!java.ok) throw new Error(`no Java to run it with (${java.output})`);
  onProgress('Fetching the time-skipping test server (40 MB, once).');
  removeQuietly(folder);
  mkdirSync(folder, { recursive: true });
  const pom = join(packageRoot(), 'tools', 'test-server', 'pom.xml');
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime'];
  const where = `-DoutputDirectory=${join(folder, 'lib')}`;
  const maven = await run('mvn', ['-q', '-B', '-f', pom, ...goal, where], { env: { ...env } });
  if (!maven.ok) throw new Error(`Maven did not get it: ${maven.output}`);
  await archiveClasses(folder, env);
  await writeWhole(scriptIn(folder), SCRIPT, 0o755);
}

/**
 * Runs it once, so that Java keeps the loaded classes: a start then takes 0.4 s instead of 1.1 s, and on a busy machine
 * 1.3 s instead of 6 s, which is longer than the SDK waits. Without them it still works.
 */
async function archiveClasses(folder: string, env: Environment): Promise<void> {
  const port = await choosePort([]);
  const flags = ['-XX:TieredStopAtLevel=1', `-XX:ArchiveClassesAtExit=${join(folder, CLASSES)}`];
  const args = [...flags, '-cp', join(folder, 'lib', '*'), MAIN_CLASS, `${port}`];
  const child = spawn('java', args, { env: { ...env }, stdio: 'ignore' });
  child.on('error', () => undefined);
  const stamp = child.pid === undefined ? undefined : stampOf(child.pid);
  if (stamp === undefined) return;
  const until = performance.now() + FIRST_START_TIMEOUT_MS;
  while (isAlive(stamp) && performance.now() < until) {
    if ((await whyNotServing({ host: '127.0.0.1', port, timeoutMs: 5_000 })) === undefined) break;
    await pause(100);
  }
  await stopProcess(stamp, [{ signal: 'SIGTERM', waitMs: FIRST_START_TIMEOUT_MS }]);
}
