import type { WorkflowHandle } from '@temporalio/client';
import { createSigner } from '../../src/engine/event-signature.ts';
import { createPlanClient } from '../../src/engine/plan-client.ts';
import { connect } from '../../src/store/database.ts';
import { definitionsOf } from '../../src/store/definitions.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import { answersOn } from '../answers.ts';
import { ACTOR, startEvent, yearOfEvents } from '../carechart/events.ts';
import { benchPathway, CLINIC } from '../carechart/pathway.ts';
import { atMost, type MeasureReport, rowsOf } from '../report.ts';
import type { Settings } from '../settings.ts';
import type { Side } from '../sides.ts';
import { alternate } from '../statistics.ts';
import type { System } from '../system.ts';

const EVENTS_A_YEAR = 60;
/** A run of a plan lasts at most 30 days: twelve hand over in a year. */
const EVENTS_A_RUN = 5;

interface Lengths {
  events: number;
  bytes: number;
  runs: number;
}

export async function measureHistory(
  { rounds }: Settings,
  { system, bare, taskQueue }: { system: System; bare: Side; taskQueue: string },
): Promise<MeasureReport> {
  const { servers } = system;
  const run = Date.now();
  const database = connect(servers.databaseUrl, { connections: 2 });
  const reference = await definitionsOf(database).publish(benchPathway, 'bench', new Date().toISOString());
  await database.close();
  const signer = await createSigner(servers.secrets.events.privateKey);
  const committed = await answersOn(servers.databaseUrl, 'carechart_step');

  const year = async (planId: string, events: number): Promise<Lengths> => {
    const { temporalAddress: address, namespace } = servers;
    const plans = await createPlanClient({ address, namespace, taskQueue, limits: { events, days: 30 } });
    const key = { clinic: CLINIC, planId };
    for (const [index, event] of [startEvent(planId, reference), ...yearOfEvents()].entries()) {
      const message = { event, token: await signer.sign(key, event, ACTOR) };
      const answered = committed.next(`["${CLINIC}", "${planId}", "${event.source}", "${event.id}"]`);
      if (index === 0) await plans.start(key, message);
      else await plans.send(key, message, () => Promise.resolve(undefined));
      await answered;
      // So that each event finds its plan at rest, as in life.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await plans.close();
    return allRuns(system, workflowIdOf(key));
  };
  const ours = async (round: number) => {
    const whole = await year(`p12-${run}-${round}`, 500);
    const twelve = await year(`p12-${run}-${round}-runs`, EVENTS_A_RUN);
    return {
      events: whole.events / EVENTS_A_YEAR,
      eventsOfRuns: twelve.events / EVENTS_A_YEAR,
      kib: whole.bytes / 1024,
      kibOfRuns: twelve.bytes / 1024,
      runs: twelve.runs,
    };
  };
  const peer = async (round: number) => {
    const planId = `p12-bare-${run}-${round}`;
    await bare.start(planId);
    for (let number = 1; number < EVENTS_A_YEAR; number += 1) await bare.event(planId, number);
    const { events, bytes } = await allRuns(system, planId);
    return { events: events / EVENTS_A_YEAR, kib: bytes / 1024 };
  };
  const measured = await alternate(rounds, { ours, bare: peer });
  await committed.close();
  return {
    id: 'P12',
    title: 'what a year leaves in history',
    work: `${EVENTS_A_YEAR} clinical events of one patient, from the start to the last task: a request is refused, a hold comes and goes, messages are told; sizes as the server counts them, with what the codec compressed`,
    bare: 'the bare workflow, with as many signals',
    rounds,
    rows: rowsOf(measured, [
      {
        name: 'events',
        what: 'events of history for one clinical event, in one run',
        unit: 'events',
        goals: [atMost(7)],
      },
      { name: 'eventsOfRuns', what: 'the same in twelve runs', unit: 'events', goals: [atMost(7)] },
      { name: 'kib', what: 'bytes of history, in one run', unit: 'KiB', goals: [atMost(1024)] },
      { name: 'kibOfRuns', what: 'the same in twelve runs', unit: 'KiB', goals: [atMost(1024)] },
      { name: 'runs', what: 'runs', unit: 'runs' },
    ]),
    checks: {},
    notMeasured: [
      'wake-ups at deadlines: the year passes in seconds, and no ladder climbs',
      'encrypted payloads',
    ],
  };
}

/** Follows continue-as-new from run to run. */
async function allRuns({ client }: System, workflowId: string): Promise<Lengths> {
  const sum = { events: 0, bytes: 0, runs: 0 };
  const last = await client.workflow.getHandle(workflowId).describe();
  let runId: string | undefined = last.raw.workflowExecutionInfo?.firstRunId ?? last.runId;
  while (runId) {
    const handle: WorkflowHandle = client.workflow.getHandle(workflowId, runId);
    const { raw } = await handle.describe();
    sum.events += Number(raw.workflowExecutionInfo?.historyLength ?? 0);
    sum.bytes += Number(raw.workflowExecutionInfo?.historySizeBytes ?? 0);
    sum.runs += 1;
    const { events = [] } = await handle.fetchHistory();
    runId = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
  }
  return sum;
}
