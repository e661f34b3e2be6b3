import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';

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
      // `show` names a task by its wait, `task/consultation/history`.
      const data = { task: task.replace(/^task\//, ''), ...(note === undefined ? {} : { note }) };
      await sendEvent(command, terminal, { plan, type: 'task.completed', data, options });
    },
  );
}
