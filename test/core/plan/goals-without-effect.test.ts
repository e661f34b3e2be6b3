import { decide, decisionOf, leave, openQuestions, sleepUntil } from '../../support/decided.ts';
import { count, goalTasks, onDay, planFor, said, withdrawCount } from '../../support/goals.ts';
import { for_, leaf, type Variation } from '../../support/pathways.ts';
import type { RunningPlan } from '../../support/plan.ts';

const BELOW_30 = { all: [leaf('lesionsFall', 'lessThan', 30)] };

/** Looked at from 1 June 2026 on. */
const FROM = { by: for_(91, 'day'), after: 'plan start' as const };

const looked = (variation: Variation = {}): RunningPlan =>
  planFor({ ineffectiveWhen: BELOW_30, from: FROM }, variation);

const REVIEWED: Variation = {
  reviews: [{ review: 'look', every: for_(42, 'day') }],
  decisions: [
    decisionOf('look', {
      outcomes: { 'as-planned': [{ do: 'go' }], stop: [{ do: 'exit', exit: 'conservative' }] },
    }),
  ],
};

describe('a treatment without effect', () => {
  it.each([
    ['the day before it is looked at', '2026-06-01T03:59:59.000Z', ['in-progress'], []],
    ['from that day on', '2026-06-01T04:00:00.000Z', ['no-progress', 'ineffective'], ['fewer/ineffective']],
  ])('is told from the day that the pathway names: %s', (_says, now, expected, tasks) => {
    const plan = looked();
    count(plan, '2026-05-15', 40);
    sleepUntil(plan, now);
    plan.wake(now);
    expect(said(plan)).toEqual(expected);
    expect(goalTasks(plan)).toEqual(tasks);
  });

  it.each([
    [29, 40, 29, ['no-progress', 'ineffective']],
    [30, 40, 28, ['improving']],
    [74, 50, 13, ['improving']],
    [75, 40, 10, ['achieved']],
  ])('is what the pathway says it is, and no more: a fall of %i %%', (_fall, first, last, expected) => {
    const plan = looked();
    count(plan, '2026-03-03', first);
    count(plan, '2026-06-05', last);
    expect(said(plan)).toEqual(expected);
  });

  it('is not told from what nobody knows', () => {
    const plan = looked();
    sleepUntil(plan, onDay('2026-07-01'));
    expect(said(plan)).toEqual(['in-progress']);
    count(plan, '2026-03-03', 40);
    sleepUntil(plan, onDay('2026-07-02'));
    expect(said(plan)).toEqual(['in-progress']);
  });

  it('without a day of its own is looked at on the day that the goal is due', () => {
    const plan = planFor({ ineffectiveWhen: BELOW_30 });
    count(plan, '2026-03-03', 40);
    count(plan, '2026-08-20', 30);
    expect(said(plan)).toEqual(['improving']);
    sleepUntil(plan, '2026-09-03T04:00:00.000Z');
    expect(said(plan)).toEqual(['no-progress', 'ineffective']);
  });

  it('stays told while nobody has counted again, and is taken back with the count that said it', () => {
    const plan = looked();
    count(plan, '2026-03-03', 40);
    count(plan, '2026-06-05', 38);
    sleepUntil(plan, onDay('2026-08-15'));
    expect(said(plan)).toEqual(['no-progress', 'ineffective']);
    withdrawCount(plan, '2026-06-05', onDay('2026-08-16'));
    expect(said(plan)).toEqual(['in-progress']);
    expect(goalTasks(plan)).toEqual([]);
  });

  it('is none any more once the target is reached', () => {
    const plan = looked();
    count(plan, '2026-03-03', 40);
    count(plan, '2026-06-05', 38);
    count(plan, '2026-07-05', 9);
    expect(said(plan)).toEqual(['achieved']);
    expect(goalTasks(plan)).toEqual([]);
  });
});

describe('a plan with reviews', () => {
  const reviewed = (): RunningPlan => {
    const plan = looked(REVIEWED);
    count(plan, '2026-05-20', 40);
    return plan;
  };

  it('has its review at once, in the place of a task', () => {
    const plan = reviewed();
    sleepUntil(plan, '2026-05-31T12:00:00.000Z');
    decide(plan, openQuestions(plan)[0] ?? '', 'as-planned');
    expect(openQuestions(plan)).toEqual([]);
    sleepUntil(plan, '2026-06-01T04:00:00.000Z');
    expect(openQuestions(plan)).toEqual(['decision/look#2']);
    expect(plan.state.questions['decision/look#2']?.about).toBe('review/look/goal/fewer/ineffective');
    expect(plan.state.waits['question/decision/look#2']).toMatchObject({ owner: 'dermatologist' });
    expect(goalTasks(plan)).toEqual([]);
  });

  it('is not asked twice while one is open', () => {
    const plan = reviewed();
    sleepUntil(plan, '2026-06-01T04:00:00.000Z');
    expect(openQuestions(plan)).toEqual(['decision/look']);
    sleepUntil(plan, onDay('2026-06-30'));
    expect(openQuestions(plan)).toEqual(['decision/look']);
  });

  it('once answered, is asked again only when its day comes round', () => {
    const plan = reviewed();
    sleepUntil(plan, '2026-06-01T04:00:00.000Z');
    decide(plan, 'decision/look', 'as-planned');
    count(plan, '2026-06-10', 39);
    expect(openQuestions(plan)).toEqual([]);
    sleepUntil(plan, onDay('2026-07-06'));
    expect(openQuestions(plan)).toEqual(['decision/look#2']);
  });

  it('off its course has a task for whoever leads', () => {
    const plan = reviewed();
    leave(plan, 'conservative', onDay('2026-05-21'));
    sleepUntil(plan, '2026-06-01T04:00:00.000Z');
    expect(goalTasks(plan)).toEqual(['fewer/ineffective']);
  });
});
