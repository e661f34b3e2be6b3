import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';

export function addReturnCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('return')
    .description('bring a plan back to its course')
    .argument('<plan>')
    .requiredOption('--reason <text>', 'why');
  addEventOptions(verb).action(
    async (plan: string, options: EventOptions & { reason: string }, command: Command) => {
      const data = { reason: options.reason };
      await sendEvent(command, terminal, { plan, type: 'returnToCourse', data, options });
    },
  );
}
