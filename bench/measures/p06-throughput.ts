import { clocked, inParallel } from '../concurrency.ts';
import { cpuMs, cpuMsWithChildren, machineBusyMs } from '../machine-usage.ts';
import { type CpuShares, sharesOf } from '../profile.ts';
import { atMost, type MeasureReport, ratioAtLeast, rowsOf } from '../report.ts';
import type { Settings } from '../settings.ts';
import type { Side } from '../sides.ts';
import { alternate } from '../statistics.ts';
import type { System } from '../system.ts';

const PLANS = 16;

export async function measureThroughput(
  { rounds, quick }: Settings,
  { system, ours, bare, bundlePath }: { system: System; ours: Side; bare: Side; bundlePath: string },
): Promise<MeasureReport> {
  const each = quick ? 8 : 25;
  const run = Date.now();
  const { postgresPid, temporalPid } = system.servers;
  const usage = (one: Side): Record<string, number> => ({
    temporal: temporalPid === undefined ? 0 : cpuMs(temporalPid),
    postgres: postgresPid === undefined ? 0 : cpuMsWithChildren(postgresPid),
    worker: cpuMs(one.worker.pid),
    client: cpuMs(process.pid),
    api: one.api ? cpuMs(one.api.pid) : 0,
    machine: machineBusyMs(),
  });
  const load = async (one: Side, name: string): Promise<{ ms: number; spent: Record<string, number> }> => {
    const plans = Array.from({ length: PLANS }, (_, index) => `p6-${one.name}-${run}-${name}-${index}`);
    await inParallel(plans, async (plan) => {
      await one.start(plan);
      await one.furnish(plan);
    });
    const before = usage(one);
    const ms = await clocked(() =>
      inParallel(plans, async (plan) => {
        for (let number = 0; number < each; number += 1) await one.event(plan, number);
      }),
    );
    const after = usage(one);
    const spent = Object.fromEntries(
      Object.entries(after).map(([part, value]) => [part, value - before[part]!]),
    );
    return { ms, spent };
  };
  const side = (one: Side) => async (round: number) => {
    const { ms, spent } = await load(one, `${round}`);
    const events = PLANS * each;
    const { temporal = 0, postgres = 0, worker = 0, client = 0, api = 0, machine = 0 } = spent;
    const all = temporal + postgres + worker + client + api;
    return {
      rate: (events * 1000) / ms,
      cpu: all / events,
      temporal: temporal / events,
      postgres: postgres / events,
      worker: worker / events,
      client: client / events,
      ...(api === 0 ? {} : { api: api / events }),
      limit: (2000 * events) / all,
      others: (100 * (machine - all)) / machine,
    };
  };
  await side(ours)(-1);
  await side(bare)(-1);
  const measured = await alternate(rounds, { ours: side(ours), bare: side(bare) });

  const processes = [ours.worker, ...(ours.api ? [ours.api] : [])];
  for (const one of processes) await one.ask('profile.start');
  const { spent } = await load(ours, 'profiled');
  const profiles: CpuShares[] = [];
  for (const one of processes) profiles.push(sharesOf(await one.ask('profile.stop'), bundlePath));
  const sum = (of: (shares: CpuShares) => number): number =>
    profiles.reduce((total, one) => total + of(one), 0);
  const all =
    (spent.temporal ?? 0) +
    (spent.postgres ?? 0) +
    (spent.worker ?? 0) +
    (spent.client ?? 0) +
    (spent.api ?? 0);
  const own = sum(({ selfMs }) => selfMs.carechart ?? 0);
  const withShare = {
    ours: measured.ours.map((figures) => ({
      ...figures,
      own: (100 * own) / all,
      under: (100 * sum(({ underOwnMs }) => underOwnMs)) / all,
    })),
    bare: measured.bare,
  };
  return {
    id: 'P6',
    title: 'events a second, everything on this machine',
    work: `${PLANS} plans of about 10 KB, each with a caller that sends ${each} observations, each after the answer to the one before; over HTTP`,
    bare: 'the same with a signal whose local activity commits one row of a step’s size and notifies',
    rounds,
    rows: rowsOf(withShare, [
      { name: 'rate', what: 'events answered', unit: 'a second', goals: [ratioAtLeast(0.85)] },
      { name: 'limit', what: '2 cores ÷ processor time an event', unit: 'a second' },
      { name: 'cpu', what: 'processor time an event, all parts', unit: 'ms' },
      { name: 'temporal', what: '– Temporal server', unit: 'ms' },
      { name: 'postgres', what: '– PostgreSQL', unit: 'ms' },
      { name: 'worker', what: '– worker', unit: 'ms' },
      { name: 'client', what: '– client', unit: 'ms' },
      { name: 'api', what: '– HTTP API', unit: 'ms' },
      {
        name: 'own',
        what: 'our own code in worker and API, of all processor time (one profiled round)',
        unit: '%',
        goals: [{ ...atMost(10), binds: true }],
      },
      { name: 'under', what: 'the same with the libraries that it calls', unit: '%' },
      { name: 'others', what: 'processor time that others took of the machine', unit: '%' },
    ]),
    checks: {},
    details: {
      profiledEvents: PLANS * each,
      profiles: { worker: profiles[0], api: profiles[1] },
      processMs: spent,
    },
    notMeasured: [
      'Temporal and PostgreSQL on machines of their own',
      'native threads of the SDK are in the worker’s time and in nobody’s profile',
    ],
  };
}
