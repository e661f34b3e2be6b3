import pg from 'pg';
import { Failure } from '../core/model/failure.ts';
import { migrate } from './migrate.ts';

export interface Passwords {
  readonly owner: string;
  readonly app: string;
  readonly jobs: string;
}

/**
 * Makes the database and its three roles, and migrates it: `owner` (migrations), `app` (no superuser, no bypass of
 * row-level security, not the owner), `jobs` (named functions only).
 * @param adminUrl - a role that may create roles and databases
 * @returns the address that the app connects to
 */
export async function provision(
  adminUrl: string,
  passwords: Passwords,
  database = 'carechart',
): Promise<string> {
  await asAdmin(adminUrl, async (client) => {
    for (const [role, password] of Object.entries(passwords))
      await ensureRole(client, `carechart_${role}`, password);
    const found = await client.query('select from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) {
      await client.query(`grant carechart_owner to current_user`);
      await client.query(`create database ${pg.escapeIdentifier(database)} owner carechart_owner`);
    }
  });
  const owner = urlOf(adminUrl, { user: 'carechart_owner', password: passwords.owner, database });
  await asAdmin(owner, (client) => client.query('create schema if not exists carechart'));
  await migrate(owner);
  return urlOf(adminUrl, { user: 'carechart_app', password: passwords.app, database });
}

/** All that is in it goes; the roles stay. */
export function dropDatabase(adminUrl: string, database = 'carechart'): Promise<void> {
  return asAdmin(adminUrl, (client) =>
    client.query(`drop database if exists ${pg.escapeIdentifier(database)} with (force)`),
  );
}

/** Roles are made once. One that is there keeps its attributes, if they are those that it must have. */
async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const { rows } = await client.query<{ isSafe: boolean }>(
    `select not (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole) as "isSafe" from pg_roles where rolname = $1`,
    [role],
  );
  const [found] = rows;
  if (found && !found.isSafe) {
    throw new Failure(
      'CC5002',
      `The role ${role} may do more than it should: take superuser, bypassrls, createdb and createrole from it.`,
    );
  }
  const verb = found ? 'alter' : 'create';
  await client.query(
    `${verb} role ${pg.escapeIdentifier(role)} login password ${pg.escapeLiteral(password)}`,
  );
}

async function asAdmin(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await work(client);
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { host, pathname } = new URL(url);
    const said = error instanceof Error ? error.message : String(error);
    throw new Failure('CC5002', `PostgreSQL at ${host}${pathname} could not be set up: ${said}`, {
      cause: error,
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}

function urlOf(
  url: string,
  { user, password, database }: { user: string; password: string; database: string },
): string {
  const to = new URL(url);
  to.username = user;
  to.password = password;
  to.pathname = `/${database}`;
  return to.href;
}
