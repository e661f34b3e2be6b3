import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { asPastProcedure, oneMore, type PastGiven } from './values.ts';

interface HistoryOptions extends EventOptions {
  readonly procedure?: readonly PastGiven[];
  readonly complete?: boolean;
}

export function addHistoryCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('history')
    .description('record what was done to the patient before the plan or outside it')
    .argument('<plan>')
    .option(
      '--procedure <text>',
      '"name on 2026-03-02", "name on 2026-03-02 to 2026-03-04 in left breast"; as often as needed',
      oneMore(asPastProcedure),
    )
    .option('--complete', 'attest that nothing else was done that matters here');
  addEventOptions(verb).action(async (plan: string, options: HistoryOptions, command: Command) => {
    const { procedure: procedures = [], complete: isComplete = false } = options;
    if (procedures.length === 0 && !isComplete)
      command.error('error: say what was done (--procedure), or that this is all (--complete)', {
        exitCode: 2,
      });
    const data = { procedures, isComplete };
    await sendEvent(command, terminal, { plan, type: 'history.recorded', data, options });
  });
}
