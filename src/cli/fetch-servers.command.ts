import type { Command } from 'commander';

export function addFetchServersCommand(program: Command): void {
  program
    .command('fetch-servers')
    .description('get the Temporal server now, so that no later start has to wait for it')
    .action(async () => {
      const { ensureTemporalProgram } = await import('../engine/temporal-server.ts');
      const path = await ensureTemporalProgram({ onProgress: (line) => console.log(line) });
      console.log(`Temporal is at ${path}.`);
    });
}
