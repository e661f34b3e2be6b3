import { decisionOf, dermatologist, sleepUntil, twoStages } from '../../support/decided.ts';
import {
  count,
  counts,
  FALL,
  FEWER,
  goalOf,
  goalTasks,
  LESIONS,
  onDay,
  planFor,
  said,
} from '../../support/goals.ts';
import { leaf } from '../../support/pathways.ts';
import { nurse, type RunningPlan } from '../../support/plan.ts';
import { revise, whyNot } from '../../support/revised.ts';

const change = (more: { target?: string; by?: string; objective?: string }) => ({
  change: 'objective' as const,
  objective: 'fewer',
  ...more,
});

const BELOW_5 = { all: [leaf('lesions', 'lessThan', 5)] };

/** The dermatologist decides in it, and may revise. */
const plan = (): RunningPlan => planFor({}, { decisions: [decisionOf('late')] });

describe('what one patient is to reach otherwise', () => {
  it('is reached by another target', () => {
    const running = plan();
    counts(running, 40, 20);
    expect(said(running)).toEqual(['improving']);
    revise(running, [change({ target: 'at least 50 %' })], { by: dermatologist });
    expect(said(running)).toEqual(['achieved']);
    expect(running.last.journal.find(({ kind }) => kind === 'plan.revised')?.says).toBe(
      'Version 2 of the plan: Fewer spots (fewer): at least 50 %, not greaterThanInclusive 75',
    );
  });

  it('is late by another day, and whoever was asked about the day before is asked no more', () => {
    const running = plan();
    count(running, '2026-08-01', 40);
    sleepUntil(running, '2026-09-03T04:00:00.000Z');
    expect(goalTasks(running)).toEqual(['fewer/late']);
    revise(running, [change({ by: '9 months after plan start' })], { by: dermatologist });
    expect(said(running)).toEqual(['in-progress']);
    expect(goalTasks(running)).toEqual([]);
    sleepUntil(running, onDay('2026-12-03'));
    expect(said(running)).toEqual(['in-progress', 'unknown']);
  });

  it('is told to whoever leads', () => {
    const running = plan();
    const { effects } = revise(running, [change({ by: '9 months after plan start' })]);
    expect(effects.map(({ role, says }) => [role, says])).toContainEqual([
      'dermatologist',
      'Fewer spots (fewer): by 9 months after plan start, not 6 months after plan start. Reason: slow healing',
    ]);
  });

  it.each([
    [
      'of an objective that there is not',
      change({ objective: 'less', by: '9 months after plan start' }),
      /CC2033 .*no objective less; it has: fewer/,
    ],
    ['of which nothing is said', change({}), /CC2033 Say what is otherwise of fewer/],
    ['to no test', change({ target: 'fewer' }), /CC2033 fewer: `fewer` is not a test/],
    ['to another unit', change({ target: 'at least 5 mm' }), /CC2033 fewer: .*mm/],
    [
      'after nothing there is',
      change({ by: '9 months after surgery' }),
      /CC2033 fewer: no goal is due after/,
    ],
    [
      'after what each stage has of its own',
      change({ by: '9 days after stage' }),
      /CC2033 fewer: .*lies ahead/,
    ],
  ])('is turned away %s', (_says, one, why) => {
    const running = plan();
    expect(whyNot(revise(running, [one]))).toMatch(why);
    expect(running.state.overlay.objectives).toEqual({});
  });

  it('is for those who decide in the pathway alone', () => {
    expect(whyNot(revise(plan(), [change({ target: 'at least 50 %' })], { by: nurse }))).toMatch(/CC2018/);
  });
});

describe('another version of the pathway', () => {
  const version = (objective: Partial<typeof FEWER>) => ({
    ...twoStages({
      facts: [LESIONS],
      derived: [FALL],
      goals: [goalOf({ ...FEWER, ...objective })],
      decisions: [decisionOf('late')],
    }),
    version: '2.0.0',
  });
  const adjusted = (): RunningPlan => {
    const running = plan();
    revise(running, [change({ target: 'at least 50 %' })]);
    counts(running, 40, 20);
    return running;
  };

  it('keeps what this patient is to reach', () => {
    const running = adjusted();
    expect(running.adopt(version({ title: 'Few spots' })).answer.outcome).toBe('accepted');
    expect(said(running)).toEqual(['achieved']);
  });

  it.each([
    ['does not have the objective', { objective: 'less' }, 'It has no objective fewer'],
    ['measures it otherwise', { measure: 'lesions', target: BELOW_5 }, 'is measured otherwise there'],
  ])('that %s is not adopted', (_says, more, why) => {
    const running = adjusted();
    expect(whyNot(running.adopt(version(more)))).toContain(why);
  });

  it('forgets an objective that it does not have, and nobody is asked about it', () => {
    const running = plan();
    sleepUntil(running, '2026-09-03T04:00:00.000Z');
    expect(goalTasks(running)).toEqual(['fewer/unknown']);
    running.adopt(
      version({ objective: 'less', by: { by: { count: 1, unit: 'year' }, after: 'plan start' } }),
    );
    expect(goalTasks(running)).toEqual([]);
    expect(Object.keys(running.state.objectives)).toEqual(['less']);
  });
});
