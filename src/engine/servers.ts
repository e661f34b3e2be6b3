import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { startPostgres } from '../store/embedded-postgres.ts';
import { provision } from '../store/provision.ts';
import { ensureSecrets, type Secrets } from './secrets.ts';
import { startTemporal } from './temporal-server.ts';

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
  readonly postgresPid?: number;
  readonly temporalPid?: number;
  stop(): Promise<void>;
}

/**
 * Brings both up, side by side, and the schema up to date. `DATABASE_URL` and `TEMPORAL_ADDRESS` name servers of
 * your own; what is not named is started on the data folder.
 */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const { onProgress } = options;
  const dataDir = resolve(options.dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const secrets = await ensureSecrets(dataDir);
  const [postgres, temporal] = await Promise.allSettled([
    startDatabase(dataDir, secrets, options),
    startTemporal({
      dataDir,
      onProgress,
      ...(options.temporalPort === undefined ? {} : { port: options.temporalPort }),
    }),
  ]);
  if (postgres.status === 'rejected' || temporal.status === 'rejected') {
    if (postgres.status === 'fulfilled') await postgres.value.stop();
    if (temporal.status === 'fulfilled') await temporal.value.stop();
    throw postgres.status === 'rejected'
      ? postgres.reason
      : temporal.status === 'rejected' && temporal.reason;
  }
  return {
    databaseUrl: postgres.value.url,
    temporalAddress: temporal.value.address,
    namespace: temporal.value.namespace,
    secrets,
    ...(postgres.value.pid === undefined ? {} : { postgresPid: postgres.value.pid }),
    ...(temporal.value.pid === undefined ? {} : { temporalPid: temporal.value.pid }),
    stop: async () => {
      await temporal.value.stop();
      await postgres.value.stop();
    },
  };
}

interface RunningDatabase {
  readonly url: string;
  readonly pid?: number;
  stop(): Promise<void>;
}

async function startDatabase(
  dataDir: string,
  secrets: Secrets,
  options: ServersOptions,
): Promise<RunningDatabase> {
  const configured = process.env.DATABASE_URL;
  if (configured) {
    const url = await provision(configured, secrets.passwords);
    return { url, stop: async () => undefined };
  }
  const { onProgress, postgresPort } = options;
  const server = await startPostgres({
    dataDir,
    onProgress,
    ...(postgresPort === undefined ? {} : { port: postgresPort }),
  });
  try {
    const url = await provision(server.superuserUrl, secrets.passwords);
    return { url, pid: server.pid, stop: () => server.stop() };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
