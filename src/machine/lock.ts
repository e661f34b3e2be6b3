import { existsSync, linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { randomSuffix, readRecord } from './files.ts';
import { isAlive, ownStamp, ProcessStamp } from './processes.ts';
import { codeOf } from './reasons.ts';

const TELL_EVERY_MS = 10_000;

/**
 * One bring-up at a time for a folder, across processes. A lock whose process is gone is taken over; one whose
 * process lives is waited for, however long (building Temporal takes minutes).
 */
export async function withLock<T>(
  path: string,
  onProgress: (line: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  await acquire(path, onProgress);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** A link appears with its whole content, so a lock is never seen half written. */
function tryTake(path: string): boolean {
  const mine = `${path}.${randomSuffix()}`;
  writeFileSync(mine, JSON.stringify(ownStamp()), { mode: 0o644 });
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

async function acquire(path: string, onProgress: (line: string) => void): Promise<void> {
  let tellAt = performance.now() + 1_000;
  while (!tryTake(path)) {
    const holder = readRecord(path, ProcessStamp);
    if (holder === undefined || !isAlive(holder)) {
      if (existsSync(path)) removeAbandoned(path, holder);
      continue;
    }
    if (performance.now() > tellAt) {
      onProgress(`Waiting for process ${holder.pid}, which is bringing up the same server.`);
      tellAt = performance.now() + TELL_EVERY_MS;
    }
    await pause(50);
  }
}

/** Two waiters may find the same dead lock: the slower one must not remove the lock that the faster one took. */
function removeAbandoned(path: string, seen: ProcessStamp | undefined): void {
  const aside = `${path}.${randomSuffix()}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readRecord(aside, ProcessStamp);
  if (moved !== undefined && (moved.pid !== seen?.pid || moved.startedAt !== seen.startedAt)) {
    linkSync(aside, path);
  }
  rmSync(aside, { force: true });
}
