import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { asDay } from './values.ts';

export function addBookCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('book')
    .description('ask whether a stage may be done on a day, and book it; another day moves it')
    .argument('<plan>')
    .argument('<stage>')
    .argument('<day>', 'such as 2026-03-02', asDay)
    .option('--appointment <id>', 'by which the calendar knows it');
  addEventOptions(verb).action(
    async (
      plan: string,
      stage: string,
      on: string,
      options: EventOptions & { appointment?: string },
      command: Command,
    ) => {
      const { appointment } = options;
      const data = { stage, on, ...(appointment === undefined ? {} : { appointment }) };
      await sendEvent(command, terminal, { plan, type: 'bookAppointment', data, options });
    },
  );
}
