import type { Command } from 'commander';
import type { Given } from './authoring/new.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Written are a pathway, its rules with three cases, and a scenario, all small and whole: they pass \`check\` and \`test\`.
Every figure in them is an example. What is not given is asked for; with --yes, the first that the clinic has is taken.

  carechart new
  carechart new scar-revision --title "Revision of a scar" --procedure mole-excision --role surgeon --yes`;

export function addNewCommand(program: Command, terminal: Terminal): void {
  program
    .command('new')
    .description('asks a few questions, then writes a pathway that passes its checks and tests')
    .argument('[name]', 'of the pathway')
    .argument('[folder]', "the clinic's folder (else the one that you stand in)")
    .option('--title <text>', 'what people call it')
    .option('--procedure <name>', 'what is done, of the catalogue')
    .option('--role <role>', 'who does it')
    .option('--fact <name>', 'a yes-or-no fact of the catalogue that has to be no')
    .option('--yes', 'ask nothing')
    .addHelpText('after', HELP)
    .action(
      async (
        name: string | undefined,
        folder: string | undefined,
        { yes, ...given }: Omit<Given, 'name'> & { readonly yes?: true },
      ) => {
        const { makeNew } = await import('./authoring/new.ts');
        const all = { ...given, ...(name === undefined ? {} : { name }) };
        await makeNew({ folder, given: all, isAsking: yes !== true }, terminal);
      },
    );
}
