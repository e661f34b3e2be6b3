import { LIMITS } from '../../../src/core/model/limits.ts';
import { comeBack, leave, START, sleepUntil, twoStages } from '../../support/decided.ts';
import { count, FEWER, goalOf, goalTasks, LESIONS, onDay, planFor, said } from '../../support/goals.ts';
import { factOf, for_, leaf, stageOf, type Variation } from '../../support/pathways.ts';
import { RunningPlan } from '../../support/plan.ts';

describe('what a goal is due after', () => {
  const SOON = { by: { by: for_(14, 'day'), after: 'last session' as const } };
  const series = (): RunningPlan =>
    planFor(SOON, { stages: [stageOf('first', { sessions: 3 }), stageOf('second')] });
  const give = (plan: RunningPlan, stage: string, day: string): void => {
    plan.consent(`${stage}-consent`, day, onDay(day));
    plan.start(stage, onDay(day));
    plan.report(stage, day, onDay(day));
  };

  it('the last session is the last of its series: while that goes on, nothing is due', () => {
    const plan = series();
    for (const day of ['2026-03-04', '2026-03-25']) give(plan, 'first', day);
    sleepUntil(plan, onDay('2026-05-01'));
    expect(said(plan)).toEqual(['in-progress']);
  });

  it.each([
    ['2026-05-16T03:59:59.000Z', ['in-progress']],
    ['2026-05-16T04:00:00.000Z', ['in-progress', 'unknown']],
  ])('once it is over, so long after it: %s', (now, expected) => {
    const plan = series();
    for (const day of ['2026-03-04', '2026-03-25', '2026-05-01']) give(plan, 'first', day);
    sleepUntil(plan, now);
    plan.wake(now);
    expect(said(plan)).toEqual(expected);
  });

  it('another stage moves it, and nobody is asked about the day that was', () => {
    const plan = series();
    for (const day of ['2026-03-04', '2026-03-25', '2026-05-01']) give(plan, 'first', day);
    sleepUntil(plan, onDay('2026-05-20'));
    expect(goalTasks(plan)).toEqual(['fewer/unknown']);
    give(plan, 'second', '2026-05-21');
    expect(goalTasks(plan)).toEqual([]);
  });
});

describe('off the course, goals are looked at still', () => {
  it.each(['postponement', 'further-evaluation', 'conservative', 'referral'] as const)('in %s', (exit) => {
    const plan = planFor();
    count(plan, '2026-03-03', 40);
    leave(plan, exit, onDay('2026-03-04'));
    count(plan, '2026-03-10', 30);
    expect(said(plan)).toEqual(['improving']);
  });

  it('and after it came back', () => {
    const plan = planFor();
    leave(plan, 'postponement', onDay('2026-03-04'));
    comeBack(plan, onDay('2026-03-05'));
    count(plan, '2026-03-10', 30);
    count(plan, '2026-03-17', 20);
    expect(said(plan)).toEqual(['improving']);
  });
});

describe('with the plan its goals end', () => {
  const late = (variation: Variation = {}): RunningPlan => {
    const plan = planFor({ by: { by: for_(1, 'day'), after: 'plan start' } }, variation);
    count(plan, '2026-03-02', 40);
    sleepUntil(plan, onDay('2026-03-05'));
    expect(goalTasks(plan)).toEqual(['fewer/late']);
    return plan;
  };

  it.each(['cancelled', 'declined'] as const)('%s, it has none, and nobody is asked about them', (how) => {
    const plan = late();
    if (how === 'cancelled') plan.cancel();
    else leave(plan, 'declined');
    expect(goalTasks(plan)).toEqual([]);
    expect(plan.state).toMatchObject({ status: 'revoked', wake: { at: null } });
    count(plan, '2026-03-06', 10);
    expect(said(plan)).toEqual(['not-achieved', 'late']);
  });

  it('completed, what somebody was asked keeps it open until they have looked', () => {
    const plan = late({ stages: [stageOf('first')] });
    plan.consent('first-consent', '2026-03-05', onDay('2026-03-05'));
    plan.start('first');
    plan.report('first', '2026-03-05');
    expect(plan.state).toMatchObject({ chart: 'completed', status: 'active' });
    plan.complete('plan/goal/fewer/late');
    expect(plan.state).toMatchObject({ status: 'completed', wake: { at: null } });
  });
});

describe('what is measured by area', () => {
  const WOUND = factOf('wound', { kind: 'code', codes: ['clean', 'red', 'open'] }, { byArea: true });
  const CLEAN = {
    ...FEWER,
    objective: 'clean',
    measure: 'wound',
    target: { all: [leaf('wound', 'equal', 'clean')] },
  };
  const BREAST = { area: 'breast', sides: ['left', 'right'], parts: [] };
  const FACE = { area: 'face', sides: [], parts: ['nose', 'chin'] };
  const planOf = (sites: string[]): RunningPlan =>
    new RunningPlan(
      twoStages({
        facts: [WOUND, LESIONS],
        goals: [goalOf(CLEAN)],
        parts: [BREAST, FACE],
        areas: { treatment: { choose: 'any', sites: ['left breast', 'right breast', 'face'] } },
      }),
      START,
      { treatment: sites },
    );
  const look = (plan: RunningPlan, area: string, value: string, day = '2026-03-03') =>
    plan.observe([{ fact: 'wound', area, value, observedAt: onDay(day) }], onDay(day));

  it('is an objective of each site', () => {
    const plan = planOf(['left breast', 'right breast']);
    look(plan, 'left breast', 'clean');
    look(plan, 'right breast', 'open');
    expect(said(plan, 'clean/left breast')).toEqual(['achieved']);
    expect(said(plan, 'clean/right breast')).toEqual(['in-progress']);
    sleepUntil(plan, '2026-09-03T04:00:00.000Z');
    expect(goalTasks(plan)).toEqual(['clean/right breast/late']);
    expect(plan.state.tasks['plan/goal/clean/right breast/late']?.title).toBe(
      'Fewer spots (right breast): not reached by its day',
    );
  });

  it.each([
    ['all of it is', [['face', 'clean']], ['achieved']],
    [
      'a part of it is not',
      [
        ['face', 'clean'],
        ['nose', 'open'],
      ],
      ['worsening', 'lost'],
    ],
    ['a part of it nobody has looked at', [['nose', 'clean']], ['in-progress']],
  ])('a site is there when all of it is: %s', (_says, looks, expected) => {
    const plan = planOf(['face']);
    for (const [index, [area = '', value = '']] of looks.entries())
      look(plan, area, value, `2026-03-0${index + 3}`);
    expect(said(plan, 'clean/face')).toEqual(expected);
  });
});

it('many counts are as fast as few: of those in between only the newest are looked at', () => {
  const plan = planFor();
  const days = Array.from({ length: 300 }, (_, day) =>
    new Date(Date.UTC(2025, 0, 1 + day, 16)).toISOString(),
  );
  for (let at = 0; at < days.length; at += LIMITS.observationsPerEvent) {
    const some = days.slice(at, at + LIMITS.observationsPerEvent);
    plan.observe(some.map((observedAt, index) => ({ fact: 'lesions', value: 300 - at - index, observedAt })));
  }
  expect(said(plan)).toEqual(['sustaining']);
});
