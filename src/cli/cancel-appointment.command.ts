import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';

export function addCancelAppointmentCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('cancel-appointment')
    .description('say that the appointment for a stage is no more')
    .argument('<plan>')
    .argument('<stage>')
    .option('--note <text>');
  addEventOptions(verb).action(
    async (plan: string, stage: string, options: EventOptions & { note?: string }, command: Command) => {
      const { note } = options;
      const data = { stage, ...(note === undefined ? {} : { note }) };
      await sendEvent(command, terminal, { plan, type: 'appointment.cancelled', data, options });
    },
  );
}
