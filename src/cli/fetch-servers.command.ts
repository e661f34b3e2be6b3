import type { Command } from 'commander';
import { ensureTemporalProgram } from '../engine/temporal-server.ts';

export function addFetchServersCommand(program: Command): void {
  program
    .command('fetch-servers')
    .description('get the Temporal server now, so that no later start has to wait for it')
    .action(async () => {
      const path = await ensureTemporalProgram({ onProgress: (line) => console.log(line) });
      console.log(`Temporal is at ${path}.`);
    });
}
