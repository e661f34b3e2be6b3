import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { withoutWait } from './values.ts';

export function addCountersignCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('countersign')
    .description('sign an override as its second person')
    .argument('<plan>')
    .argument('<override>', 'its id, as `carechart show` has it');
  addEventOptions(verb).action(
    async (plan: string, override: string, options: EventOptions, command: Command) => {
      const data = { override: withoutWait(override, 'signature') };
      await sendEvent(command, terminal, { plan, type: 'countersignOverride', data, options });
    },
  );
}
