import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { withoutWait } from './values.ts';

export function addDecideCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('decide')
    .description('answer a question that the plan asks')
    .argument('<plan>')
    .argument('<question>', 'its id, as `carechart show` has it')
    .argument('<outcome>', 'one of those that the question names')
    .option(
      '--role <role>',
      'in which you answer, if you are asked in several; patient, for what the patient said',
    )
    .option('--note <text>');
  addEventOptions(verb).action(
    async (
      plan: string,
      question: string,
      outcome: string,
      options: EventOptions & { role?: string; note?: string },
      command: Command,
    ) => {
      const { role, note } = options;
      const data = {
        question: withoutWait(question, 'question'),
        outcome,
        ...(role === undefined ? {} : { role }),
        ...(note === undefined ? {} : { note }),
      };
      await sendEvent(command, terminal, { plan, type: 'decide', data, options });
    },
  );
}
