import type { Command } from 'commander';
import { PathwayList } from '../api/plan-view.schema.ts';
import { sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';
import { table } from './text.ts';

export function addPathwaysCommand(program: Command, terminal: Terminal): void {
  program
    .command('pathways')
    .description('the newest published version of each pathway')
    .action(async (_options: object, command: Command) => {
      const { client, print } = sessionOf(command, terminal);
      const list = await client.get('/v1/pathways', PathwayList);
      const rows = list.items.map(({ id, version, title, digest }) => [
        id,
        version,
        title,
        digest.slice(0, 12),
      ]);
      print(list, rows.length === 0 ? 'Nothing is published.' : table(rows, '').join('\n'));
    });
}
