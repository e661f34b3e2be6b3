import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import pg from 'pg';
import { dataConverter } from '../src/engine/data-converter.ts';
import { type Servers, startServers } from '../src/engine/servers.ts';
import { removeQuietly } from '../src/machine/files.ts';
import { knownClusterDir } from '../src/store/postgres-home.ts';

/** PostgreSQL and Temporal for one run of the bench, on a folder of their own, with a table for the bare peers. */
export interface System {
  readonly servers: Servers;
  readonly dataDir: string;
  /** The bare peers' workflow code, bundled. */
  readonly bareBundle: string;
  /** For Carechart's workflows. */
  readonly client: Client;
  /** For the bare ones: the SDK's own data converter. */
  readonly bareClient: Client;
  readonly sql: pg.Pool;
  logPath(name: string): string;
  stop(): Promise<void>;
}

export const BARE_CHANNEL = 'bench_answer';

const BARE_TABLE = `
create schema if not exists bench;
create table if not exists bench.step (
  plan_id text not null, event_id text not null, body text not null, primary key (plan_id, event_id));
grant usage on schema bench to carechart_app;
grant select, insert on bench.step to carechart_app;
`;

const TEMPORAL_PORT = 7801;

export async function startSystem(given: string | undefined): Promise<System> {
  const dataDir = given ?? mkdtempSync(join(tmpdir(), 'carechart-bench-'));
  mkdirSync(dataDir, { recursive: true });
  // PostgreSQL may run as a user of its own, who has to get there.
  chmodSync(dataDir, 0o711);
  const servers = await startServers({
    dataDir,
    temporalPort: TEMPORAL_PORT,
    onProgress: (line) => console.error(line),
  });
  const stopServers = async (): Promise<void> => {
    await servers.stop();
    if (given === undefined) removeData(dataDir);
  };
  try {
    return await furnish(servers, dataDir, stopServers);
  } catch (error) {
    await stopServers();
    throw error;
  }
}

async function furnish(servers: Servers, dataDir: string, stopServers: () => Promise<void>): Promise<System> {
  await makeBareTable(servers);
  const bareBundle = join(dataDir, 'bare-bundle.js');
  await bundleBare(bareBundle);
  const { namespace } = servers;
  const connection = await Connection.connect({ address: servers.temporalAddress });
  const sql = new pg.Pool({ connectionString: servers.databaseUrl, max: 12 });
  sql.on('error', () => undefined);
  return {
    servers,
    dataDir,
    bareBundle,
    client: new Client({ connection, namespace, dataConverter }),
    bareClient: new Client({ connection, namespace }),
    sql,
    logPath: (name) => join(dataDir, `${name}.log`),
    stop: async () => {
      await sql.end();
      await connection.close();
      await stopServers();
    },
  };
}

function removeData(dataDir: string): void {
  const clusterDir = knownClusterDir(dataDir);
  removeQuietly(clusterDir);
  rmSync(dataDir, { recursive: true, force: true });
}

async function makeBareTable({ databaseUrl, secrets }: Servers): Promise<void> {
  const url = new URL(databaseUrl);
  url.username = 'carechart_owner';
  url.password = secrets.passwords.owner;
  const owner = new pg.Client({ connectionString: url.href });
  await owner.connect();
  await owner.query(BARE_TABLE);
  await owner.end();
}

async function bundleBare(path: string): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('./bare/bare.workflow.js', import.meta.url)),
    logger: new DefaultLogger('ERROR'),
  });
  writeFileSync(path, code);
}
