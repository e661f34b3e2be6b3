import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { asDay } from './values.ts';

interface WithdrawOptions extends EventOptions {
  readonly on: string;
  readonly area?: string;
  readonly event?: string;
  readonly reason: string;
}

export function addWithdrawFactCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('withdraw-fact')
    .description('take back what was observed of a fact on a day: it was never true, or of somebody else')
    .argument('<plan>')
    .argument('<fact>')
    .requiredOption('--on <date>', 'the day of the observation, such as 2026-03-02', asDay)
    .requiredOption('--reason <text>', 'why')
    .option('--area <site>', 'that was looked at, such as "left breast"')
    .option('--event <id>', 'of the observation, where there are several of that day');
  addEventOptions(verb).action(
    async (plan: string, fact: string, options: WithdrawOptions, command: Command) => {
      const { on, area, event, reason } = options;
      const which = { ...(area === undefined ? {} : { area }), ...(event === undefined ? {} : { event }) };
      const data = { fact, on, reason, ...which };
      await sendEvent(command, terminal, { plan, type: 'fact.withdrawn', data, options });
    },
  );
}
