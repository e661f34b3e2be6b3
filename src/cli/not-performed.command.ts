import type { Command } from 'commander';
import { addReportVerb } from './report-verb.ts';
import type { Terminal } from './terminal.ts';

export function addNotPerformedCommand(program: Command, terminal: Terminal): void {
  addReportVerb(program, terminal, {
    name: 'not-performed',
    description: 'say that a procedure was not performed, though its gate was open: the gate is closed again',
    day: 'on which it was to be, such as 2026-03-02',
    eventOf: (data) => ({ type: 'procedure.notPerformed', data }),
  });
}
