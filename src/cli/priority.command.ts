import { type Command, Option } from 'commander';
import { GoalPriority } from '../core/model/event.schema.ts';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';

type PriorityOptions = EventOptions & { readonly is: string; readonly note?: string };

export function addPriorityCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('priority')
    .description('record how much a goal matters to the patient')
    .argument('<plan>')
    .argument('<goal>')
    .addOption(
      new Option('--is <priority>', 'to the patient').choices(GoalPriority.options).makeOptionMandatory(),
    )
    .option('--note <text>');
  addEventOptions(verb).action(
    async (plan: string, goal: string, options: PriorityOptions, command: Command) => {
      const { is: priority, note } = options;
      const data = { goal, priority, ...(note === undefined ? {} : { note }) };
      await sendEvent(command, terminal, { plan, type: 'priority.stated', data, options });
    },
  );
}
