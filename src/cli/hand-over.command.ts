import type { Command } from 'commander';
import { HandOver } from '../api/hand-over.schema.ts';
import { handOverText } from './hand-over-text.ts';
import { sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';

export function addHandOverCommand(program: Command, terminal: Terminal): void {
  program
    .command('hand-over')
    .description('what whoever takes a plan over has to know, on a page')
    .argument('<plan>')
    .action(async (plan: string, _options: object, command: Command) => {
      const { client, print } = sessionOf(command, terminal);
      const found = await client.get(`/v1/plans/${encodeURIComponent(plan)}/hand-over`, HandOver);
      print(found, handOverText(found));
    });
}
