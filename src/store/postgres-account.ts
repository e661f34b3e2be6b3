import { lstatSync, statSync } from 'node:fs';
import { Failure } from '../core/model/failure.ts';
import { run } from '../machine/run.ts';

/** The system user that PostgreSQL runs as. PostgreSQL refuses to run as root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const ACCOUNT_NAME = 'postgres';

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * @param clusterDir - an existing one keeps its owner, for PostgreSQL serves no folder of another user's
 * @returns undefined when we are not root: PostgreSQL then runs as we do
 */
export async function postgresAccount(
  clusterDir: string,
  onProgress: (line: string) => void,
  name: string = ACCOUNT_NAME,
): Promise<Account | undefined> {
  if (!isRoot()) return undefined;
  const existing = statSync(clusterDir, { throwIfNoEntry: false });
  if (existing !== undefined && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };
  const found = await lookUp(name);
  if (found !== undefined) return found;
  onProgress(`Creating the system user ${name}: PostgreSQL does not run as root.`);
  const created = await create(name);
  const account = await lookUp(name);
  if (account !== undefined) return account;
  throw new Failure(
    'CC5002',
    `PostgreSQL does not run as root, and the system user ${name} could not be created: ${created}. ` +
      'Create it, run Carechart as an ordinary user, or set DATABASE_URL to a running server.',
  );
}

async function lookUp(name: string): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
  return uid.ok && gid.ok ? { uid: Number(uid.output), gid: Number(gid.output) } : undefined;
}

/** `useradd` is everywhere but on Alpine, whose `adduser` knows other options. */
async function create(name: string): Promise<string> {
  const nowhere = ['--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin'];
  const useradd = await run('useradd', ['--system', '--user-group', ...nowhere, name]);
  if (useradd.ok || !useradd.output.includes('ENOENT')) return useradd.output;
  await run('addgroup', ['-S', name]);
  return (await run('adduser', ['-S', '-D', '-H', '-G', name, name])).output;
}

/** Asked of the system as that user, not worked out from modes: access lists and mounts have their say too. */
export async function canEnter(folder: string, account: Account | undefined): Promise<boolean> {
  const { ok } = await run('/bin/sh', ['-c', 'cd -P -- "$1"', 'sh', folder], { cwd: '/', ...account });
  return ok;
}

/** @returns why root should not put programs or data into this folder; undefined when all is well */
export function whyUnsafe(folder: string): string | undefined {
  const stat = lstatSync(folder);
  if (!stat.isDirectory()) return 'it is no folder';
  if (stat.uid !== process.getuid?.()) return 'it belongs to another user';
  return (stat.mode & 0o022) === 0 ? undefined : 'others may write to it';
}
