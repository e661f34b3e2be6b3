import { Command } from 'commander';
import { addServeCommand } from '../../src/cli/serve.command.ts';

/** The verb `serve` of this very build. */
const program = new Command('carechart');
addServeCommand(program);
await program.parseAsync();
