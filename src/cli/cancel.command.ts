import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';

export function addCancelCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('cancel')
    .description('cancel a plan')
    .argument('<plan>')
    .requiredOption('--reason <text>');
  addEventOptions(verb).action(
    async (plan: string, options: EventOptions & { reason: string }, command: Command) => {
      const data = { reason: options.reason };
      await sendEvent(command, terminal, { plan, type: 'cancelPlan', data, options });
    },
  );
}
