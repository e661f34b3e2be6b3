import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../core/model/failure.ts';
import { randomSuffix, removeQuietly, writeWhole } from '../machine/files.ts';
import { reasonOf } from '../machine/reasons.ts';
import { run } from '../machine/run.ts';
import { type Account, canEnter } from './postgres-account.ts';
import { type PostgresBinaries, runOptions } from './postgres-binaries.ts';

export const SUPERUSER = 'postgres';

/**
 * `builtin` collation: the order of text then depends on no library of the system, whose update would silently break
 * the indexes.
 */
const INITDB = [
  `--username=${SUPERUSER}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--data-checksums',
  '--no-instructions',
];

/** @throws Failure CC5003, CC5004: the folder holds something that this PostgreSQL must not touch */
export function hasCluster(clusterDir: string, major: string): boolean {
  if (!existsSync(clusterDir)) return false;
  const names = list(clusterDir);
  if (names.length === 0) {
    rmdirSync(clusterDir);
    return false;
  }
  const found = names.includes('PG_VERSION')
    ? readFileSync(join(clusterDir, 'PG_VERSION'), 'utf8').trim()
    : undefined;
  if (found === undefined || !/^\d+(\.\d+)?$/.test(found)) {
    throw new Failure(
      'CC5004',
      `${clusterDir} is no whole PostgreSQL folder: ${
        found === undefined ? 'PG_VERSION is missing' : 'PG_VERSION does not name a version'
      }. Restore it from a backup; or move it away, and Carechart makes an empty one.`,
    );
  }
  if (found !== major) {
    throw new Failure(
      'CC5003',
      `${clusterDir} was written by PostgreSQL ${found}; Carechart brings PostgreSQL ${major}, which cannot read it. ` +
        `Dump it with PostgreSQL ${found} (pg_dumpall) and load it into a new data folder, or run a server of ` +
        `version ${found} and set DATABASE_URL.`,
    );
  }
  return true;
}

function list(clusterDir: string): readonly string[] {
  try {
    return readdirSync(clusterDir);
  } catch (error) {
    throw new Failure(
      'CC5002',
      `${clusterDir} cannot be read: ${reasonOf(error)}. Run Carechart as its owner.`,
    );
  }
}

/** A cluster that was made in a reachable place, and then moved, or shut in. */
export async function demandReach(clusterDir: string, account: Account | undefined): Promise<void> {
  if (await canEnter(clusterDir, account)) return;
  throw new Failure(
    'CC5002',
    `PostgreSQL’s system user (number ${account?.uid}), whom ${clusterDir} belongs to, cannot get there. ` +
      'Let others pass through each folder above it (chmod o+x), or run Carechart as that user.',
  );
}

const passwordPath = (dataDir: string): string => join(dataDir, 'postgres.password');

/** Kept before the cluster is made, so that no cluster exists whose password nobody knows. */
export async function ensurePassword(dataDir: string): Promise<string> {
  const path = passwordPath(dataDir);
  if (!existsSync(path)) await writeWhole(path, `${randomBytes(24).toString('base64url')}\n`, 0o600);
  return readPassword(dataDir);
}

export function readPassword(dataDir: string): string {
  const path = passwordPath(dataDir);
  const password = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  if (password !== '') return password;
  throw new Failure(
    'CC5002',
    `The database’s password is not in ${path}. Restore that file from the backup that the data folder came from.`,
  );
}

export interface InitialiseOptions {
  readonly clusterDir: string;
  readonly password: string;
  readonly binaries: PostgresBinaries;
  readonly account: Account | undefined;
}

/** Made under another name, then renamed: a killed start leaves no half cluster. */
export async function initialise(options: InitialiseOptions): Promise<void> {
  const { clusterDir, password, binaries, account } = options;
  removeAbandoned(clusterDir);
  const staging = `${clusterDir}.${randomSuffix()}.partial`;
  const passwordFile = join(staging, 'password');
  try {
    mkdirSync(staging, { mode: 0o700 });
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account !== undefined) {
      for (const path of [staging, passwordFile]) chownSync(path, account.uid, account.gid);
    }
    const whereTo = [`--pgdata=${join(staging, 'data')}`, `--pwfile=${passwordFile}`];
    const made = await run(binaries.initdb, [...INITDB, ...whereTo], runOptions(account));
    if (!made.ok) {
      throw new Failure(
        'CC5002',
        `The database could not be made in ${clusterDir}. initdb said:\n${made.output}`,
      );
    }
    renameSync(join(staging, 'data'), clusterDir);
    syncFolder(dirname(clusterDir));
  } finally {
    removeQuietly(staging);
  }
}

function removeAbandoned(clusterDir: string): void {
  const parent = dirname(clusterDir);
  for (const name of readdirSync(parent)) {
    if (name.startsWith(`${basename(clusterDir)}.`) && name.endsWith('.partial'))
      removeQuietly(join(parent, name));
  }
}

function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
