import type { Command } from 'commander';
import { addEventOptions, clinicToday, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { asDay } from './values.ts';

export function addPerformCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('perform')
    .description('report that the procedure of a stage was performed')
    .argument('<plan>')
    .argument('<stage>')
    .option('--on <date>', 'such as 2026-03-02 (else today, where the clinic is)', asDay)
    .option('--until <date>', 'the last day of what took several', asDay)
    .option('--session <name>', 'which one, where the sessions of the stage differ (else the one owed next)')
    .option('--note <text>');
  addEventOptions(verb).action(
    async (
      plan: string,
      stage: string,
      options: EventOptions & { on?: string; until?: string; session?: string; note?: string },
      command: Command,
    ) => {
      const { on = await clinicToday(command, terminal, plan), until, session, note } = options;
      const more = {
        ...(until === undefined ? {} : { endedOn: until }),
        ...(session === undefined ? {} : { session }),
        ...(note === undefined ? {} : { note }),
      };
      const data = { stage, performedOn: on, ...more };
      await sendEvent(command, terminal, { plan, type: 'procedure.performed', data, options });
    },
  );
}
