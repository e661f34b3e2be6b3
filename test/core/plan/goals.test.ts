import { sleepUntil } from '../../support/decided.ts';
import { count, counts, goalTasks, onDay, planFor, said, withdrawCount } from '../../support/goals.ts';
import { for_, leaf } from '../../support/pathways.ts';
import { eventOf, type RunningPlan } from '../../support/plan.ts';

const changes = ({ journal }: RunningPlan) => journal.filter(({ kind }) => kind === 'objective.changed');

describe('what is measured says how far a goal is', () => {
  it.each([
    ['nothing has been counted', [], ['in-progress']],
    ['it has been counted once', [40], ['in-progress']],
    ['fewer than before', [40, 30], ['improving']],
    ['as many as before', [40, 30, 30], ['no-change']],
    ['more than the last time, though fewer than at first', [40, 20, 30], ['worsening']],
    ['more than at first', [40, 45], ['worsening']],
    ['one short of the target', [40, 11], ['improving']],
    ['at the target', [40, 10], ['achieved']],
    ['below it', [40, 4], ['achieved']],
    ['at the target again', [40, 10, 10], ['sustaining']],
    ['no longer at the target', [40, 10, 11], ['worsening', 'lost']],
    ['at the target once more', [40, 10, 20, 8], ['achieved']],
  ])('%s', (_says, values, expected) => {
    const plan = planFor();
    counts(plan, ...values);
    expect(said(plan)).toEqual(expected);
  });

  it('is told from where, to where, and on what it rests, once for each change', () => {
    const plan = planFor();
    counts(plan, 40, 30, 25, 10);
    expect(changes(plan).map(({ says }) => says)).toEqual([
      'Fewer spots: improving',
      'Fewer spots: achieved, in time',
    ]);
    expect(changes(plan).at(-1)?.details).toMatchObject({
      goal: 'clear',
      measure: 'lesionsFall',
      progress: 100,
      baseline: { value: 0, unit: '%', source: 'clinician', observedAt: '2026-03-03T16:00:00.000Z' },
      latest: { value: 75, observedAt: '2026-03-24T16:00:00.000Z' },
      dueAt: '2026-09-03T04:00:00.000Z',
    });
  });

  it.each([
    [[40, 30], 'Fewer spots: improving', []],
    [[40, 10], 'Fewer spots: achieved, in time', ['dermatologist']],
    [[40, 30, 35], 'Fewer spots: worsening', ['dermatologist']],
  ])('whoever leads hears of what is reached and of setbacks: %j', (values, says, roles) => {
    const plan = planFor();
    counts(plan, ...values);
    expect(plan.last.effects.filter((one) => one.says === says).map(({ role }) => role)).toEqual(roles);
  });

  it('can be in a range, from above and from below', () => {
    const target = {
      all: [leaf('lesions', 'greaterThanInclusive', 10), leaf('lesions', 'lessThan', 20)],
    };
    for (const [values, expected] of [
      [[40, 30], 'improving'],
      [[0, 5], 'improving'],
      [[5, 0], 'worsening'],
      [[5, 20], 'improving'],
      [[5, 19], 'achieved'],
      [[5, 10], 'achieved'],
    ] as const) {
      const plan = planFor({ measure: 'lesions', target });
      counts(plan, ...values);
      expect(said(plan)).toEqual([expected]);
    }
  });
});

describe('a goal whose day has come', () => {
  const counted = (last: string, lesions: number): RunningPlan => {
    const plan = planFor();
    count(plan, '2026-03-03', 40);
    count(plan, last, lesions);
    return plan;
  };

  it.each([
    ['on its last day', '2026-09-03T03:59:59.000Z', ['improving'], []],
    ['as that day is over', '2026-09-03T04:00:00.000Z', ['not-achieved', 'late'], ['fewer/late']],
    ['a week later', '2026-09-10T04:00:00.000Z', ['not-achieved', 'late'], ['fewer/late']],
  ])('is late when it is known not to be reached: %s', (_says, now, expected, tasks) => {
    const plan = counted('2026-08-20', 20);
    sleepUntil(plan, now);
    plan.wake(now);
    expect(said(plan)).toEqual(expected);
    expect(goalTasks(plan)).toEqual(tasks);
  });

  it('is a task of somebody, with a due time and a ladder', () => {
    const plan = counted('2026-08-20', 20);
    sleepUntil(plan, '2026-09-03T04:00:00.000Z');
    expect(plan.state.waits['task/plan/goal/fewer/late']).toMatchObject({
      owner: 'dermatologist',
      ladder: 'standard',
      dueAt: '2026-09-05T04:00:00.000Z',
    });
  });

  it('is not asked about again by the same person who has looked at it', () => {
    const plan = counted('2026-08-20', 20);
    sleepUntil(plan, '2026-09-03T04:00:00.000Z');
    plan.complete('plan/goal/fewer/late');
    sleepUntil(plan, onDay('2026-09-20'));
    expect(said(plan)).toEqual(['not-achieved', 'late']);
    expect(goalTasks(plan)).toEqual([]);
  });

  it.each([
    ['a count that was too old on its day says nothing', '2026-07-18', ['improving', 'unknown']],
    ['one that was good still does', '2026-07-19', ['not-achieved', 'late']],
  ])('%s', (_says, last, expected) => {
    const plan = counted(last, 20);
    sleepUntil(plan, '2026-09-03T04:00:00.000Z');
    expect(said(plan)).toEqual(expected);
  });

  it('not known, is asked of whoever counts, and again until somebody has counted', () => {
    const plan = planFor();
    sleepUntil(plan, '2026-09-03T04:00:00.000Z');
    expect(said(plan)).toEqual(['in-progress', 'unknown']);
    expect(plan.state.waits['task/plan/goal/fewer/unknown']).toMatchObject({ owner: 'nurse' });
    plan.complete('plan/goal/fewer/unknown');
    expect(goalTasks(plan)).toEqual(['fewer/unknown']);
    count(plan, '2026-09-10', 40);
    expect(goalTasks(plan)).toEqual(['fewer/late']);
  });

  it('reached after its day is reached late, and nobody is asked any more', () => {
    const plan = counted('2026-08-20', 20);
    sleepUntil(plan, '2026-09-03T04:00:00.000Z');
    count(plan, '2026-09-10', 8);
    expect(said(plan)).toEqual(['achieved']);
    expect(changes(plan).at(-1)?.says).toBe('Fewer spots: achieved, late');
    expect(goalTasks(plan)).toEqual([]);
  });

  it('reached in time, stays reached though nobody counts any more', () => {
    const plan = counted('2026-05-01', 8);
    sleepUntil(plan, onDay('2026-10-01'));
    expect(said(plan)).toEqual(['achieved']);
    expect(goalTasks(plan)).toEqual([]);
  });

  it('that was reached and lost is asked about at once, and as lost after its day', () => {
    const plan = counted('2026-05-01', 8);
    count(plan, '2026-06-01', 20);
    expect(goalTasks(plan)).toEqual(['fewer/lost']);
    sleepUntil(plan, onDay('2026-10-01'));
    expect(said(plan)).toEqual(['worsening', 'lost']);
    count(plan, '2026-10-02', 9);
    expect(goalTasks(plan)).toEqual([]);
  });
});

describe('what turns out not to be so', () => {
  it('a goal that was reached by a wrong count was never reached, nor lost', () => {
    const plan = planFor();
    counts(plan, 40, 10, 30);
    expect(said(plan)).toEqual(['worsening', 'lost']);
    withdrawCount(plan, '2026-03-10');
    expect(said(plan)).toEqual(['improving']);
    expect(goalTasks(plan)).toEqual([]);
  });

  it('a first count that was wrong moves how far the goal is', () => {
    const plan = planFor();
    counts(plan, 12, 10);
    expect(said(plan)).toEqual(['improving']);
    plan.send(
      eventOf('fact.corrected', { fact: 'lesions', on: '2026-03-03', value: 40, reason: 'a digit was lost' }),
    );
    expect(said(plan)).toEqual(['achieved']);
  });

  it('a count told late stands where it was taken', () => {
    const plan = planFor();
    counts(plan, 40, 30);
    plan.observe([{ fact: 'lesions', value: 8, observedAt: onDay('2026-03-05') }]);
    expect(said(plan)).toEqual(['worsening', 'lost']);
  });
});

describe('a goal holds nothing', () => {
  it('the gate opens however late it is', () => {
    const plan = planFor({ by: { by: for_(1, 'day'), after: 'plan start' } });
    plan.consent('first-consent', '2026-03-02');
    sleepUntil(plan, onDay('2026-03-05'));
    expect(said(plan)).toEqual(['in-progress', 'unknown']);
    expect(plan.start('first').outcome).toBe('accepted');
  });
});
