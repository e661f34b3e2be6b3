import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Environment } from '../machine/files.ts';
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
  const onPath = findOnPath('temporal', search.env.PATH ?? '');
  if (onPath === undefined) note(search, 'a `temporal` program on PATH', 'there is none');
  else yield* inspected(search, onPath, 'path');

  const pinned = await pinnedProgram(search);
  if (pinned !== undefined) yield pinned;
}

/** Cache, download and build give the same version: the first that has it ends the ladder. */
async function pinnedProgram(search: ProgramSearch): Promise<TemporalProgram | undefined> {
  const { cacheDir, env, onProgress } = search;
  const target = cachedTemporal(cacheDir);
  for await (const program of inspected(search, target, 'cache')) return program;
  try {
    await downloadProgram({ artifact: `cli/v${TEMPORAL_VERSION}`, target, env, onProgress });
    for await (const program of inspected(search, target, 'download')) return program;
  } catch (error) {
    note(search, 'the download that the Temporal SDK uses', reasonOf(error));
  }
  try {
    await buildTemporal({ cacheDir, env, onProgress });
    for await (const program of inspected(search, target, 'build')) return program;
  } catch (error) {
    note(search, 'building it from Go modules (tools/temporal)', reasonOf(error));
  }
  return undefined;
}

async function* inspected(
  search: ProgramSearch,
  path: string,
  origin: TemporalProgram['origin'],
): AsyncGenerator<TemporalProgram> {
  if (!isProgram(path)) return note(search, `Carechart’s cache (${path})`, 'nothing there yet');
  const { ok, output } = await run(path, ['--version'], { timeoutMs: 20_000 });
  if (!ok) return note(search, `the program ${path}`, `it does not run: ${output}`);
  yield { path, origin, version: output.trim() };
}

function note(search: ProgramSearch, tried: string, result: string): void {
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
