import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { withoutWait } from './values.ts';

export function addRevokeOverrideCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('revoke-override')
    .description('end an override before its time')
    .argument('<plan>')
    .argument('<override>', 'its id, as `carechart show` has it')
    .requiredOption('--reason <text>', 'why');
  addEventOptions(verb).action(
    async (plan: string, override: string, options: EventOptions & { reason: string }, command: Command) => {
      const data = { override: withoutWait(override, 'signature'), reason: options.reason };
      await sendEvent(command, terminal, { plan, type: 'revokeOverride', data, options });
    },
  );
}
