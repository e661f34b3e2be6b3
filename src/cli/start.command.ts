import type { Command } from 'commander';
import { printPending } from './event-verb.ts';
import { sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';
import { withArea, withFigure } from './values.ts';

interface StartOptions {
  readonly patient: string;
  readonly plan?: string;
  readonly digest?: string;
  readonly area?: Readonly<Record<string, string[]>>;
  readonly figure?: Readonly<Record<string, string>>;
  readonly because?: string;
  readonly payment?: string;
  readonly prescribeOnly?: boolean;
}

export function addStartCommand(program: Command, terminal: Terminal): void {
  program
    .command('start')
    .description("start a patient's plan on a pathway")
    .argument('<pathway>', 'as `carechart pathways` lists it')
    .requiredOption('--patient <id>', 'whose plan it is')
    .option('--plan <id>', 'of the new plan (else Carechart chooses one)')
    .option('--digest <digest>', 'of one published version (else the newest)')
    .option(
      '--area <role=sites>',
      'that are chosen, such as treatment="left breast,right breast"; once for each role',
      withArea,
    )
    .option('--figure <figure=value>', 'set for this patient, such as cycle="21 days"', withFigure)
    .option('--because <reason>', 'why these figures are set so')
    .option('--payment <reference>', 'how the patient pays: the token of the provider of payments')
    .option('--prescribe-only', 'write it down, and carry nothing of it out here')
    .action(async (pathway: string, options: StartOptions, command: Command) => {
      const { patient, plan, digest, area, figure, because, payment, prescribeOnly } = options;
      if (because !== undefined && !figure)
        command.error('error: --because says why a --figure is set so', { exitCode: 2 });
      const session = sessionOf(command, terminal);
      const started = await session.client.start({
        patient,
        pathway: { id: pathway, ...(digest === undefined ? {} : { digest }) },
        ...(plan === undefined ? {} : { planId: plan }),
        ...(area === undefined ? {} : { areas: area }),
        ...(figure === undefined ? {} : { figures: figuresSent(figure, because) }),
        ...(payment === undefined ? {} : { payment: { reference: payment } }),
        ...(prescribeOnly ? { intent: 'plan' } : {}),
      });
      if ('outcome' in started) return printPending(session, started);
      const { planId, answer } = started;
      const done = prescribeOnly ? 'is prescribed only' : 'has started';
      session.print(started, `Plan ${planId} ${done}. ${answer.says}\nSee it: carechart show ${planId}`);
    });
}

const figuresSent = (figures: Readonly<Record<string, string>>, because: string | undefined) =>
  Object.fromEntries(
    Object.entries(figures).map(([figure, value]) => [
      figure,
      because === undefined ? value : { value, because },
    ]),
  );
