import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { oneMore, withoutWait } from './values.ts';

interface CompleteOptions extends EventOptions {
  readonly note?: string;
  readonly reference?: readonly string[];
}

const asGiven = oneMore((given: string) => given);

export function addCompleteCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('complete')
    .description('say that a task is done')
    .argument('<plan>')
    .argument('<task>', 'its id, as `carechart show` has it')
    .option(
      '--reference <id>',
      'where what it left behind lies, such as photographs; several can be given',
      asGiven,
    )
    .option('--note <text>');
  addEventOptions(verb).action(
    async (plan: string, task: string, options: CompleteOptions, command: Command) => {
      const { note, reference: references } = options;
      const data = {
        task: withoutWait(task, 'task'),
        ...(note === undefined ? {} : { note }),
        ...(references ? { references } : {}),
      };
      await sendEvent(command, terminal, { plan, type: 'task.completed', data, options });
    },
  );
}
