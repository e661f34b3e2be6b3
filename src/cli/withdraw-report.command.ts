import type { Command } from 'commander';
import { addReportVerb } from './report-verb.ts';
import type { Terminal } from './terminal.ts';

export function addWithdrawReportCommand(program: Command, terminal: Terminal): void {
  addReportVerb(program, terminal, {
    name: 'withdraw-report',
    description: 'take back the report of a stage: it was not performed on that day',
    day: 'that was reported, such as 2026-03-02',
    isOfSession: true,
    eventOf: ({ on: performedOn, ...said }) => ({ type: 'report.withdrawn', data: { ...said, performedOn } }),
  });
}
