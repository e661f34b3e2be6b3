import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { withoutWait } from './values.ts';

export function addCompleteCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('complete')
    .description('say that a task is done')
    .argument('<plan>')
    .argument('<task>', 'its id, as `carechart show` has it')
    .option('--note <text>');
  addEventOptions(verb).action(
    async (plan: string, task: string, options: EventOptions & { note?: string }, command: Command) => {
      const { note } = options;
      const data = { task: withoutWait(task, 'task'), ...(note === undefined ? {} : { note }) };
      await sendEvent(command, terminal, { plan, type: 'task.completed', data, options });
    },
  );
}
