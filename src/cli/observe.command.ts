import type { Command } from 'commander';
import { PlanView } from '../api/plan-view.schema.ts';
import { startOfDay } from '../core/model/calendar.ts';
import { LocalDate } from '../core/model/primitives.schema.ts';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import { sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';

interface ObserveOptions extends EventOptions {
  readonly unit?: string;
  readonly on?: string;
  readonly at?: string;
}

export function addObserveCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('observe')
    .description('state a fact about the patient')
    .argument('<plan>')
    .argument('<fact>', 'a name of the catalogue')
    .argument('<value>', 'a number, a date, never, true, false, or a code (a code of digits as \'"2"\')')
    .option('--unit <unit>', 'of a number, as the catalogue has it')
    .option('--on <date>', 'the day on which it was true, such as 2026-03-02')
    .option('--at <instant>', 'the moment at which it was true (else now)');
  addEventOptions(verb).action(
    async (plan: string, fact: string, value: string, options: ObserveOptions, command: Command) => {
      const { unit } = options;
      const observedAt = await observedAtOf(plan, options, command, terminal);
      const observation = {
        fact,
        value: readValue(value),
        ...(unit === undefined ? {} : { unit }),
        ...(observedAt === undefined ? {} : { observedAt }),
      };
      const data = { observations: [observation] };
      await sendEvent(command, terminal, { plan, type: 'observation.recorded', data, options });
    },
  );
}

/** What JSON can read is taken as that; anything else is text. */
function readValue(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
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
  const day = LocalDate.safeParse(on);
  if (!day.success)
    return command.error(`error: --on ${on} is not a day, such as 2026-03-02`, { exitCode: 2 });
  const { client } = sessionOf(command, terminal);
  const { timeZone } = await client.get(`/v1/plans/${encodeURIComponent(plan)}`, PlanView);
  return startOfDay(day.data, timeZone);
}
