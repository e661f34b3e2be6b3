import type { Command } from 'commander';
import { PatientView } from '../api/patient-view.schema.ts';
import { patientText } from './patient-text.ts';
import { sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';

export function addPatientCommand(program: Command, terminal: Terminal): void {
  program
    .command('patient')
    .description('a plan in plain words, as its patient reads it')
    .argument('<plan>')
    .option('--language <language>', "one that the clinic speaks; without it, the clinic's first")
    .action(async (plan: string, { language }: { language?: string }, command: Command) => {
      const { client, print } = sessionOf(command, terminal);
      const query = language === undefined ? '' : `?language=${encodeURIComponent(language)}`;
      const view = await client.get(`/v1/plans/${encodeURIComponent(plan)}/patient${query}`, PatientView);
      print(view, patientText(view));
    });
}
