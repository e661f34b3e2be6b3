import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import type { Past } from '../core/plan/outcome.schema.ts';
import { printPending, zoneOf } from './event-verb.ts';
import { jsonOf } from './json-argument.ts';
import { reasonLines } from './reason-text.ts';
import { sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';
import { deadline, section, table, when } from './text.ts';

export function addBringInCommand(program: Command, terminal: Terminal): void {
  program
    .command('bring-in')
    .description('bring in a plan that is under way elsewhere, with its events')
    .argument(
      '<file>',
      'JSON as POST /v1/plans takes it; an event without id and source gets them by its place',
    )
    .action(async (file: string, _options: unknown, command: Command) => {
      const session = sessionOf(command, terminal);
      const body = jsonOf(file, command, () => readFileSync(file, 'utf8'));
      const started = await session.client.start(withIds(body));
      if ('outcome' in started) return printPending(session, started);
      const { planId, answer } = started;
      const lines = answer.past
        ? pastLines(answer.past, (await zoneOf(session.client, planId)) ?? 'UTC')
        : [];
      const says = `Plan ${planId} is brought in. ${answer.says}`;
      session.print(started, [says, ...lines, `See it: carechart show ${planId}`].join('\n'));
    });
}

const WrittenPast = z.looseObject({ event: z.looseObject({}) });
const Written = z.looseObject({
  broughtIn: z.looseObject({ events: z.array(z.unknown()) }),
});

/** A person who writes a file need not think of names that only machines ask for. */
function withIds(body: unknown): Record<string, unknown> {
  const written = Written.safeParse(body);
  if (!written.success) return typeof body === 'object' && body !== null ? { ...body } : {};
  const { broughtIn } = written.data;
  const events = broughtIn.events.map((one, index) => {
    const past = WrittenPast.safeParse(one);
    if (!past.success) return one;
    return { ...past.data, event: { id: `past-${index + 1}`, source: 'carechart-cli', ...past.data.event } };
  });
  return { ...written.data, broughtIn: { ...broughtIn, events } };
}

function pastLines({ events, wakes, refused, deviations, overdue }: Past, timeZone: string): string[] {
  return [
    `${events} events of its past were gone through, and ${wakes} deadlines of its own; nobody was told.`,
    ...section(
      'Refused then',
      refused.flatMap(({ index, type, at, says, reasons }) => [
        `  event ${index + 1}, ${type}, ${when(at, timeZone)}: ${says}`,
        ...reasonLines(reasons, timeZone).map((line) => `  ${line}`),
      ]),
    ),
    ...section('Protocol deviations', table(deviations.map(({ at, says }) => [when(at, timeZone), says]))),
    ...section(
      'Overdue: tell them',
      table(overdue.map(({ wait, title, owner, dueAt }) => [owner, deadline(dueAt, timeZone), title, wait])),
    ),
  ];
}
