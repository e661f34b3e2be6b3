import type { Command } from 'commander';
import { configOf, createLogger, dataDirOf, stopRequested } from './runtime.ts';

export function addWorkerCommand(program: Command): void {
  program
    .command('worker')
    .description('run a worker beside servers that are up (carechart servers)')
    .option('--data <folder>', 'where data lies (CARECHART_DATA)')
    .action(async (options: { data?: string }) => {
      const stop = stopRequested();
      const { runWorker } = await import('../engine/run-worker.ts');
      const worker = await runWorker(configOf(dataDirOf(options.data), createLogger()));
      console.log(JSON.stringify({ ready: true }));
      await Promise.race([stop, worker.done]);
      await worker.stop();
    });
}
