import type { Command } from 'commander';
import { printPending } from './event-verb.ts';
import { sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';

interface StartOptions {
  readonly patient: string;
  readonly plan?: string;
  readonly digest?: string;
}

export function addStartCommand(program: Command, terminal: Terminal): void {
  program
    .command('start')
    .description("start a patient's plan on a pathway")
    .argument('<pathway>', 'as `carechart pathways` lists it')
    .requiredOption('--patient <id>', 'whose plan it is')
    .option('--plan <id>', 'of the new plan (else Carechart chooses one)')
    .option('--digest <digest>', 'of one published version (else the newest)')
    .action(async (pathway: string, { patient, plan, digest }: StartOptions, command: Command) => {
      const session = sessionOf(command, terminal);
      const started = await session.client.start({
        patient,
        pathway: { id: pathway, ...(digest === undefined ? {} : { digest }) },
        ...(plan === undefined ? {} : { planId: plan }),
      });
      if ('outcome' in started) return printPending(session, started);
      const { planId, answer } = started;
      session.print(started, `Plan ${planId} has started. ${answer.says}\nSee it: carechart show ${planId}`);
    });
}
