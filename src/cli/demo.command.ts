import { join } from 'node:path';
import type { Command } from 'commander';
import { dataDirOf } from './runtime.ts';
import type { Terminal } from './terminal.ts';

export function addDemoCommand(program: Command, terminal: Terminal): void {
  program
    .command('demo')
    .description('play a story on a whole system of its own, at a clock that is moved on')
    .option('--scenario <file>', 'another story than the one that comes with Carechart; its days lie ahead')
    .option(
      '--data <folder>',
      'where its data lies, which the next demo overwrites (else demo/ in CARECHART_DATA)',
    )
    .action(async ({ scenario, data }: { scenario?: string; data?: string }) => {
      const { demo } = await import('./demo/demo.ts');
      const dataDir = data === undefined ? join(dataDirOf(undefined), 'demo') : dataDirOf(data);
      await demo({ dataDir, scenario }, terminal);
    });
}
