import type { Command } from 'commander';
import { Explanation, PlanView } from '../api/plan-view.schema.ts';
import { explanationText } from './plan-text.ts';
import { sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';

interface Options {
  readonly scenario?: string;
  readonly at?: string;
}

const HELP = `
Each rule in scope is told with its fact, its value, source and time, and with the smallest sets of facts that would clear it.

  carechart explain first-plan
  carechart explain --scenario pathways/mole-removal-held.scenario.yaml --at 2026-03-07`;

export function addExplainCommand(program: Command, terminal: Terminal): void {
  program
    .command('explain')
    .description('what the next gate would say, and what would open it: of a plan now, or of a scenario')
    .argument('[plan]')
    .option('--scenario <file>', 'of the made-up patient of a scenario (*.scenario.yaml); asks no server')
    .option('--at <day>', 'of a scenario: the day, or "day hh:mm" (else its end)')
    .addHelpText('after', HELP)
    .action(async (plan: string | undefined, { scenario, at }: Options, command: Command) => {
      const { client, print, isJson } = sessionOf(command, terminal);
      if (scenario !== undefined) {
        if (plan !== undefined) command.error('error: a plan or a scenario, not both', { exitCode: 2 });
        const { explainScenario } = await import('./authoring/explain.ts');
        return explainScenario({ file: scenario, at, isJson }, terminal);
      }
      if (plan === undefined) command.error('error: name a plan, or --scenario <file>', { exitCode: 2 });
      if (at !== undefined) command.error('error: --at is of a scenario', { exitCode: 2 });
      const path = `/v1/plans/${encodeURIComponent(plan)}`;
      const explanation = await client.get(`${path}/explanation`, Explanation);
      const { timeZone } = await client.get(path, PlanView);
      print(explanation, explanationText(explanation, timeZone));
    });
}
