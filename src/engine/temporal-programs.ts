import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Environment, removeQuietly } from '../machine/files.ts';
import { withLock } from '../machine/lock.ts';
import { reasonOf } from '../machine/reasons.ts';
import { run } from '../machine/run.ts';
import { buildTemporal, cachedTemporal, TEMPORAL_VERSION } from './temporal-build.ts';
import { downloadProgram } from './temporal-download.ts';

export interface Attempt {
  readonly tried: string;
  readonly result: string;
}

export interface TemporalProgram {
  readonly path: string;
  readonly origin: 'path' | 'cache' | 'download' | 'build';
  /** As the program says it, with the server's version in it. */
  readonly version: string;
}

export interface ProgramSearch {
  readonly cacheDir: string;
  readonly env: Environment;
  readonly onProgress: (line: string) => void;
  /** What was tried in vain, for the person. */
  readonly attempts: Attempt[];
}

/** The ladder, from the cheapest rung: nothing is downloaded or built before the caller asks for the next program. */
export async function* temporalPrograms(search: ProgramSearch): AsyncGenerator<TemporalProgram> {
  const path = findOnPath('temporal', search.env.PATH ?? '');
  const onPath = path === undefined ? 'there is none' : await inspect(search, path, 'path');
  if (typeof onPath === 'string')
    note(search, `a \`temporal\` program on PATH${path ? ` (${path})` : ''}`, onPath);
  else yield onPath;

  const pinned = await pinnedProgram(search);
  if (pinned !== undefined) yield pinned;
}

/**
 * Cache, download and build give the same version: the first that has it ends the ladder. One process fetches it; the
 * others wait, and find it in the cache.
 */
async function pinnedProgram(search: ProgramSearch): Promise<TemporalProgram | undefined> {
  const target = cachedTemporal(search.cacheDir);
  const cached = await inspect(search, target, 'cache');
  if (typeof cached !== 'string') return cached;
  mkdirSync(search.cacheDir, { recursive: true });
  return withLock(`${target}.lock`, search.onProgress, async () => {
    const fetchedMeanwhile = await inspect(search, target, 'cache');
    if (typeof fetchedMeanwhile !== 'string') return fetchedMeanwhile;
    note(search, `Carechart’s cache (${target})`, fetchedMeanwhile);
    return (await downloaded(search, target)) ?? (await built(search, target));
  });
}

async function downloaded(search: ProgramSearch, target: string): Promise<TemporalProgram | undefined> {
  const { env, onProgress } = search;
  const tried = 'the download that the Temporal SDK uses';
  try {
    await downloadProgram({ artifact: `cli/v${TEMPORAL_VERSION}`, target, env, onProgress });
  } catch (error) {
    return note(search, tried, reasonOf(error));
  }
  const program = await inspect(search, target, 'download');
  if (typeof program !== 'string') return program;
  removeQuietly(target);
  return note(search, tried, program);
}

async function built(search: ProgramSearch, target: string): Promise<TemporalProgram | undefined> {
  const tried = 'building it from Go modules (tools/temporal)';
  try {
    await buildTemporal(search);
  } catch (error) {
    return note(search, tried, reasonOf(error));
  }
  const program = await inspect(search, target, 'build');
  return typeof program === 'string' ? note(search, tried, program) : program;
}

/** @returns why it cannot be used, in place of the program */
async function inspect(
  { env }: ProgramSearch,
  path: string,
  origin: TemporalProgram['origin'],
): Promise<TemporalProgram | string> {
  if (!isProgram(path)) return 'nothing there yet';
  const { ok, output } = await run(path, ['--version'], { env: { ...env }, timeoutMs: 20_000 });
  return ok ? { path, origin, version: output.trim() } : `it does not run: ${output}`;
}

function note(search: ProgramSearch, tried: string, result: string): undefined {
  search.attempts.push({ tried, result });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function findOnPath(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isProgram);
}
