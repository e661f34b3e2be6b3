import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../core/model/failure.ts';
import { defaultCacheDir, type Environment, readRecord, writeWhole } from '../machine/files.ts';
import { reasonOf } from '../machine/reasons.ts';
import { type Account, canEnter, isRoot, whyUnsafe } from './postgres-account.ts';
import { postmasterOf, stopPostmaster } from './postgres-process.ts';

/**
 * Of the places for root's relocated databases, /var/lib comes first: systems may clear /var/tmp of what has not been
 * touched for a month, and parts of a quiet database are not.
 */
const ROOT_BASES = ['/var/lib/carechart', '/var/tmp/carechart'];

const Pointer = z.strictObject({ clusterDir: z.string() });

const pointerPath = (dataDir: string): string => join(dataDir, 'postgres.location.json');
const clusterIn = (folder: string): string => join(folder, 'postgres');

/** Where programs and databases go that the account cannot reach in their own place. */
export async function relocationBase(account: Account | undefined, env: Environment): Promise<string> {
  const asked = env.CARECHART_PG_DIR;
  const places = asked !== undefined ? [asked] : isRoot() ? ROOT_BASES : [defaultCacheDir(env)];
  const reasons: string[] = [];
  for (const place of places) {
    const reason = await whyUnfit(place, account);
    if (reason === undefined) return place;
    reasons.push(`${place}: ${reason}`);
  }
  throw new Failure(
    'CC5002',
    `PostgreSQL needs a folder that its system user can reach, and there is none. Tried ${reasons.join('; ')}. ` +
      'Set CARECHART_PG_DIR to such a folder, which nobody else may write to.',
  );
}

async function whyUnfit(place: string, account: Account | undefined): Promise<string | undefined> {
  try {
    if (!existsSync(place)) {
      mkdirSync(place, { recursive: true });
      chmodSync(place, 0o755);
    }
    const unsafe = whyUnsafe(place);
    if (unsafe !== undefined) return unsafe;
    return (await canEnter(place, account)) ? undefined : 'its system user cannot enter it';
  } catch (error) {
    return reasonOf(error);
  }
}

/** The cluster that this data folder already has, here or elsewhere, or else the place for a new one. */
export function knownClusterDir(dataDir: string): string {
  const pointer = readRecord(pointerPath(dataDir), Pointer);
  if (pointer === undefined) return clusterIn(dataDir);
  if (existsSync(pointer.clusterDir)) return pointer.clusterDir;
  throw new Failure(
    'CC5004',
    `The database of ${dataDir} was kept in ${pointer.clusterDir}, which is gone. Restore that folder. ` +
      `To begin with an empty database instead, remove ${pointerPath(dataDir)}.`,
  );
}

export interface HomeOptions {
  readonly dataDir: string;
  readonly account: Account | undefined;
  readonly env: Environment;
  readonly onProgress: (line: string) => void;
}

/** @returns the folder for a new cluster; its parent exists, and the account can get there */
export async function newClusterDir(options: HomeOptions): Promise<string> {
  const { dataDir, account, env, onProgress } = options;
  if (account === undefined || (await canEnter(dataDir, account))) return clusterIn(dataDir);
  const base = await relocationBase(account, env);
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const folder = join(base, `${basename(dataDir)}-${hash}`);
  if (existsSync(clusterIn(folder))) await setAside(folder, options);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
  onProgress(
    `The database goes to ${folder}: PostgreSQL does not run as root, and its user cannot reach ${dataDir}.`,
  );
  return clusterIn(folder);
}

/** The data folder was removed and made anew. Its old database is not this one's, and is not ours to delete. */
async function setAside(folder: string, { dataDir, onProgress }: HomeOptions): Promise<void> {
  const orphan = postmasterOf(clusterIn(folder));
  if (orphan !== undefined) await stopPostmaster(orphan.process);
  const count = readdirSync(join(folder, '..')).filter((name) => name.startsWith(basename(folder))).length;
  const aside = `${folder}.left-${count}`;
  renameSync(folder, aside);
  onProgress(`An older database of ${dataDir} was found; it is now in ${aside}.`);
}

/** Noted once the cluster is whole, so that the note never leads to half a one. */
export async function rememberClusterDir(dataDir: string, clusterDir: string): Promise<void> {
  if (clusterDir !== clusterIn(dataDir)) {
    await writeWhole(pointerPath(dataDir), `${JSON.stringify({ clusterDir })}\n`);
  }
}
