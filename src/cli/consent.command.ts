import type { Command } from 'commander';
import { addEventOptions, clinicToday, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { asDay } from './values.ts';

export function addConsentCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('consent')
    .description('record a signed consent')
    .argument('<plan>')
    .argument('<form>')
    .requiredOption('--by <role>', 'who signed it', 'patient')
    .option('--signed-on <date>', 'such as 2026-03-02 (else today, where the clinic is)', asDay);
  addEventOptions(verb).action(
    async (
      plan: string,
      form: string,
      options: EventOptions & { by: string; signedOn?: string },
      command: Command,
    ) => {
      const { by, signedOn = await clinicToday(command, terminal, plan) } = options;
      const data = { form, by, signedOn };
      await sendEvent(command, terminal, { plan, type: 'consent.recorded', data, options });
    },
  );
}
