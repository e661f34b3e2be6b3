import type { Command } from 'commander';
import { DEFAULT_PORT, dataDirOf } from './runtime.ts';
import { asWholeNumber } from './values.ts';

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('bring the whole of Carechart up in this terminal: servers, worker and HTTP API')
    .option('--data <folder>', 'where data lies (CARECHART_DATA)')
    .option(
      '--port <port>',
      'of the HTTP API, on 127.0.0.1',
      asWholeNumber,
      Number(process.env.PORT ?? DEFAULT_PORT),
    )
    .action(async (options: { data?: string; port: number }) => {
      const { serve } = await import('./serve.ts');
      await serve(dataDirOf(options.data), options.port);
    });
}
