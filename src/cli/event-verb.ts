import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { type Accepted, type Pending, PlanView } from '../api/plan-view.schema.ts';
import { localDateOf } from '../core/model/calendar.ts';
import { SentEvent } from '../core/model/event.schema.ts';
import { ApiProblem } from './api-client.ts';
import { shownLines } from './figure-text.ts';
import { reasonLines } from './reason-text.ts';
import { type Session, sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';
import { asInstant } from './values.ts';

const SOURCE = 'carechart-cli';

export interface EventOptions {
  readonly id?: string;
  readonly source?: string;
  readonly time?: string;
}

/** The options of every verb that sends an event. */
export function addEventOptions(command: Command): Command {
  return command
    .option('--id <id>', 'of the event: the same id sent again gets the first answer (else a new one)')
    .option('--source <source>', 'of the event', SOURCE)
    .option('--time <instant>', 'when it happened, such as 2026-03-02T09:30:00-05:00 (else now)', asInstant);
}

interface Sending {
  readonly plan: string;
  readonly type: string;
  readonly data: unknown;
  readonly options: EventOptions;
}

/** Sends one event and says what became of it. The session has said who sends it. */
export async function sendEvent(command: Command, terminal: Terminal, sending: Sending): Promise<void> {
  const { plan, type, data, options } = sending;
  const { id = `cli-${randomUUID()}`, source = SOURCE, time } = options;
  const event = SentEvent.safeParse({ id, source, type, data, ...(time === undefined ? {} : { time }) });
  if (!event.success) return badUsage(command, event.error.issues);
  const session = sessionOf(command, terminal);
  const answer = await session.client.send(plan, event.data).catch((error) => inZone(session, plan, error));
  if (answer.outcome === 'pending') return printPending(session, answer);
  const ahead = session.isJson ? [] : await aheadLines(session, plan, answer);
  const says = `${answer.says} (step ${answer.sequence})`;
  session.print(answer, [says, ...shownLines(answer), ...ahead].join('\n'));
}

/** What will stand in the way of what was asked for. */
async function aheadLines(session: Session, plan: string, { ahead }: Accepted): Promise<string[]> {
  if (ahead === undefined) return [];
  if (ahead.length === 0) return ['Nothing that is known stands in its way.'];
  return ['Still in its way:', ...reasonLines(ahead, (await zoneOf(session.client, plan)) ?? 'UTC')];
}

/** Today where the plan's clinic is. */
export async function clinicToday(command: Command, terminal: Terminal, plan: string): Promise<string> {
  const { timeZone } = await sessionOf(command, terminal).client.get(
    `/v1/plans/${encodeURIComponent(plan)}`,
    PlanView,
  );
  return localDateOf(new Date().toISOString(), timeZone);
}

/** A refusal's times are told in the zone of the plan's clinic. */
async function inZone({ client, isJson }: Session, plan: string, error: unknown): Promise<never> {
  if (isJson || !(error instanceof ApiProblem) || error.problem.reasons === undefined) throw error;
  throw new ApiProblem(error.problem, await zoneOf(client, plan));
}

/** The zone of the plan's clinic, as far as it can be told now: what was sent has its answer already. */
export async function zoneOf(client: Session['client'], plan: string): Promise<string | undefined> {
  const view = await client.get(`/v1/plans/${encodeURIComponent(plan)}`, PlanView).catch(() => undefined);
  return view?.timeZone;
}

export function printPending(session: Session, pending: Pending): void {
  const { says, planId, id, source } = pending;
  session.print(pending, `${says}\nplan ${planId}, event ${id} of ${source}`);
}

function badUsage(command: Command, issues: readonly { path: PropertyKey[]; message: string }[]): void {
  const fields = issues.map(({ path, message }) => `${path.map(String).join('.') || 'event'}: ${message}`);
  command.error(`error: ${fields.join('; ')}`, { exitCode: 2 });
}
