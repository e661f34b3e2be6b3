import { leave, openTasks, planWith } from '../../support/decided.ts';
import { factOf, for_, leaf, stageOf, taskOf, type Variation } from '../../support/pathways.ts';
import type { RunningPlan } from '../../support/plan.ts';
import { dueOf } from '../../support/tasks.ts';
import { trackOf } from '../../support/tracks.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const SCAN = 'consultation/scan';
const SUPPLY = 'plan/dated/radiotherapy';
const RADIO = factOf('radiotherapy', { kind: 'date or never' });
const scan = taskOf('scan', {
  due: { from: for_(5, 'month'), to: for_(6, 'month'), after: 'date', fact: 'radiotherapy' },
});

/** A scan six months after radiotherapy, whenever that was. */
const scanned = (told?: string, more: Variation = {}): RunningPlan => {
  const plan = planWith({ facts: [RADIO], consultation: [scan], ...more });
  if (told !== undefined) plan.observe([{ fact: 'radiotherapy', value: told }], at('2026-03-03'));
  return plan;
};

describe('work that is due after a date that is a fact', () => {
  it.each([
    ['a day in the past', '2026-01-10', '2026-07-11T04:00:00.000Z', '2026-06-10'],
    ['so long ago that it is overdue', '2025-01-10', '2025-07-11T04:00:00.000Z', '2025-06-10'],
  ])('counts from %s', (_says, told, due, from) => {
    const plan = scanned(told);
    expect(dueOf(plan, SCAN)).toBe(due);
    expect(plan.state.tasks[SCAN]?.from).toBe(from);
    expect(openTasks(plan)).toEqual([SCAN]);
  });

  it('while nobody knows it is due all the same, and whoever supplies it is asked', () => {
    const plan = scanned();
    expect(dueOf(plan, SCAN)).toBe('2026-09-03T04:00:00.000Z');
    expect(openTasks(plan)).toEqual([SCAN, SUPPLY]);
    expect(plan.state.tasks[SUPPLY]).toMatchObject({ role: 'nurse' });
  });

  it('is not owed where that never was', () => {
    const plan = scanned('never');
    expect(openTasks(plan)).toEqual([]);
    expect(plan.state.chart).toBe('first.ready');
  });

  it('is due anew when that turns out to be another day', () => {
    const plan = scanned('2026-01-10');
    plan.observe([{ fact: 'radiotherapy', value: '2026-02-01' }], at('2026-03-05'));
    expect(dueOf(plan, SCAN)).toBe('2026-08-02T04:00:00.000Z');
  });

  it('keeps its day when nobody knows that any more, and asks', () => {
    const plan = scanned('2026-01-10', { facts: [{ ...RADIO, goodFor: for_(10, 'day') }] });
    plan.wake(at('2026-03-20'));
    expect(dueOf(plan, SCAN)).toBe('2026-07-11T04:00:00.000Z');
    expect(openTasks(plan)).toContain(SUPPLY);
  });

  it('done, asks for nothing any more', () => {
    const plan = scanned();
    plan.complete(SCAN, at('2026-03-04'));
    expect(openTasks(plan)).toEqual([]);
  });

  it('falls away with its phase, and with what it asked for', () => {
    const plan = scanned();
    leave(plan, 'postponement', at('2026-03-04'));
    expect(openTasks(plan)).toEqual([]);
  });

  it('alongside is made with the course, and under its own condition', () => {
    const sore = leaf('sore', 'equal', true);
    const plan = planWith({
      facts: [RADIO, factOf('sore', { kind: 'yes or no' })],
      stages: [stageOf('first')],
      alongside: [{ ...scan, onlyWhen: { all: [sore] } }],
    });
    plan.observe([
      { fact: 'radiotherapy', value: '2026-01-10' },
      { fact: 'sore', value: false },
    ]);
    expect(openTasks(plan)).toEqual([]);
    plan.observe([{ fact: 'sore', value: true }], at('2026-03-04'));
    expect(dueOf(plan, 'course/scan')).toBe('2026-07-11T04:00:00.000Z');
  });

  it('in a track is asked for once, whatever goes on in the course', () => {
    const plan = planWith({
      facts: [RADIO],
      stages: [stageOf('first'), stageOf('laser', { beforeEach: [scan] })],
      tracks: [trackOf('beside', ['laser'])],
    });
    expect(openTasks(plan)).toEqual(['laser.ready/scan', SUPPLY]);
    plan.observe([{ fact: 'radiotherapy', value: '2026-01-10' }], at('2026-03-03'));
    expect(openTasks(plan)).toEqual(['laser.ready/scan']);
  });

  it('before a procedure is not stopped by a hold: the day comes', () => {
    const plan = planWith({ facts: [RADIO], stages: [stageOf('first', { beforeEach: [scan] })] });
    plan.observe([{ fact: 'radiotherapy', value: '2026-01-10' }], at('2026-03-03'));
    expect(plan.state.waits['task/first.ready/scan']).toMatchObject({ dueAt: '2026-07-11T04:00:00.000Z' });
    expect(plan.state.waits['task/first.ready/scan']?.stage).toBeUndefined();
  });
});
