import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import {
  book,
  comeBack,
  decide,
  decisionOf,
  exitTo,
  GO,
  leave,
  openQuestions,
  openTasks,
  planWith,
} from '../../support/decided.ts';
import { for_, stageOf, type Variation } from '../../support/pathways.ts';
import { coordinator, type RunningPlan } from '../../support/plan.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;

/** Two operations; at the end of the first somebody decides to leave the course, and what follows after that. */
const off = (then: Action, more: Variation = {}): RunningPlan => {
  const plan = planWith({
    stages: [stageOf('first', { reassess: 'healed' }), stageOf('second'), stageOf('third')],
    decisions: [
      decisionOf('healed', { outcomes: { yes: GO, no: [...exitTo('conservative'), ...then] } }),
      decisionOf('which', { outcomes: { on: GO } }),
    ],
    ...more,
  });
  plan.report('first', '2026-03-02');
  decide(plan, 'decision/healed', 'no', { now: at('2026-03-03') });
  expect(plan.state.chart).toBe('conservative');
  return plan;
};

describe('a plan that is back on its course', () => {
  it.each<[string, Action, string, string[]]>([
    [
      'is asked the same again, where nothing is said to follow',
      [],
      'first.reassessment',
      ['decision/healed#2'],
    ],
    ['goes on', GO, 'second.ready', []],
    ['goes on elsewhere', [{ do: 'to', stage: 'third' }], 'third.ready', []],
    ['leaves the rest of its stage out', [{ do: 'next stage' }], 'second.ready', []],
    ['does its stage again', [{ do: 'again', atMost: 1 }, { do: 'go' }], 'first.ready', []],
    ['is at its end', [{ do: 'end' }], 'completed', []],
    ['is decided about', [{ do: 'decide', decision: 'which' }], 'first.reassessment', ['decision/which']],
  ])('%s', (_says, then, chart, questions) => {
    const plan = off(then);
    comeBack(plan, at('2026-03-10'));
    expect(plan.state.chart).toBe(chart);
    expect(openQuestions(plan)).toEqual(questions);
  });

  it('by the answer of whoever was asked whether it returns goes on as well', () => {
    const plan = off(GO);
    plan.wake(plan.state.wake.at ?? '');
    while (openQuestions(plan).length === 0) plan.wake(plan.state.wake.at ?? '');
    const [question = ''] = openQuestions(plan);
    decide(plan, question, 'return', { by: coordinator });
    expect(plan.state.chart).toBe('second.ready');
  });

  it('from another exit than the decision led to has nothing to follow: it is asked anew', () => {
    const plan = off(GO);
    leave(plan, 'postponement', at('2026-03-05'));
    comeBack(plan, at('2026-03-10'));
    expect(plan.state.chart).toBe('first.reassessment');
    expect(openQuestions(plan)).toEqual(['decision/healed#2']);
  });

  it('waits for whoever is asked what follows', () => {
    const plan = off([{ do: 'ask', role: 'nurse' }]);
    comeBack(plan, at('2026-03-10'));
    expect(openTasks(plan)).toContain('plan/asked-decision/healed');
    expect(openQuestions(plan)).toEqual([]);
    plan.complete('plan/asked-decision/healed', at('2026-03-11'));
    expect(openQuestions(plan)).toEqual(['decision/healed#2']);
  });

  it('by a report of what was done goes where that is: nothing else follows', () => {
    const plan = off([{ do: 'to', stage: 'third' }]);
    plan.report('second', '2026-03-08', at('2026-03-08'));
    expect(plan.state.chart).toBe('third.ready');
    expect(plan.state.leave).toBeUndefined();
  });

  it('is closed when it does not come back by its day, and nothing follows', () => {
    const plan = off([{ do: 'to', stage: 'third' }], {
      exits: {
        conservative: {
          reviewEvery: for_(1, 'month'),
          closesAfter: for_(2, 'month'),
          returnsTo: 'where it left',
          tasks: [],
        },
      },
    });
    book(plan, 'third', '2026-03-20');
    while (plan.state.leave) plan.wake(plan.state.wake.at ?? '');
    expect(plan.state.chart).toBe('cancelled');
  });
});
