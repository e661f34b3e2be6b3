import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import { addFactOptions, type FactOptions, statedValue } from './fact-verb.ts';
import type { Terminal } from './terminal.ts';
import { asDay, VALUE_HELP } from './values.ts';

interface CorrectOptions extends EventOptions, FactOptions {
  readonly on: string;
  readonly event?: string;
  readonly reason: string;
}

export function addCorrectCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('correct')
    .description('replace what was observed of a fact on a day')
    .argument('<plan>')
    .argument('<fact>')
    .argument('<value>', `that is right: ${VALUE_HELP}`)
    .requiredOption('--on <date>', 'the day of the observation, such as 2026-03-02', asDay)
    .requiredOption('--reason <text>', 'why')
    .option('--event <id>', 'of the observation, where there are several of that day');
  addEventOptions(addFactOptions(verb)).action(
    async (plan: string, fact: string, value: string, options: CorrectOptions, command: Command) => {
      const { on, event, reason } = options;
      const stated = statedValue(command, value, options);
      const data = { fact, on, reason, ...(event === undefined ? {} : { event }), ...stated };
      await sendEvent(command, terminal, { plan, type: 'fact.corrected', data, options });
    },
  );
}
