import type { CompiledPathway } from '../core/pathway/compiled.schema.ts';
import { systemClock } from '../engine/clock.ts';
import { compileFolder } from '../engine/content.ts';
import { publishAll } from '../engine/publish.ts';
import { type Servers, startServers } from '../engine/servers.ts';
import { packageRoot, writeWhole } from '../machine/files.ts';
import { Addresses, addressesPath } from './runtime.ts';

export interface BringUpOptions {
  readonly dataDir: string;
  readonly temporalPort?: number | undefined;
  readonly postgresPort?: number | undefined;
  readonly onProgress: (line: string) => void;
}

export interface BroughtUp {
  readonly servers: Servers;
  readonly addresses: Addresses;
  readonly pathways: readonly CompiledPathway[];
}

/**
 * Compiles the clinic's files, brings up the servers, publishes the pathways, and leaves the addresses for workers and
 * APIs in the data folder. Files that do not compile stop it before anything is started.
 */
export async function bringUp({
  dataDir,
  temporalPort,
  postgresPort,
  onProgress,
}: BringUpOptions): Promise<BroughtUp> {
  const compiled = compileFolder(packageRoot());
  const servers = await startServers({
    dataDir,
    onProgress,
    ...(temporalPort === undefined ? {} : { temporalPort }),
    ...(postgresPort === undefined ? {} : { postgresPort }),
  });
  try {
    const clinic = await publishAll(servers.databaseUrl, compiled, systemClock.now());
    const { databaseUrl, temporalAddress, namespace, postgresPid, temporalPid } = servers;
    const addresses = Addresses.parse({
      databaseUrl,
      temporalAddress,
      namespace,
      postgresPid,
      temporalPid,
      clinic,
    });
    await writeWhole(addressesPath(dataDir), JSON.stringify(addresses), 0o600);
    return { servers, addresses, pathways: compiled };
  } catch (error) {
    await servers.stop();
    throw error;
  }
}
