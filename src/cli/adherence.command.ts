import { Argument, type Command } from 'commander';
import { Adherence } from '../core/model/event.schema.ts';
import { addEventOptions, clinicToday, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { asDay } from './values.ts';

interface AdherenceOptions extends EventOptions {
  readonly from?: string;
  readonly to?: string;
}

export function addAdherenceCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('adherence')
    .description('record how much of a home care the patient did')
    .argument('<plan>')
    .argument('<care>')
    .addArgument(new Argument('<done>').choices(Adherence.options))
    .option('--from <date>', 'the first day (else today, where the clinic is)', asDay)
    .option('--to <date>', 'the last day (else the first)', asDay);
  addEventOptions(verb).action(
    async (plan: string, care: string, done: Adherence, options: AdherenceOptions, command: Command) => {
      const { from = await clinicToday(command, terminal, plan), to } = options;
      const data = { care, from, done, ...(to === undefined ? {} : { to }) };
      await sendEvent(command, terminal, { plan, type: 'adherence.recorded', data, options });
    },
  );
}
