import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { startPostgres } from '../store/embedded-postgres.ts';
import { provision } from '../store/provision.ts';
import { keepRunning, type ServerProcess } from './keep-running.ts';
import { ensureSecrets, type Secrets } from './secrets.ts';
import { startTemporal, type TemporalServer } from './temporal-server.ts';

export interface ServersOptions {
  readonly dataDir: string;
  readonly temporalPort?: number;
  readonly postgresPort?: number;
  readonly onProgress: (line: string) => void;
}

/** PostgreSQL and Temporal, ours or yours, ready for a worker and an API. */
export interface Servers {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly namespace: string;
  readonly secrets: Secrets;
  /** Absent for a server that is not ours. */
  readonly postgresPid: number | undefined;
  readonly temporalPid: number | undefined;
  stop(): Promise<void>;
}

/**
 * Brings both up, side by side, and the schema up to date; one that dies is started again. `DATABASE_URL` and
 * `TEMPORAL_ADDRESS` name servers of your own; what is not named is started on the data folder.
 */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const { onProgress, temporalPort } = options;
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const secrets = await ensureSecrets(dataDir);
  const [postgres, temporal] = await Promise.allSettled([
    keepRunning<RunningDatabase>(
      'PostgreSQL',
      (before) => startDatabase(dataDir, secrets, options, before),
      onProgress,
    ),
    keepRunning<TemporalServer>(
      'Temporal',
      (before) => startTemporalOn(dataDir, before ? portOf(before.address) : temporalPort, onProgress),
      onProgress,
    ),
  ]);
  if (postgres.status === 'rejected' || temporal.status === 'rejected') {
    if (postgres.status === 'fulfilled') await postgres.value.stop();
    if (temporal.status === 'fulfilled') await temporal.value.stop();
    throw postgres.status === 'rejected'
      ? postgres.reason
      : temporal.status === 'rejected' && temporal.reason;
  }
  const { current: database } = postgres.value;
  const { current: server } = temporal.value;
  return {
    databaseUrl: database.url,
    temporalAddress: server.address,
    namespace: server.namespace,
    secrets,
    postgresPid: database.pid,
    temporalPid: server.pid,
    stop: async () => {
      await temporal.value.stop();
      await postgres.value.stop();
    },
  };
}

function startTemporalOn(dataDir: string, port: number | undefined, onProgress: (line: string) => void) {
  return startTemporal({ dataDir, onProgress, ...(port === undefined ? {} : { port }) });
}

const portOf = (address: string): number => Number(address.slice(address.lastIndexOf(':') + 1));

interface RunningDatabase extends ServerProcess {
  /** As the app role. */
  readonly url: string;
}

async function startDatabase(
  dataDir: string,
  secrets: Secrets,
  { onProgress, postgresPort }: ServersOptions,
  before: RunningDatabase | undefined,
): Promise<RunningDatabase> {
  const configured = process.env.DATABASE_URL;
  if (configured) {
    const url = await provision(configured, secrets.passwords);
    return { url, stop: async () => undefined };
  }
  const port = before ? Number(new URL(before.url).port) : postgresPort;
  const server = await startPostgres({ dataDir, onProgress, ...(port === undefined ? {} : { port }) });
  try {
    const url = await provision(server.superuserUrl, secrets.passwords);
    return { url, pid: server.pid, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
