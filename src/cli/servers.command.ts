import type { Command } from 'commander';
import { dataDirOf, stopRequested } from './runtime.ts';
import { asWholeNumber } from './values.ts';

export function addServersCommand(program: Command): void {
  program
    .command('servers')
    .description('bring up PostgreSQL and Temporal only, for a worker and an API in processes of their own')
    .option('--data <folder>', 'where data lies (CARECHART_DATA)')
    .option('--temporal-port <port>', 'demand this port', asWholeNumber)
    .option('--postgres-port <port>', 'demand this port', asWholeNumber)
    .action(async (options: { data?: string; temporalPort?: number; postgresPort?: number }) => {
      const stop = stopRequested();
      const { bringUp } = await import('./bring-up.ts');
      const dataDir = dataDirOf(options.data);
      const { temporalPort, postgresPort } = options;
      const { servers, addresses } = await bringUp({
        dataDir,
        temporalPort,
        postgresPort,
        onProgress: (line) => console.error(line),
      });
      const { temporalPid, postgresPid } = addresses;
      console.log(JSON.stringify({ ready: true, dataDir, temporalPid, postgresPid }));
      await stop;
      await servers.stop();
    });
}
