import type { Command } from 'commander';
import { PlanView } from '../api/plan-view.schema.ts';
import { planText } from './plan-text.ts';
import { sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';

export function addShowCommand(program: Command, terminal: Terminal): void {
  program
    .command('show')
    .description('a plan as it stands')
    .argument('<plan>')
    .action(async (plan: string, _options: object, command: Command) => {
      const { client, print } = sessionOf(command, terminal);
      const view = await client.get(`/v1/plans/${encodeURIComponent(plan)}`, PlanView);
      print(view, planText(view));
    });
}
