import { decisionOf, GO, twoStages } from '../../support/decided.ts';
import { factOf, leaf, stageOf, tableOf } from '../../support/pathways.ts';
import { eventOf, RunningPlan } from '../../support/plan.ts';
import { itemsOf, trackOf } from '../../support/tracks.ts';

const SMOKER = { all: [leaf('smoker', 'equal', true)] };

it('what a decision of the course waits for is asked for once, however many tracks run beside it', () => {
  const plan = new RunningPlan(
    twoStages({
      facts: [factOf('smoker', { kind: 'yes or no' })],
      tables: [
        tableOf(
          'risk',
          ['high', 'low'],
          [
            { when: SMOKER, answer: 'high' },
            { when: { not: SMOKER }, answer: 'low' },
          ],
        ),
      ],
      stages: [stageOf('first'), stageOf('month')],
      course: itemsOf('first', 'decision weigh'),
      tracks: [trackOf('medicine', ['month'])],
      decisions: [
        decisionOf('weigh', {
          by: { kind: 'table', table: 'risk', roles: ['dermatologist'] },
          outcomes: { high: GO, low: GO },
        }),
      ],
    }),
    '2026-03-02T15:00:00.000Z',
  );
  plan.report('first', '2026-03-02');
  expect(plan.state.chart).toBe('weigh.decision');
  expect(plan.state.tasks['plan/needed/smoker']).toMatchObject({ status: 'requested' });
  plan.send(eventOf('observation.recorded', { observations: [{ fact: 'smoker', value: false }] }));
  expect(plan.state.tasks['plan/needed/smoker']).toMatchObject({ status: 'cancelled' });
  expect(plan.state.chart).toBe('completed');
});
