import { createSigner } from '../../src/engine/event-signature.ts';
import { connect } from '../../src/store/database.ts';
import { definitionsOf } from '../../src/store/definitions.ts';
import { type TreatmentPlanInput, workflowIdOf } from '../../workflows/messages.ts';
import { answersOn } from '../answers.ts';
import { ACTOR, historyEvents, startEvent } from '../carechart/events.ts';
import { benchPathway, CLINIC } from '../carechart/pathway.ts';
import { runConfig } from '../carechart/run-config.ts';
import { type BenchWorker, startChild } from '../child.ts';
import { pooled } from '../concurrency.ts';
import { type MeasureReport, ratioAtLeast, rowsOf } from '../report.ts';
import type { Settings } from '../settings.ts';
import { type Figures, slope } from '../statistics.ts';
import type { System } from '../system.ts';

const GIB = 2 ** 30;
const AT_ONCE = 16;

export async function measureMemory({ rounds, quick }: Settings, system: System): Promise<MeasureReport> {
  const { servers, client, bareClient } = system;
  const step = quick ? 50 : 250;
  const points = 4;
  const run = Date.now();
  const database = connect(servers.databaseUrl, { connections: 2 });
  const reference = await definitionsOf(database).publish(benchPathway, 'bench', new Date().toISOString());
  await database.close();
  const signer = await createSigner(servers.secrets.events.privateKey);
  const committed = await answersOn(servers.databaseUrl, 'carechart_step');

  /** Fills a worker in steps, each until all its plans are idle; `begin` starts one and says how to wait for it. */
  const grow = async (worker: BenchWorker, begin: (number: number) => Promise<() => Promise<void>>) => {
    const seen: { x: number; y: number }[] = [];
    for (let point = 1; point <= points; point += 1) {
      const numbers = Array.from({ length: step }, (_, index) => (point - 1) * step + index);
      const idle: (() => Promise<void>)[] = [];
      await pooled(numbers, AT_ONCE, async (number) => void idle.push(await begin(number)));
      await pooled(idle, AT_ONCE, (isIdle) => isIdle());
      seen.push({ x: point * step, y: await worker.ask('memory') });
    }
    await worker.stop();
    const bytes = slope(seen);
    return { kib: bytes / 1024, plans: GIB / bytes, base: seen[0]!.y / 2 ** 20 };
  };

  const ours = async (round: number) => {
    const taskQueue = `p7-ours-${run}-${round}`;
    const config = runConfig(servers, taskQueue);
    const module = new URL('../carechart/carechart-worker.js', import.meta.url);
    const worker = await startChild(module, config, { logPath: system.logPath(taskQueue) });
    return grow(worker, async (number) => {
      const key = { clinic: CLINIC, planId: `p7-${run}-${round}-${number}` };
      const events = [startEvent(key.planId, reference), ...historyEvents()];
      const inbox = await Promise.all(
        events.map(async (event) => ({
          kind: 'signal' as const,
          body: { event, token: await signer.sign(key, event, ACTOR) },
        })),
      );
      const last = events.at(-1);
      const answered = committed.next(`["${CLINIC}", "${key.planId}", "${last?.source}", "${last?.id}"]`);
      const input: TreatmentPlanInput = {
        key,
        carried: { state: null, head: '', pending: [], inbox },
        limits: { events: 500, days: 30 },
      };
      await client.workflow.start('treatmentPlan', {
        taskQueue,
        workflowId: workflowIdOf(key),
        args: [input],
      });
      return () => answered;
    });
  };
  const bare = async (round: number) => {
    const taskQueue = `p7-bare-${run}-${round}`;
    const config = {
      address: servers.temporalAddress,
      namespace: servers.namespace,
      taskQueue,
      bundlePath: system.bareBundle,
      databaseUrl: servers.databaseUrl,
      bodyPath: '/dev/null',
    };
    const module = new URL('../bare/bare-worker.js', import.meta.url);
    const worker = await startChild(module, config, { logPath: system.logPath(taskQueue) });
    return grow(worker, async (number) => {
      const handle = await bareClient.workflow.start('idle', {
        taskQueue,
        workflowId: `p7-bare-${run}-${round}-${number}`,
      });
      return () => firstTaskDone(handle);
    });
  };
  // Both at once: memory does not depend on who else is at work, and it takes a third less of the bench's time.
  const measured: { readonly ours: Figures[]; readonly bare: Figures[] } = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    const [mine, peers] = await Promise.all([ours(round), bare(round)]);
    measured.ours.push(mine);
    measured.bare.push(peers);
  }
  await committed.close();
  return {
    id: 'P7',
    title: 'idle plans in a GiB of worker',
    work: `slope of resident memory over ${step}, ${2 * step} … ${points * step} plans (least squares), each state about 10 KB, after every thread has collected its garbage; a process of its own each round`,
    bare: 'a workflow that waits for one signal: no activity, no state',
    rounds,
    rows: rowsOf(measured, [
      { name: 'plans', what: 'plans in a GiB', unit: 'plans', goals: [ratioAtLeast(0.65)] },
      { name: 'kib', what: 'memory a plan', unit: 'KiB' },
      { name: 'base', what: `the whole worker with ${step} plans`, unit: 'MiB' },
    ]),
    checks: {},
    notMeasured: ['plans that were pushed out of the cache and replayed', 'longer histories'],
  };
}

/** Its history then holds the start, and the task scheduled, started and completed. */
async function firstTaskDone(handle: { describe(): Promise<{ historyLength: number }> }): Promise<void> {
  for (;;) {
    const { historyLength } = await handle.describe();
    if (historyLength >= 4) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
