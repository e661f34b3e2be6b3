import { clocked } from '../concurrency.ts';
import { type MeasureReport, ratioAtMost, rowsOf } from '../report.ts';
import type { Settings } from '../settings.ts';
import type { Side } from '../sides.ts';
import { alternate, percentile } from '../statistics.ts';

export async function measureStart(
  { rounds, quick }: Settings,
  { ours, bare }: { ours: Side; bare: Side },
): Promise<MeasureReport> {
  const starts = quick ? 15 : 50;
  const run = Date.now();
  const side = (one: Side) => async (round: number) => {
    const times: number[] = [];
    for (let number = 0; number < starts; number += 1) {
      times.push(await clocked(() => one.start(`p4-${one.name}-${run}-${round}-${number}`)));
    }
    return { p50: percentile(times, 50), p99: percentile(times, 99) };
  };
  await side(ours)(-1);
  await side(bare)(-1);
  const measured = await alternate(rounds, { ours: side(ours), bare: side(bare) });
  return {
    id: 'P4',
    title: 'start of a plan → answer in its first phase',
    work: `${starts} starts, one after the other; over HTTP`,
    bare: 'a workflow whose first local activity commits one row of a step’s size and notifies',
    rounds,
    rows: rowsOf(measured, [
      { name: 'p50', what: 'p50', unit: 'ms', goals: [ratioAtMost(1.3)] },
      { name: 'p99', what: `p99 of ${starts}`, unit: 'ms' },
    ]),
    checks: {},
    notMeasured: ['starts at once', 'a pathway that is not loaded yet'],
  };
}
