import { Argument, type Command } from 'commander';
import { ExitName } from '../core/pathway/rules.schema.ts';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';

export function addLeaveCommand(program: Command, terminal: Terminal): void {
  const exit = new Argument('<exit>', 'where it goes').choices([...ExitName.options, 'declined']);
  const verb = program
    .command('leave')
    .description('take a plan off its course; from all but declined it can return')
    .argument('<plan>')
    .addArgument(exit)
    .requiredOption('--reason <text>', 'why');
  addEventOptions(verb).action(
    async (plan: string, to: string, options: EventOptions & { reason: string }, command: Command) => {
      const data = { exit: to, reason: options.reason };
      await sendEvent(command, terminal, { plan, type: 'leaveCourse', data, options });
    },
  );
}
