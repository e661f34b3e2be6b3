import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

const LOG_KEPT_BYTES = 8 * 1024 * 1024;
const TAIL_BYTES = 64 * 1024;

/** Where programs that Carechart built or downloaded are kept, for all its clones. */
export function defaultCacheDir(env: Environment = process.env): string {
  const base = env.XDG_CACHE_HOME;
  return join(base !== undefined && isAbsolute(base) ? base : join(homedir(), '.cache'), 'carechart');
}

/** The nearest folder above this file that holds `tools` and a package.json: same from src/ and from dist/src/. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!(existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'tools')))) {
    const above = dirname(folder);
    if (above === folder)
      throw new Error('Carechart’s own folder was not found: no package.json beside tools/');
    folder = above;
  }
  return folder;
}

export const randomSuffix = (): string => randomBytes(4).toString('hex');

/** Readers see the old text or the new one, never a half. */
export async function writeWhole(path: string, text: string, mode = 0o644): Promise<void> {
  const partial = `${path}.${randomSuffix()}.partial`;
  await writeFile(partial, text, { mode, flag: 'wx', flush: true });
  renameSync(partial, path);
}

/** @returns undefined when the file is absent or does not fit the schema */
export function readRecord<T>(path: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** For a server's output. Not a pipe: a pipe would break, and end the server, when its parent is killed. */
export function openLog(path: string): { readonly descriptor: number; readonly fromByte: number } {
  if (sizeOf(path) > LOG_KEPT_BYTES) renameSync(path, `${path}.1`);
  return { fromByte: sizeOf(path), descriptor: openSync(path, 'a', 0o600) };
}

/** The last lines of what was written after `fromByte`. */
export function tailOf(path: string, { lines, fromByte = 0 }: { lines: number; fromByte?: number }): string {
  const size = sizeOf(path);
  const start = Math.max(fromByte, size - TAIL_BYTES, 0);
  if (size <= start) return '';
  const buffer = Buffer.alloc(size - start);
  const file = openSync(path, 'r');
  try {
    readSync(file, buffer, 0, buffer.length, start);
  } finally {
    closeSync(file);
  }
  return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

/** A program that was killed a moment ago may still be writing there: it is tried for some seconds. */
export function removeQuietly(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
