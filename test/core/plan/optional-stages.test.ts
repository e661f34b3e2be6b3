import { askedFor, OPTION, only } from '../../support/choices.ts';
import { book, decide, decisionOf, GO, openQuestions, openTasks, planWith } from '../../support/decided.ts';
import { stageOf, taskOf, type Variation } from '../../support/pathways.ts';
import type { RunningPlan } from '../../support/plan.ts';

const ASKED = 'decision/extra-or-not';

/** As the compiler makes it of `optional: dermatologist` on the stage `extra`. */
const withExtra = ({ stages, ...more }: Variation = {}): RunningPlan =>
  planWith({
    stages: stages ?? [stageOf('first'), stageOf('extra', { prep: [taskOf('wash')] }), stageOf('last')],
    course: [
      { kind: 'stage', name: 'first' },
      { kind: 'decision', name: 'extra-or-not', whether: 'extra' },
      { kind: 'stage', name: 'extra' },
      { kind: 'stage', name: 'last' },
    ],
    decisions: [
      decisionOf('extra-or-not', {
        outcomes: { 'go-ahead': GO, 'leave-out': [{ do: 'next stage', stage: 'extra' }] },
      }),
    ],
    ...more,
  });

describe('a stage that may be left out', () => {
  it('is asked about as the plan comes to it, and waited for like any decision', () => {
    const plan = withExtra();
    plan.report('first', '2026-03-02');
    expect(plan.state.chart).toBe('extra-or-not.decision');
    expect(openQuestions(plan)).toEqual([ASKED]);
    expect(plan.state.waits[`question/${ASKED}`]).toMatchObject({ owner: 'dermatologist' });
  });

  it.each([
    ['go-ahead', 'extra.ready'],
    ['leave-out', 'last.ready'],
  ])('%s leads to %s', (outcome, chart) => {
    const plan = withExtra();
    plan.report('first', '2026-03-02');
    decide(plan, ASKED, outcome);
    expect(plan.state.chart).toBe(chart);
  });

  it('left out has no work and no day that is booked any more', () => {
    const plan = withExtra();
    plan.report('first', '2026-03-02');
    book(plan, 'extra', '2026-04-01');
    decide(plan, ASKED, 'leave-out');
    expect(plan.state.tasks['extra.prep/wash']).toBeUndefined();
    expect(plan.state.bookings.extra?.status).toBe('cancelled');
    expect(plan.last.journal.find(({ kind }) => kind === 'action.taken')?.says).toContain(
      'extra is left out',
    );
    expect(openTasks(plan)).toContain('plan/calendar-extra-1');
    expect(openTasks(plan)).not.toContain('extra.prep/wash');
  });

  it('as the last of the course ends it', () => {
    const plan = withExtra({
      stages: [stageOf('first'), stageOf('extra')],
      course: [
        { kind: 'stage', name: 'first' },
        { kind: 'decision', name: 'extra-or-not', whether: 'extra' },
        { kind: 'stage', name: 'extra' },
      ],
    });
    plan.report('first', '2026-03-02');
    decide(plan, ASKED, 'leave-out');
    expect(plan.state.chart).toBe('completed');
  });

  it('is come to all the same once its procedure is reported', () => {
    const plan = withExtra();
    plan.report('first', '2026-03-02');
    plan.report('extra', '2026-03-03', '2026-03-03T15:00:00.000Z');
    expect(plan.state.chart).toBe('last.ready');
    expect(openQuestions(plan)).toEqual([]);
  });

  describe('and is for some only', () => {
    const chosen = (value: string): RunningPlan => {
      const plan = withExtra({
        choices: [OPTION],
        decidedIn: { consultation: [], assessment: ['option'] },
        decisions: [
          askedFor(OPTION),
          decisionOf('extra-or-not', {
            outcomes: { 'go-ahead': GO, 'leave-out': [{ do: 'next stage', stage: 'extra' }] },
          }),
        ],
        stages: [stageOf('first'), stageOf('extra', { onlyFor: only('option', 'flap') }), stageOf('last')],
      });
      decide(plan, 'decision/option', value);
      plan.report('first', '2026-03-02');
      return plan;
    };

    it.each([
      ['flap', 'extra-or-not.decision'],
      ['implant', 'last.ready'],
    ])('is asked about only for them: %s', (value, chart) => {
      expect(chosen(value).state.chart).toBe(chart);
    });
  });
});
