import { decisionOf, GO, twoStages } from '../../support/decided.ts';
import { factOf, leaf, stageOf, tableOf, taskOf } from '../../support/pathways.ts';
import { actor, coordinator, eventOf, RunningPlan } from '../../support/plan.ts';
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

const beside = () =>
  new RunningPlan(
    twoStages({
      stages: [stageOf('first'), stageOf('month', { recovery: [taskOf('call')] })],
      course: itemsOf('first', 'decision after'),
      tracks: [trackOf('medicine', ['month'], { starts: 'by decision' })],
      decisions: [
        decisionOf('after', { outcomes: { start: [{ do: 'start', track: 'medicine' }, { do: 'go' }] } }),
      ],
      facts: [],
    }),
    '2026-03-02T15:00:00.000Z',
  );
const withdrawn = (plan: RunningPlan) =>
  plan.send(
    eventOf('report.withdrawn', { stage: 'month', performedOn: '2026-03-02', reason: 'another patient' }),
  );

it('a track that a report began while the plan was off its course waits again once that report is taken back', () => {
  const plan = beside();
  plan.send(eventOf('leaveCourse', { exit: 'postponement', reason: 'so' }, { actor: coordinator }));
  plan.report('month', '2026-03-02');
  plan.send(eventOf('leaveCourse', { exit: 'postponement', reason: 'so' }, { actor: coordinator }));
  withdrawn(plan);
  expect(plan.state.tracks.medicine?.chart).toBe('waiting');
  plan.send(eventOf('returnToCourse', { reason: 'so' }, { actor: coordinator }));
  expect(plan.state.leave).toBeUndefined();
});

it('a track that a report began, and that waits again, begins once it is decided', () => {
  const plan = beside();
  plan.report('month', '2026-03-02');
  withdrawn(plan);
  expect(plan.state.tracks.medicine?.chart).toBe('waiting');
  plan.report('first', '2026-03-02');
  plan.send(
    eventOf(
      'decide',
      { question: 'decision/after', outcome: 'start' },
      { actor: actor('d-1', 'dermatologist') },
    ),
  );
  expect(plan.state.tracks.medicine?.chart).toBe('month.ready');
});
