import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { asDay } from './values.ts';

export function addMissedCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('missed')
    .description('say that the patient did not come to an appointment')
    .argument('<plan>')
    .argument('<stage>')
    .argument('<day>', 'of the appointment, such as 2026-03-02', asDay)
    .option('--note <text>');
  addEventOptions(verb).action(
    async (
      plan: string,
      stage: string,
      on: string,
      options: EventOptions & { note?: string },
      command: Command,
    ) => {
      const { note } = options;
      const data = { stage, on, ...(note === undefined ? {} : { note }) };
      await sendEvent(command, terminal, { plan, type: 'appointment.missed', data, options });
    },
  );
}
