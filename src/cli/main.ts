import { Command, CommanderError } from 'commander';
import { CODES } from '../core/model/codes.ts';
import { Failure } from '../core/model/failure.ts';
import { AlreadySaid } from './already-said.ts';
import { addApiCommand } from './api.command.ts';
import { ApiProblem } from './api-client.ts';
import { addCheckCommand } from './check.command.ts';
import { addClientCommands } from './client-commands.ts';
import { addDemoCommand } from './demo.command.ts';
import { addDiagramCommand } from './diagram.command.ts';
import { addDiffCommand } from './diff.command.ts';
import { addFetchServersCommand } from './fetch-servers.command.ts';
import { addFmtCommand } from './fmt.command.ts';
import { addNewCommand } from './new.command.ts';
import { problemText } from './reason-text.ts';
import { addServeCommand } from './serve.command.ts';
import { addServersCommand } from './servers.command.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { addTestCommand } from './test.command.ts';
import { addWorkerCommand } from './worker.command.ts';

/**
 * Runs one verb.
 * @param argv - as in `process.argv`: program and script first
 * @returns the exit code: 0 done, 1 refused or failed, 2 bad usage
 */
export async function main(argv: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  try {
    await createProgram(terminal).parseAsync([...argv]);
    return 0;
  } catch (error) {
    return report(error, argv, terminal);
  }
}

function createProgram(terminal: Terminal): Command {
  const program = new Command('carechart')
    .description('Carechart: care pathways in files, each plan a durable workflow')
    .version('0.1.0')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    });
  addClientCommands(program, terminal);
  // What they start is loaded when they are asked for: a verb of a client's answers at once.
  addCheckCommand(program, terminal);
  addTestCommand(program, terminal);
  addNewCommand(program, terminal);
  addFmtCommand(program, terminal);
  addDiagramCommand(program, terminal);
  addDiffCommand(program, terminal);
  addServeCommand(program);
  addDemoCommand(program, terminal);
  addServersCommand(program);
  addWorkerCommand(program);
  addApiCommand(program);
  addFetchServersCommand(program);
  return program;
}

function report(error: unknown, argv: readonly string[], terminal: Terminal): number {
  if (error instanceof AlreadySaid) return 1;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof ApiProblem) {
    if (argv.includes('--json')) terminal.out(JSON.stringify(error.problem, null, 2));
    terminal.err(problemText(error.problem, error.timeZone));
  } else if (error instanceof Failure) {
    const { summary, remedy } = CODES[error.code];
    const detail = error.message === summary ? [] : [error.message];
    terminal.err([`error: ${error.code} ${summary}`, ...detail, `help: ${remedy}`].join('\n'));
  } else {
    terminal.err(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  return 1;
}
