import { type Command, Option } from 'commander';
import { AlreadySaid } from './already-said.ts';
import type { DiffOptions } from './authoring/diff.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Two versions of a clinic's files by what they mean. Every case and scenario of either is put to both, those that both have
in their newer words: who is held now, or no longer, who is refused, at another time, led elsewhere. Then the words that
differ, by the rule or stage that they stand in. Comments, layout, and the places of files mean nothing.

  carechart diff ../clinic-as-published         that folder, and the clinic that you stand in
  carechart diff old/ new/ --all                two folders, and every line of it
  git worktree add ../before main               one way to have the older version beside you

It ends with 0 where both mean the same, and else with 1.`;

export function addDiffCommand(program: Command, terminal: Terminal): void {
  program
    .command('diff')
    .description('what two versions of the files mean otherwise, and for which made-up patients')
    .argument('<before>', 'the folder of the older version')
    .argument('[after]', 'the folder of the newer one (else the clinic that you stand in)')
    .addOption(
      new Option('--format <format>', 'of what is printed').choices(['text', 'json']).default('text'),
    )
    .option('--all', 'every line of it')
    .addHelpText('after', HELP)
    .action(async (before: string, after: string | undefined, options: DiffOptions) => {
      const { diff } = await import('./authoring/diff.ts');
      if (!diff([before, after], options, terminal)) throw new AlreadySaid();
    });
}
