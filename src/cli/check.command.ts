import { type Command, Option } from 'commander';
import { AlreadySaid } from './already-said.ts';
import type { CheckFormat } from './authoring/check.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
What is checked: that every file can be read, that every key, word and number is one of the format, that every name is
known, and that all of it can be executed. Each problem says where (file:line:column), what, and how to mend it; all of
them are found in one go. Codes are explained in docs/errors.md.

A clinic's folder has rules/ (clinic.yaml, *.facts.yaml, *.rules.yaml, *.cases.yaml) and pathways/ (*.pathway.yaml,
*.scenario.yaml); packs.yaml stands in either. Without a path the folder that you are in is checked, or the one above it.

  carechart check                                     all of it
  carechart check pathways/mole-removal.pathway.yaml  what is wrong in one file
  carechart check --watch                             again after every change
  carechart check --emit blood-thinner                what a rule's sentences compile to
  carechart check --format sarif > check.sarif        for editors and code hosts

It ends with 0 where there is no error, and with 1 where there is one. A warning is no error.`;

interface Options {
  readonly format: CheckFormat;
  readonly watch?: true;
  readonly emit?: string | true;
}

export function addCheckCommand(program: Command, terminal: Terminal): void {
  program
    .command('check')
    .description(
      'whether pathways and rules can be executed as they are written; every problem, with its place',
    )
    .argument('[paths...]', 'files or folders (else all of the clinic that you stand in)')
    .addOption(
      new Option('--format <format>', 'of what is printed')
        .choices(['text', 'json', 'sarif'])
        .default('text'),
    )
    .option('--watch', 'check again after every change, until Ctrl-C')
    .option('--emit [rule or file]', 'print the rules as json-rules-engine has them')
    .addHelpText('after', HELP)
    .action(async (paths: string[], { format, watch, emit: emitted }: Options) => {
      const { check, checkWatching, emit } = await import('./authoring/check.ts');
      if (watch) return checkWatching(paths, terminal);
      const isDone = emitted === undefined ? check(paths, format, terminal) : emit(emitted, paths, terminal);
      if (!isDone) throw new AlreadySaid();
    });
}
