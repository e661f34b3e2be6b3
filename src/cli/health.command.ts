import type { Command } from 'commander';
import { Ready } from '../api/routes/health.route.ts';
import { sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';

export function addHealthCommand(program: Command, terminal: Terminal): void {
  program
    .command('health')
    .description('whether Carechart, PostgreSQL and Temporal answer')
    .action(async (_options: object, command: Command) => {
      const { client, print } = sessionOf(command, terminal);
      const ready = await client.probe('/readyz', Ready);
      print(ready, 'Ready: the API, PostgreSQL and Temporal answer.');
    });
}
