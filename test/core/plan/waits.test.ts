import type { LadderDefinition } from '../../../src/core/pathway/clinic.schema.ts';
import {
  for_,
  ladderOf,
  pathwayWith,
  rung,
  stageOf,
  taskOf,
  type Variation,
} from '../../support/pathways.ts';
import { RunningPlan } from '../../support/plan.ts';

const HISTORY = 'task/consultation/history';

/** A plan that waits for one task, due at the end of 9 March (a Monday) in New York. */
const waiting = (variation: Variation = {}, startedAt?: string): RunningPlan =>
  new RunningPlan(pathwayWith({ rules: [], consultation: [taskOf('history')], ...variation }), startedAt);

const spoken = (plan: RunningPlan): string[] =>
  plan.last.effects.map(({ role, level, says }) => `${role} ${level} ${says.slice(0, 7)}`);

describe('a due time', () => {
  it.each([
    ['7 days', for_(7, 'day'), '2026-03-02T15:00:00.000Z', '2026-03-10T04:00:00.000Z'],
    ['a week', for_(1, 'week'), '2026-03-02T15:00:00.000Z', '2026-03-10T04:00:00.000Z'],
    ['a month from 31 January', for_(1, 'month'), '2026-01-31T15:00:00.000Z', '2026-03-02T05:00:00.000Z'],
    [
      '3 working days from a Friday',
      for_(3, 'working day'),
      '2026-03-06T15:00:00.000Z',
      '2026-03-12T04:00:00.000Z',
    ],
    [
      '2 working days over Christmas',
      for_(2, 'working day'),
      '2026-12-24T15:00:00.000Z',
      '2026-12-30T05:00:00.000Z',
    ],
    [
      '24 hours over a clock change',
      for_(24, 'hour'),
      '2026-03-07T17:00:00.000Z',
      '2026-03-08T17:00:00.000Z',
    ],
    ['no day at all: today', for_(0, 'day'), '2026-03-02T15:00:00.000Z', '2026-03-03T05:00:00.000Z'],
    [
      'a day, from a minute before midnight',
      for_(1, 'day'),
      '2026-03-03T04:59:00.000Z',
      '2026-03-04T05:00:00.000Z',
    ],
  ])('of %s is the end of the local day, or to the minute', (_name, to, startedAt, dueAt) => {
    const plan = waiting(
      { consultation: [taskOf('history', { due: { to, after: 'plan start' } })] },
      startedAt,
    );
    expect(plan.state.waits[HISTORY]?.dueAt).toBe(dueAt);
  });

  it.each([
    ['America/New_York', '2026-03-12', '2026-03-16T04:00:00.000Z'],
    ['Europe/Berlin', '2026-03-12', '2026-03-15T23:00:00.000Z'],
    ['Pacific/Auckland', '2026-03-12', '2026-03-15T11:00:00.000Z'],
    ['America/Los_Angeles', '2026-03-12', '2026-03-16T07:00:00.000Z'],
  ])('day 7 to 10 after a procedure on 5 March begins on 12 March in %s', (zone, from, dueAt) => {
    const recovery = [
      taskOf('stitches', { due: { from: for_(7, 'day'), to: for_(10, 'day'), after: 'procedure' } }),
    ];
    const plan = new RunningPlan(
      pathwayWith({ zone, rules: [], stages: [stageOf('excision', { recovery })] }),
    );
    plan.report('excision', '2026-03-05', '2026-03-06T15:00:00.000Z');
    expect(plan.state.tasks['excision.recovery/stitches']).toMatchObject({ from });
    expect(plan.state.waits['task/excision.recovery/stitches']?.dueAt).toBe(dueAt);
  });
});

describe('a ladder', () => {
  it.each([
    ['before the warning', '2026-03-06T12:59:59.999Z', []],
    ['at opening on the working day before', '2026-03-06T13:00:00.000Z', ['nurse 0 Due by ']],
    ['before the second rung', '2026-03-11T21:59:59.999Z', ['nurse 0 Overdue']],
    [
      'at closing, two working days late',
      '2026-03-11T22:00:00.000Z',
      ['nurse 0 Overdue', 'coordinator 0 Overdue'],
    ],
    [
      'at closing, five working days late',
      '2026-03-16T22:00:00.000Z',
      ['nurse 0 Overdue', 'coordinator 0 Overdue', 'clinical-lead 1 Overdue'],
    ],
    [
      'after two months away the repeats speak once',
      '2026-05-16T22:00:00.000Z',
      ['nurse 0 Overdue', 'coordinator 0 Overdue', 'clinical-lead 1 Overdue'],
    ],
  ])('tells whom it names: %s', (_when, now, expected) => {
    const plan = waiting();
    plan.wake(now);
    expect(spoken(plan)).toEqual(expected);
    const wait = plan.state.waits[HISTORY];
    expect(wait && wait.nextAt > now).toBe(true);
  });

  it('never ends: after its last rung it comes back, and raises the plan while the wait lasts', () => {
    const plan = waiting();
    const climbs: string[] = [];
    for (let round = 0; round < 6; round += 1) {
      const at = plan.state.wake.at ?? '';
      plan.wake(at);
      climbs.push(
        `${at.slice(0, 16)} ${plan.last.effects.map(({ role }) => role).join()} ${plan.state.escalation}`,
      );
    }
    expect(climbs).toEqual([
      '2026-03-06T13:00 nurse 0',
      '2026-03-11T22:00 coordinator 0',
      '2026-03-16T22:00 clinical-lead 1',
      '2026-03-23T22:00 clinical-lead 1',
      '2026-03-30T22:00 clinical-lead 1',
      '2026-04-06T22:00 clinical-lead 1',
    ]);
    plan.finishPhase();
    expect(plan.state.escalation).toBe(0);
  });

  it('passes over a warning for which it is too late', () => {
    const due = { to: for_(0, 'day'), after: 'plan start' } as const;
    const plan = waiting({ consultation: [taskOf('history', { due })] }, '2026-03-02T15:00:00.000Z');
    expect(plan.state.waits[HISTORY]).toMatchObject({ rung: 1, nextAt: '2026-03-04T23:00:00.000Z' });
    expect(plan.last.effects).toEqual([]);
  });

  const start = rung({ when: 'start' });
  const warning = rung({ when: 'before due', by: for_(1, 'working day') });
  const due = rung({ when: 'due' });
  const late = (count: number, unit: 'day' | 'working day' | 'hour' | 'month') =>
    rung({ when: 'late', by: for_(count, unit) }, ['coordinator'], 2);

  it.each<[string, LadderDefinition['rungs'], string, string]>([
    [
      'a start and a warning that has passed',
      [start, warning, due],
      '2026-03-02T15:00:00.000Z',
      '2026-03-03T05:00:00.000Z',
    ],
    ['a start and a due time', [start, due], '2026-03-02T15:00:00.000Z', '2026-03-03T05:00:00.000Z'],
    ['a due time alone', [due], '2026-03-02T15:00:00.000Z', '2026-03-03T05:00:00.000Z'],
  ])('that begins with %s begins', (_name, rungs, startedAt, nextAt) => {
    const consultation = [taskOf('history', { due: { to: for_(0, 'day'), after: 'plan start' } })];
    const plan = waiting({ consultation, ladders: [ladderOf(rungs)] }, startedAt);
    expect(plan.state.waits[HISTORY]?.nextAt).toBe(nextAt);
    expect(plan.last.effects).toHaveLength(rungs.includes(start) ? 1 : 0);
  });

  it('of working days and days keeps its order over a weekend, and tells everyone', () => {
    const consultation = [taskOf('history', { due: { to: for_(4, 'day'), after: 'plan start' } })];
    const plan = waiting({
      consultation,
      ladders: [ladderOf([late(1, 'working day'), late(2, 'day'), late(1, 'month')])],
    });
    plan.wake('2026-03-09T22:00:00.000Z');
    expect(plan.state.waits[HISTORY]).toMatchObject({ rung: 2, nextAt: '2026-04-07T04:00:00.000Z' });
    plan.wake('2027-03-09T22:00:00.000Z');
    expect(plan.state.escalation).toBe(2);
  });

  it.each([
    ['working days', for_(1, 'working day')],
    ['days', for_(1, 'day')],
    ['hours', for_(6, 'hour')],
    ['minutes', for_(1, 'minute')],
    ['months', for_(1, 'month')],
  ])('that repeats by %s climbs through five years of absence in one step', (_name, everyFurther) => {
    const plan = waiting({ ladders: [ladderOf([start, warning, due], everyFurther)] });
    plan.wake('2031-03-02T15:00:00.000Z');
    const wait = plan.state.waits[HISTORY];
    expect(wait && wait.nextAt > '2031-03-02T15:00:00.000Z').toBe(true);
    expect(plan.last.effects.length).toBeLessThan(5);
  });
});

describe('a ladder that repeats by months', () => {
  it('counts each repeat from the due time, not from the one before: 31 January, 1 March, 31 March', () => {
    const consultation = [taskOf('history', { due: { to: for_(0, 'day'), after: 'plan start' } })];
    const ladders = [ladderOf([rung({ when: 'due' })], for_(1, 'month'))];
    const plan = waiting({ consultation, ladders }, '2026-01-31T15:00:00.000Z');
    const called = [1, 2, 3].map(() => {
      const at = plan.state.wake.at ?? '';
      plan.wake(at);
      return at.slice(0, 10);
    });
    // Each is the end of its day, so the first instant of the next.
    expect(called).toEqual(['2026-02-01', '2026-03-02', '2026-04-01']);
  });
});

describe('what is told', () => {
  it('a report from a year ago opens work that is overdue at once, and says so', () => {
    const recovery = [taskOf('stitches', { due: { to: for_(10, 'day'), after: 'procedure' } })];
    const ladders = [
      ladderOf([rung({ when: 'start' }), rung({ when: 'due' }), rung({ when: 'late', by: for_(2, 'day') })]),
    ];
    const plan = new RunningPlan(
      pathwayWith({ rules: [], ladders, stages: [stageOf('excision', { recovery })] }),
    );
    expect(plan.report('excision', '2025-03-02').answer).toMatchObject({ outcome: 'accepted' });
    expect(plan.state.chart).toBe('excision.recovery');
    expect(plan.last.effects.some(({ says }) => says.startsWith('Overdue since 2025-03-13'))).toBe(true);
  });

  it('eighty reports out of the blue, and a month in which nobody looks, make no step too large', () => {
    const plan = new RunningPlan();
    for (let index = 0; index < 80; index += 1) plan.report('excision', '2026-03-01');
    expect(() => plan.wake('2026-04-20T15:00:00.000Z')).not.toThrow();
    const told = plan.last.effects.map(({ role, says }) => `${role} ${says}`);
    expect(new Set(told).size).toBe(told.length);
  });

  it('effects have ids of their own, whatever happens in a step', () => {
    const plan = waiting();
    plan.wake('2026-05-16T22:00:00.000Z');
    const ids = plan.last.effects.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids[0]).toBe('plan-1/2/0');
  });
});
