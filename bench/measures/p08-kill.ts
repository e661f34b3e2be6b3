import type { Client } from '@temporalio/client';
import { type PlanGlance, workflowIdOf } from '../../workflows/messages.ts';
import { CLINIC } from '../carechart/pathway.ts';
import { pooled } from '../concurrency.ts';
import { atMost, type MeasureReport, rowsOf } from '../report.ts';
import type { Settings } from '../settings.ts';
import type { Side } from '../sides.ts';
import { alternate } from '../statistics.ts';
import type { System } from '../system.ts';

const AT_ONCE = 16;
const LOAD_MS = 1_000;

export async function measureKill(
  { rounds, quick }: Settings,
  { system, ours, bare }: { system: System; ours: Side; bare: Side },
): Promise<MeasureReport> {
  const plans = quick ? 60 : 300;
  const run = Date.now();
  const idsOf = ({ name }: Side) => Array.from({ length: plans }, (_, index) => `p8-${name}-${run}-${index}`);
  const sent = new Map<string, string[]>();
  const note = (plan: string, eventId: string): void => {
    sent.set(plan, [...(sent.get(plan) ?? []), eventId]);
  };
  for (const one of [ours, bare]) await pooled(idsOf(one), AT_ONCE, (plan) => one.start(plan));

  const side = (one: Side) => async () => {
    const ids = idsOf(one);
    let isLoading = true;
    const load = ids.slice(0, AT_ONCE).map(async (plan) => {
      for (let number = 0; isLoading; number += 1) note(plan, await one.event(plan, number));
    });
    await new Promise((resolve) => setTimeout(resolve, LOAD_MS));
    const killedAt = performance.now();
    one.worker.kill();
    isLoading = false;
    const restarted = one.restartWorker().then(() => performance.now() - killedAt);
    let first = Number.POSITIVE_INFINITY;
    await Promise.all([
      // The events under way when the worker died, and one more for every plan.
      ...load,
      pooled(ids, plans, async (plan) => {
        note(plan, await one.event(plan, 0));
        first = Math.min(first, performance.now() - killedAt);
      }),
    ]);
    const all = performance.now() - killedAt;
    return { first: first / 1000, all: all / 1000, ready: (await restarted) / 1000 };
  };
  const measured = await alternate(rounds, { ours: side(ours), bare: side(bare) });
  return {
    id: 'P8',
    title: '`kill -9` of the worker',
    work: `${plans} plans, ${AT_ONCE} of them with an event under way; the worker killed and a new one started at once, and one event sent to each plan`,
    bare: 'the bare worker and its workflows, with the same time-outs',
    rounds,
    rows: rowsOf(measured, [
      { name: 'first', what: 'kill → first answer to an event sent after it', unit: 's', goals: [atMost(4)] },
      { name: 'all', what: `kill → all ${plans} plans have answered`, unit: 's', goals: [atMost(12)] },
      { name: 'ready', what: 'of which until the new worker is ready', unit: 's' },
    ]),
    checks: {
      'ours: every event once, in the store': await onceEach(ours, idsOf(ours), sent),
      'ours: the workflows stand where the store does': await storeAndWorkflowsAgree(
        system,
        ours,
        idsOf(ours),
      ),
      'bare: every event once, in the store': await onceEach(bare, idsOf(bare), sent),
    },
    notMeasured: ['a killed server', 'a worker on another machine that takes over'],
  };
}

async function onceEach(
  one: Side,
  ids: readonly string[],
  sent: ReadonlyMap<string, string[]>,
): Promise<true | string> {
  const found = new Map<string, string[]>();
  for (const { planId, eventId } of await one.rows(ids)) {
    found.set(planId, [...(found.get(planId) ?? []), eventId]);
  }
  const wrong = ids.filter((id) => {
    const rows = found.get(id) ?? [];
    const events = sent.get(id) ?? [];
    const isComplete = events.every((event) => rows.filter((row) => row === event).length === 1);
    return !isComplete || rows.length !== events.length + 1;
  });
  return wrong.length === 0 || `${wrong.length} of ${ids.length} plans: ${wrong.slice(0, 3).join(', ')}`;
}

async function storeAndWorkflowsAgree(
  { client }: System,
  one: Side,
  ids: readonly string[],
): Promise<true | string> {
  const lengths = new Map<string, number>();
  for (const { planId } of await one.rows(ids)) lengths.set(planId, (lengths.get(planId) ?? 0) + 1);
  const wrong: string[] = [];
  await pooled(ids, AT_ONCE, async (planId) => {
    const { state } = await glance(client, planId);
    const sequence = state?.sequence;
    if (sequence !== lengths.get(planId)) wrong.push(`${planId}: ${sequence} and ${lengths.get(planId)}`);
  });
  return wrong.length === 0 || wrong.slice(0, 3).join('; ');
}

/** The server may not have seen the new worker's polls yet. */
async function glance(client: Client, planId: string): Promise<PlanGlance> {
  const handle = client.workflow.getHandle(workflowIdOf({ clinic: CLINIC, planId }));
  for (let tries = 1; ; tries += 1) {
    try {
      return await handle.query<PlanGlance>('plan');
    } catch (error) {
      if (tries === 10) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}
