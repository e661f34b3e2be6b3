import { clocked, inParallel } from '../concurrency.ts';
import { type MeasureReport, ratioAtMost, rowsOf } from '../report.ts';
import type { Settings } from '../settings.ts';
import type { Side } from '../sides.ts';
import { alternate, percentile } from '../statistics.ts';

const CALLERS = 8;

export async function measureEvent(
  { rounds, quick }: Settings,
  { ours, bare }: { ours: Side; bare: Side },
): Promise<MeasureReport> {
  const alone = quick ? 20 : 100;
  const together = quick ? 10 : 25;
  const run = Date.now();
  const side = (one: Side) => async (round: number) => {
    const plans = Array.from(
      { length: CALLERS + 1 },
      (_, index) => `p5-${one.name}-${run}-${round}-${index}`,
    );
    await inParallel(plans, async (plan) => {
      await one.start(plan);
      await one.furnish(plan);
    });
    const [first = '', ...others] = plans;
    const single: number[] = [];
    for (let number = 0; number < alone; number += 1)
      single.push(await clocked(() => one.event(first, number)));
    const eight: number[] = [];
    await inParallel(others, async (plan) => {
      for (let number = 0; number < together; number += 1)
        eight.push(await clocked(() => one.event(plan, number)));
    });
    return {
      one50: percentile(single, 50),
      one99: percentile(single, 99),
      eight50: percentile(eight, 50),
      eight99: percentile(eight, 99),
    };
  };
  await side(ours)(-1);
  await side(bare)(-1);
  const measured = await alternate(rounds, { ours: side(ours), bare: side(bare) });
  return {
    id: 'P5',
    title: 'event → answer',
    work: `one observation at a time into plans of about 10 KB: ${alone} by one caller, then ${together} by each of ${CALLERS}, each on its own plan; over HTTP`,
    bare: 'a signal whose local activity commits one row of a step’s size and notifies',
    rounds,
    rows: rowsOf(measured, [
      { name: 'one50', what: 'one caller, p50', unit: 'ms', goals: [ratioAtMost(1.3)] },
      { name: 'one99', what: `one caller, p99 of ${alone}`, unit: 'ms', goals: [ratioAtMost(1.3)] },
      { name: 'eight50', what: 'eight callers, p50', unit: 'ms', goals: [ratioAtMost(1.3)] },
      {
        name: 'eight99',
        what: `eight callers, p99 of ${CALLERS * together}`,
        unit: 'ms',
        goals: [ratioAtMost(1.3)],
      },
    ]),
    checks: {},
    notMeasured: ['several events to one plan at once', 'a network between the parts'],
  };
}
