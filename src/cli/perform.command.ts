import type { Command } from 'commander';
import { addEventOptions, clinicToday, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';

export function addPerformCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('perform')
    .description('report that the procedure of a stage was performed')
    .argument('<plan>')
    .argument('<stage>')
    .option('--on <date>', 'such as 2026-03-02 (else today, where the clinic is)')
    .option('--note <text>');
  addEventOptions(verb).action(
    async (
      plan: string,
      stage: string,
      options: EventOptions & { on?: string; note?: string },
      command: Command,
    ) => {
      const { on = await clinicToday(command, terminal, plan), note } = options;
      const data = { stage, performedOn: on, ...(note === undefined ? {} : { note }) };
      await sendEvent(command, terminal, { plan, type: 'procedure.performed', data, options });
    },
  );
}
