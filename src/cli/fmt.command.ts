import type { Command } from 'commander';
import { AlreadySaid } from './already-said.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
One layout for all files: keys in the order of the grammar, an item begins with its kind and its name, what fits into
110 columns stands in one line, and a case or a step of a scenario always does. Comments stay with what they stand
above or beside. What a file says does not change: that is looked at before it is written.

  carechart fmt                  all files of the clinic that you stand in
  carechart fmt pathways         those of a folder
  carechart fmt --check          only say which are laid out otherwise; ends with 1 if there are any`;

export function addFmtCommand(program: Command, terminal: Terminal): void {
  program
    .command('fmt')
    .description('brings the files that a clinical lead writes into one layout; comments are kept')
    .argument('[paths...]', 'files or folders (else all of the clinic that you stand in)')
    .option('--check', 'write nothing, only say which files are laid out otherwise')
    .addHelpText('after', HELP)
    .action(async (paths: string[], { check }: { readonly check?: true }) => {
      const { fmt } = await import('./authoring/fmt.ts');
      if (!(await fmt(paths, { isCheck: check === true }, terminal))) throw new AlreadySaid();
    });
}
