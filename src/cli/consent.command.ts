import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';

export function addConsentCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('consent')
    .description('record a signed consent')
    .argument('<plan>')
    .argument('<form>')
    .requiredOption('--by <role>', 'who signed it', 'patient')
    .requiredOption('--signed-on <date>', 'such as 2026-03-02');
  addEventOptions(verb).action(
    async (
      plan: string,
      form: string,
      options: EventOptions & { by: string; signedOn: string },
      command: Command,
    ) => {
      const { by, signedOn } = options;
      const data = { form, by, signedOn };
      await sendEvent(command, terminal, { plan, type: 'consent.recorded', data, options });
    },
  );
}
