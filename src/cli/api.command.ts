import type { Command } from 'commander';
import { configOf, createLogger, DEFAULT_PORT, dataDirOf, stopRequested } from './runtime.ts';
import { asWholeNumber } from './values.ts';

export function addApiCommand(program: Command): void {
  program
    .command('api')
    .description('serve the HTTP API beside servers that are up (carechart servers)')
    .option('--data <folder>', 'where data lies (CARECHART_DATA)')
    .option('--port <port>', 'on 127.0.0.1; 0 takes any that is free', asWholeNumber, DEFAULT_PORT)
    .action(async (options: { data?: string; port: number }) => {
      const stop = stopRequested();
      const { runApi } = await import('./run-api.ts');
      const api = await runApi({ ...configOf(dataDirOf(options.data), createLogger()), port: options.port });
      console.log(JSON.stringify({ ready: true, port: api.port }));
      await stop;
      await api.stop();
    });
}
