import { join } from 'node:path';
import { Failure } from '../../core/model/failure.ts';
import type { Instant } from '../../core/model/primitives.schema.ts';
import type { CompiledPathway } from '../../core/pathway/compiled.schema.ts';
import { publishAll } from '../../engine/publish.ts';
import { runWorker } from '../../engine/run-worker.ts';
import { ensureSecrets } from '../../engine/secrets.ts';
import { type SkippingServer, startSkippingServer } from '../../engine/skipping-server.ts';
import { defaultCacheDir } from '../../machine/files.ts';
import { connect, type Database } from '../../store/database.ts';
import { startPostgres } from '../../store/embedded-postgres.ts';
import { dropDatabase, provision } from '../../store/provision.ts';
import { runApi } from '../run-api.ts';
import { configFrom, createLogger } from '../runtime.ts';

/** A Carechart with a database, ports and a clock of its own. */
export interface DemoSystem {
  readonly url: string;
  readonly clinic: string;
  readonly server: SkippingServer;
  readonly database: Database;
  stop(): Promise<void>;
}

export interface DemoSystemOptions {
  readonly dataDir: string;
  readonly pathways: readonly CompiledPathway[];
  /** Where its clock begins; not past. */
  readonly startsAt: Instant;
  readonly onProgress: (line: string) => void;
}

/** In its data folder. */
export const LOG = 'carechart.log';

type Undo = () => Promise<void>;

/** Servers named by DATABASE_URL and TEMPORAL_ADDRESS are left alone: what is in this one's database goes at the next start. */
export async function startDemoSystem(options: DemoSystemOptions): Promise<DemoSystem> {
  const undo: Undo[] = [];
  // The last thing first, and each whatever became of the others.
  const stop = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (let last = undo.pop(); last; last = undo.pop())
      await last().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  try {
    return { ...(await bringUp(options, undo)), stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

async function bringUp(
  { dataDir, pathways, startsAt, onProgress }: DemoSystemOptions,
  undo: Undo[],
): Promise<Omit<DemoSystem, 'stop'>> {
  const secrets = await ensureSecrets(dataDir);
  const postgres = await startPostgres({ dataDir, onProgress });
  if (postgres.origin === 'shared')
    throw new Failure('CC5010', `Another demo is being played on ${dataDir}.`);
  undo.push(() => postgres.stop());
  await dropDatabase(postgres.superuserUrl);
  const databaseUrl = await provision(postgres.superuserUrl, secrets.passwords);
  const server = await startSkippingServer({ dataDir, cacheDir: defaultCacheDir(), onProgress });
  undo.push(() => server.stop());
  await server.skipTo(startsAt);
  const { clock, address: temporalAddress, namespace } = server;
  const clinic = await publishAll(databaseUrl, pathways, clock.now());
  const database = connect(databaseUrl, { connections: 2 });
  undo.push(() => database.close());
  const logger = createLogger(join(dataDir, LOG));
  const addresses = { databaseUrl, temporalAddress, namespace, clinic };
  const config = { ...configFrom(addresses, secrets, logger), clock };
  const worker = await runWorker({
    ...config,
    // The clock is a moment behind while time is skipped, and that moment may be a week.
    intercept: (ports) => ({
      ...ports,
      tell: async (...told) => {
        await server.look();
        await ports.tell(...told);
      },
    }),
  });
  undo.push(() => worker.stop());
  const api = await runApi({ ...config, port: 0 });
  undo.push(() => api.stop());
  onProgress(`The HTTP API is at http://127.0.0.1:${api.port}/v1.`);
  return { url: `http://127.0.0.1:${api.port}`, clinic: clinic.clinic, server, database };
}
