import type { Command } from 'commander';
import { sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
The files of the folder that you stand in are sent; Carechart checks them and tries all their cases and scenarios
itself, and takes nothing that does not pass. What is proposed stays as it is: another text needs another version.

  carechart publish mole-removal --as clinical-lead --person dr-silva
  carechart approve mole-removal 3f0c9a --from 2026-04-01 --as clinical-lead --person dr-haas
  carechart versions mole-removal`;

/** The two persons of a publication, and what came of it. */
export function addPublishCommands(program: Command, terminal: Terminal): void {
  program
    .command('publish')
    .description('proposes a pathway for approval; refused unless its checks and tests pass')
    .argument('<pathway>', 'its name')
    .argument('[folder]', "the clinic's folder (else the one that you stand in)")
    .addHelpText('after', HELP)
    .action(async (pathway: string, folder: string | undefined, _options: object, command: Command) => {
      const { publish } = await import('./authoring/publish.ts');
      await publish(pathway, folder, sessionOf(command, terminal));
    });
  program
    .command('approve')
    .description('approves what another person has proposed: new plans start on it from its day on')
    .argument('<pathway>', 'its name')
    .argument('<digest>', 'of the proposal, or its first letters')
    .option('--from <day>', 'the day from which new plans start on it (else now)')
    .action(
      async (pathway: string, digest: string, { from }: { readonly from?: string }, command: Command) => {
        const { approve } = await import('./authoring/publish.ts');
        await approve(pathway, digest, { effectiveOn: from }, sessionOf(command, terminal));
      },
    );
  program
    .command('versions')
    .description('every version of a pathway: author, approver, from when, and how many plans run on it')
    .argument('<pathway>', 'its name')
    .action(async (pathway: string, _options: object, command: Command) => {
      const { versions } = await import('./authoring/publish.ts');
      await versions(pathway, sessionOf(command, terminal));
    });
}
