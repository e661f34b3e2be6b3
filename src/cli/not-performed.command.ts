import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { asDay } from './values.ts';

export function addNotPerformedCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('not-performed')
    .description('say that a procedure was not performed, though its gate was open: the gate is closed again')
    .argument('<plan>')
    .argument('<stage>')
    .argument('<day>', 'on which it was to be, such as 2026-03-02', asDay)
    .requiredOption('--reason <text>', 'why');
  addEventOptions(verb).action(
    async (
      plan: string,
      stage: string,
      on: string,
      options: EventOptions & { reason: string },
      command: Command,
    ) => {
      const data = { stage, on, reason: options.reason };
      await sendEvent(command, terminal, { plan, type: 'procedure.notPerformed', data, options });
    },
  );
}
