import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { asDay } from './values.ts';

export function addWithdrawReportCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('withdraw-report')
    .description('take back the report of a stage: it was not performed on that day')
    .argument('<plan>')
    .argument('<stage>')
    .argument('<day>', 'that was reported, such as 2026-03-02', asDay)
    .requiredOption('--reason <text>', 'why');
  addEventOptions(verb).action(
    async (
      plan: string,
      stage: string,
      on: string,
      options: EventOptions & { reason: string },
      command: Command,
    ) => {
      const data = { stage, performedOn: on, reason: options.reason };
      await sendEvent(command, terminal, { plan, type: 'report.withdrawn', data, options });
    },
  );
}
