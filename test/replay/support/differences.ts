import type { Advanced, AdvanceInput } from '../../../activities/advance.activities.ts';
import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import { compressingCodec } from '../../../src/engine/payload-codec.ts';
import type { InboxItem, TreatmentPlanInput } from '../../../workflows/messages.ts';
import type { StepRow } from '../../server/support/refold.ts';
import { type JsonPayload, payloadFromJson } from './history-json.ts';
import type { HistoryEvent, KeptPlan } from './kept-plan.ts';
import type { Replay } from './replay.ts';
import type { Report } from './reporter.ts';

/**
 * Where a replay differs from what was kept; nothing, when the workflow of today does what that of then did:
 *
 * 1. Temporal takes every run to its end.
 * 2. Each step is given the state and the head that the step before gave back, across runs too.
 * 3. Each step gives back the state, the head and the effects of the store's row, row by row, and no row is missing.
 * 4. Each step took in hand the event that the row is about, unless it adopted another's.
 * 5. Each effect and each timer is asked for with what history has, and each run hands over what the next one has.
 */
export async function differencesOf(kept: KeptPlan, replays: readonly Replay[]): Promise<string[]> {
  const found: string[] = [];
  const calls = replays.flatMap(({ reports }, run) => callsOf(reports, run));
  for (const [run, { stopped }] of replays.entries()) {
    if (stopped) found.push(`run ${run + 1}: Temporal stopped it: ${stopped.name}: ${stopped.message}`);
  }
  found.push(...chainOf(calls), ...rowsOf(kept.steps, calls));
  for (const [run, { reports, stopped }] of replays.entries()) {
    if (stopped) continue;
    found.push(...(await commandsOf(kept, run, reports)).map((says) => `run ${run + 1}: ${says}`));
  }
  return found;
}

/** One call of `advance`: without an output when it failed, or the history ends before its end. */
export interface Call {
  readonly run: number;
  readonly input: AdvanceInput;
  output?: Advanced;
  failed?: string;
}

export function callsOf(reports: readonly Report[], run: number): Call[] {
  const calls = new Map<number, Call>();
  for (const report of reports) {
    if (report.kind === 'advance') calls.set(report.seq, { run, input: report.input });
    const call = 'seq' in report ? calls.get(report.seq) : undefined;
    if (call && report.kind === 'advanced') call.output = report.output;
    if (call && report.kind === 'failed') call.failed = report.says;
  }
  return [...calls.values()];
}

const text = (value: unknown): string => JSON.stringify(value);

function chainOf(calls: readonly Call[]): string[] {
  const found: string[] = [];
  let held: Pick<AdvanceInput, 'state' | 'head'> = { state: null, head: '' };
  for (const [index, { input, output }] of calls.entries()) {
    if (text(input.state) !== text(held.state)) found.push(`call ${index + 1}: another state than the last`);
    if (input.head !== held.head) found.push(`call ${index + 1}: another head than the last`);
    if (output?.next) held = output.next;
  }
  return found;
}

function rowsOf(rows: readonly StepRow[], calls: readonly Call[]): string[] {
  const found: string[] = [];
  // An event that was known already moves nothing.
  const steps = calls.flatMap(({ input, output }) =>
    output?.next ? [{ item: input.item, isSettled: output.isSettled, next: output.next }] : [],
  );
  if (steps.length !== rows.length) found.push(`${steps.length} steps where the store has ${rows.length}`);
  for (const [index, row] of rows.entries()) {
    const taken = steps[index];
    if (!taken) break;
    const { item, isSettled, next } = taken;
    const differs = (what: string): number => found.push(`step ${row.sequence}: another ${what}`);
    if (text(next.state) !== row.state) differs('state');
    if (next.head !== row.head) differs('head');
    if (text(next.effects) !== row.effects) differs('effects');
    if (isAbout(item, JSON.parse(row.event)) !== isSettled) differs('event in hand');
  }
  return found;
}

/** Whether a row's event is what the border makes of an inbox item. */
function isAbout(item: InboxItem, event: PlanEvent): boolean {
  if (event.type === 'message.refused' && event.data.code === 'CC9001') return true;
  switch (item.kind) {
    case 'wake':
      return event.type === 'wake' && event.data.generation === item.generation;
    case 'effect failed':
      return event.type === 'effect.failed' && event.data.effect === item.effect.id;
    case 'unknown signal':
      return event.type === 'message.refused' && event.data.signal === item.name;
    case 'signal': {
      const { actor: _actor, ...sent } = event;
      const isBelieved = text(envelopeOf(item.body)) === text(sent);
      return isBelieved || (event.type === 'message.refused' && event.data.signal === 'event');
    }
  }
}

const envelopeOf = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'event' in body ? body.event : undefined;

async function commandsOf(kept: KeptPlan, run: number, reports: readonly Report[]): Promise<string[]> {
  const found: string[] = [];
  for (const event of kept.runs[run]?.events ?? []) {
    const { timerId, startToFireTimeout } = attributesOf(event, 'timerStarted');
    if (timerId !== undefined) {
      const timer = reports.find(
        ({ kind, seq }: Partial<Report & { seq: number }>) => kind === 'timer' && String(seq) === timerId,
      );
      const ms = Math.round(Number.parseFloat(String(startToFireTimeout)) * 1_000);
      if (timer?.kind !== 'timer' || timer.durationMs !== ms)
        found.push(`timer ${timerId} of another length`);
    }
    const { activityId, input } = attributesOf(event, 'activityTaskScheduled');
    if (activityId !== undefined) {
      const effect = reports.find(
        ({ kind, seq }: Partial<Report & { seq: number }>) => kind === 'effect' && String(seq) === activityId,
      );
      const args = effect?.kind === 'effect' ? effect.args : undefined;
      if (text(args) !== text(await payloadsOf(input))) found.push(`effect ${activityId} is another`);
    }
  }
  const handedOver = reports.find(({ kind }) => kind === 'handed over');
  const next = await startOf(kept.runs[run + 1]?.events[0]);
  if (text(handedOver?.kind === 'handed over' ? handedOver.input : undefined) !== text(next)) {
    found.push('it hands over another plan than the next run begins with');
  }
  return found;
}

export async function startOf(event: HistoryEvent | undefined): Promise<TreatmentPlanInput | undefined> {
  if (!event) return undefined;
  const [input] = await payloadsOf(attributesOf(event, 'workflowExecutionStarted').input);
  return input as TreatmentPlanInput;
}

export const attributesOf = (event: HistoryEvent | undefined, kind: string): Record<string, unknown> =>
  (event?.[`${kind}EventAttributes`] ?? {}) as Record<string, unknown>;

async function payloadsOf(input: unknown): Promise<unknown[]> {
  const { payloads } = input as { payloads: JsonPayload[] };
  const decoded = await compressingCodec.decode(payloads.map(payloadFromJson));
  return decoded.map(({ data }) => JSON.parse(new TextDecoder().decode(data ?? undefined)));
}
