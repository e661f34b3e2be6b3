import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Environment, packageRoot, randomSuffix, removeQuietly } from '../machine/files.ts';
import { run } from '../machine/run.ts';

/** Of github.com/temporalio/cli; `tools/temporal/go.mod` pins the same, with all that it needs. */
export const TEMPORAL_VERSION = '1.5.1';

const PROGRAM = 'github.com/temporalio/cli/cmd/temporal';
/** Without symbols (a sixth smaller), and with the version, which only the vendor's own build would carry. */
const LINK = `-s -w -X github.com/temporalio/cli/temporalcli.Version=${TEMPORAL_VERSION}`;
const TELL_EVERY_MS = 10_000;
const ABANDONED_AFTER_MS = 3_600_000;

export const cachedTemporal = (cacheDir: string): string => join(cacheDir, `temporal-${TEMPORAL_VERSION}`);

export interface BuildOptions {
  readonly cacheDir: string;
  readonly onProgress: (line: string) => void;
  readonly env?: Environment;
}

/**
 * Builds the `temporal` program from pinned Go modules: about four minutes on two cores the first time, and about
 * 2 GB of Go's own caches. `-p 2` keeps the compilers' memory below 2 GB.
 * @returns the program's path; it appears there whole or not at all
 * @throws with the reason in plain words
 */
export async function buildTemporal(options: BuildOptions): Promise<string> {
  const { onProgress } = options;
  const cacheDir = resolve(options.cacheDir);
  const env: NodeJS.ProcessEnv = { ...(options.env ?? process.env), GOTOOLCHAIN: 'auto' };
  const cwd = join(packageRoot(), 'tools', 'temporal');
  const version = await run('go', ['version'], { env, cwd });
  if (!version.ok) throw new Error(`no Go to build with (${version.output})`);

  mkdirSync(cacheDir, { recursive: true });
  removeAbandonedBuilds(cacheDir);
  onProgress(`Building Temporal ${TEMPORAL_VERSION} from source. It takes about four minutes, once.`);
  const packages = await run('go', ['list', '-mod=readonly', '-deps', PROGRAM], { env, cwd });
  if (!packages.ok) throw new Error(`its Go modules could not be had: ${packages.output}`);

  const partial = join(cacheDir, `temporal-${TEMPORAL_VERSION}.${randomSuffix()}.partial`);
  const compiled = progressCounter(packages.lines, onProgress);
  const flags = ['-mod=readonly', '-buildvcs=false', '-p', '2', '-v', '-ldflags', LINK];
  const build = await run('go', ['build', ...flags, '-o', partial, PROGRAM], { env, cwd, onLine: compiled });
  if (!build.ok) {
    removeQuietly(partial);
    throw new Error(`the build failed: ${build.output.split('\n').slice(-8).join('\n')}`);
  }
  renameSync(partial, cachedTemporal(cacheDir));
  return cachedTemporal(cacheDir);
}

function progressCounter(total: number, onProgress: (line: string) => void): () => void {
  let done = 0;
  let tellAt = performance.now() + TELL_EVERY_MS;
  return () => {
    done += 1;
    if (performance.now() < tellAt) return;
    tellAt = performance.now() + TELL_EVERY_MS;
    onProgress(`Building Temporal: ${done} of at most ${total} packages compiled.`);
  };
}

function removeAbandonedBuilds(cacheDir: string): void {
  for (const name of readdirSync(cacheDir)) {
    const path = join(cacheDir, name);
    if (!name.endsWith('.partial')) continue;
    if (Date.now() - statSync(path).mtimeMs > ABANDONED_AFTER_MS) removeQuietly(path);
  }
}
