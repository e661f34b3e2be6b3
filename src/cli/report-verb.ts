import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { asDay } from './values.ts';

interface ReportVerb {
  readonly name: string;
  readonly description: string;
  /** Which day of the stage is meant. */
  readonly day: string;
  /** Its session may be named, where those of the stage differ. */
  readonly isOfSession?: boolean;
  eventOf(said: Said): {
    readonly type: string;
    readonly data: unknown;
  };
}

interface Said {
  readonly stage: string;
  readonly on: string;
  readonly session?: string;
  readonly reason: string;
}

/** A verb that says what did not happen to a stage on a day, and why that is said. */
export function addReportVerb(program: Command, terminal: Terminal, says: ReportVerb): void {
  const verb = program
    .command(says.name)
    .description(says.description)
    .argument('<plan>')
    .argument('<stage>')
    .argument('<day>', says.day, asDay)
    .requiredOption('--reason <text>', 'why');
  if (says.isOfSession) verb.option('--session <name>', 'which one, where several were reported of that day');
  addEventOptions(verb).action(
    async (
      plan: string,
      stage: string,
      on: string,
      options: EventOptions & { reason: string; session?: string },
      command: Command,
    ) => {
      const event = says.eventOf({ stage, on, ...sessionIn(options), reason: options.reason });
      await sendEvent(command, terminal, { plan, ...event, options });
    },
  );
}

const sessionIn = ({ session }: { readonly session?: string }) => (session === undefined ? {} : { session });
