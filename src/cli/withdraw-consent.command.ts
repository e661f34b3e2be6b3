import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';

export function addWithdrawConsentCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('withdraw-consent')
    .description('record that a consent was withdrawn')
    .argument('<plan>')
    .argument('<form>')
    .option('--note <text>');
  addEventOptions(verb).action(
    async (plan: string, form: string, options: EventOptions & { note?: string }, command: Command) => {
      const { note } = options;
      const data = { form, ...(note === undefined ? {} : { note }) };
      await sendEvent(command, terminal, { plan, type: 'consent.withdrawn', data, options });
    },
  );
}
