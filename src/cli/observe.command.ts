import type { Command } from 'commander';
import { PlanView } from '../api/plan-view.schema.ts';
import { startOfDay } from '../core/model/calendar.ts';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import { addFactOptions, type FactOptions, statedValue } from './fact-verb.ts';
import { sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';
import { asDay, asInstant, VALUE_HELP } from './values.ts';

interface ObserveOptions extends EventOptions, FactOptions {
  readonly on?: string;
  readonly at?: string;
}

export function addObserveCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('observe')
    .description('state a fact about the patient')
    .argument('<plan>')
    .argument('<fact>', 'a name of the catalogue')
    .argument('<value>', VALUE_HELP)
    .option('--on <date>', 'the day on which it was true, such as 2026-03-02', asDay)
    .option('--at <instant>', 'the moment at which it was true (else now)', asInstant);
  addEventOptions(addFactOptions(verb)).action(
    async (plan: string, fact: string, value: string, options: ObserveOptions, command: Command) => {
      const stated = statedValue(command, value, options);
      const observedAt = await observedAtOf(plan, options, command, terminal);
      const observation = { fact, ...stated, ...(observedAt === undefined ? {} : { observedAt }) };
      const data = { observations: [observation] };
      await sendEvent(command, terminal, { plan, type: 'observation.recorded', data, options });
    },
  );
}

/** A day begins when it begins at the clinic. */
async function observedAtOf(
  plan: string,
  { on, at }: ObserveOptions,
  command: Command,
  terminal: Terminal,
): Promise<string | undefined> {
  if (on === undefined) return at;
  if (at !== undefined) command.error('error: give --on or --at, not both', { exitCode: 2 });
  const { client } = sessionOf(command, terminal);
  const { timeZone } = await client.get(`/v1/plans/${encodeURIComponent(plan)}`, PlanView);
  return startOfDay(on, timeZone);
}
