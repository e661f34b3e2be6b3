import { type Command, Option } from 'commander';
import type { DiagramFormat } from './authoring/diagram.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
What is drawn: the course and the tracks beside it, each stage with its gate and its phases, each decision with what its
outcomes lead to, and the exits.

  carechart diagram mole-removal --out mole-removal.svg   a picture, to look at and to print
  carechart diagram mole-removal --format mermaid         a text that many documents show as a picture`;

interface Options {
  readonly format: DiagramFormat;
  readonly out?: string;
}

export function addDiagramCommand(program: Command, terminal: Terminal): void {
  program
    .command('diagram')
    .description('draws a pathway of the folder that you stand in')
    .argument('<pathway>', 'its name, or its file')
    .addOption(new Option('--format <format>', 'of the drawing').choices(['svg', 'mermaid']).default('svg'))
    .option('--out <file>', 'where it is written (else it is printed)')
    .addHelpText('after', HELP)
    .action(async (name: string, { format, out }: Options) => {
      const { diagram } = await import('./authoring/diagram.ts');
      await diagram(name, { format, into: out }, terminal);
    });
}
