import type { Command } from 'commander';
import { Explanation, PlanView } from '../api/plan-view.schema.ts';
import { explanationText } from './plan-text.ts';
import { sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';

export function addExplainCommand(program: Command, terminal: Terminal): void {
  program
    .command('explain')
    .description('what the next gate would say now, and what would open it')
    .argument('<plan>')
    .action(async (plan: string, _options: object, command: Command) => {
      const { client, print } = sessionOf(command, terminal);
      const path = `/v1/plans/${encodeURIComponent(plan)}`;
      const explanation = await client.get(`${path}/explanation`, Explanation);
      const { timeZone } = await client.get(path, PlanView);
      print(explanation, explanationText(explanation, timeZone));
    });
}
