import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { withoutWait } from './values.ts';

export function addReleaseCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('release')
    .description('sign a hold away whose rule clears by signature')
    .argument('<plan>')
    .argument('<hold>', 'its id, as `carechart show` has it')
    .option('--note <text>');
  addEventOptions(verb).action(
    async (plan: string, hold: string, options: EventOptions & { note?: string }, command: Command) => {
      const { note } = options;
      const data = { hold: withoutWait(hold, 'hold'), ...(note === undefined ? {} : { note }) };
      await sendEvent(command, terminal, { plan, type: 'releaseHold', data, options });
    },
  );
}
