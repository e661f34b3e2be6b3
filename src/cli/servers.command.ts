import type { Command } from 'commander';
import { startServers } from '../engine/servers.ts';
import { writeWhole } from '../machine/files.ts';
import { Addresses, addressesPath, dataDirOf, stopRequested } from './runtime.ts';

export function addServersCommand(program: Command): void {
  program
    .command('servers')
    .description('bring up PostgreSQL and Temporal only, for a worker and an API in processes of their own')
    .option('--data <folder>', 'where data lies (CARECHART_DATA)')
    .option('--temporal-port <port>', 'demand this port', Number)
    .option('--postgres-port <port>', 'demand this port', Number)
    .action(async (options: { data?: string; temporalPort?: number; postgresPort?: number }) => {
      const dataDir = dataDirOf(options.data);
      const stop = stopRequested();
      const { temporalPort, postgresPort } = options;
      const servers = await startServers({
        dataDir,
        onProgress: (line) => console.error(line),
        ...(temporalPort === undefined ? {} : { temporalPort }),
        ...(postgresPort === undefined ? {} : { postgresPort }),
      });
      const { databaseUrl, temporalAddress, namespace, postgresPid, temporalPid } = servers;
      const addresses = Addresses.parse({
        databaseUrl,
        temporalAddress,
        namespace,
        postgresPid,
        temporalPid,
      });
      await writeWhole(addressesPath(dataDir), JSON.stringify(addresses), 0o600);
      console.log(JSON.stringify({ ready: true, dataDir, temporalPid, postgresPid }));
      await stop;
      await servers.stop();
    });
}
