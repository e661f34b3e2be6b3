import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import { askedFor, IN_ASSESSMENT, OPTION, only } from '../../support/choices.ts';
import { decide, decisionOf, GO, openQuestions, openTasks } from '../../support/decided.ts';
import { stageOf, taskOf, type Variation } from '../../support/pathways.ts';
import { coordinator, eventOf, type RunningPlan, refusalOf } from '../../support/plan.ts';
import { besideOperations, chartsOf, itemsOf, trackOf } from '../../support/tracks.ts';

/** What is asked of a track that has not begun, or has come to its end. */

const start: Action = [{ do: 'start', track: 'medicine' }, ...GO];
const byDecision = (more: Variation = {}): RunningPlan =>
  besideOperations({
    rules: [],
    stages: [stageOf('first'), stageOf('second'), stageOf('month-1')],
    tracks: [trackOf('medicine', ['month-1'], { starts: 'by decision' })],
    course: itemsOf('first', 'decision after', 'second', 'decision again'),
    decisions: [
      decisionOf('after', { outcomes: { tablets: start, none: GO } }),
      decisionOf('again', { outcomes: { tablets: start, none: GO } }),
    ],
    ...more,
  });
const withCourse = (more: Variation = {}): RunningPlan =>
  besideOperations({
    rules: [],
    stages: [stageOf('first'), stageOf('month-1')],
    tracks: [trackOf('medicine', ['month-1'])],
    ...more,
  });
const reasonsFor = (plan: RunningPlan) => refusalOf(plan.start('month-1')).reasons;

describe('a start or a booking along a track that has not begun is refused, and says what would begin it', () => {
  it('the decision of which an outcome starts it', () => {
    expect(reasonsFor(byDecision())).toEqual([
      {
        invariant: 'phase',
        says: 'Track medicine has not begun: it begins once that is decided.',
        clears: ['after', 'again'].map((name) => [
          { kind: 'event', type: 'decide', needs: `decision/${name}`, role: 'dermatologist' },
        ]),
      },
    ]);
  });

  it('what is still to be done before the course', () => {
    const [reason] = reasonsFor(withCourse({ consultation: [taskOf('talk')] }));
    expect(reason?.says).toBe('Track medicine has not begun: it begins with the course.');
    expect(reason?.clears).toEqual([
      [{ kind: 'event', type: 'task.completed', needs: 'consultation/talk', role: 'nurse' }],
    ]);
  });

  it('what is still to be chosen', () => {
    const tracks = [trackOf('medicine', ['month-1'], { onlyFor: only('option', 'flap') })];
    const choosing: Variation = {
      choices: [OPTION],
      decidedIn: IN_ASSESSMENT,
      decisions: [askedFor(OPTION)],
      tracks,
    };
    const plan = withCourse(choosing);
    const [reason] = reasonsFor(plan);
    expect(reason?.clears).toEqual([
      [{ kind: 'event', type: 'decide', needs: 'decision/option', role: 'dermatologist' }],
    ]);
    decide(plan, 'decision/option', 'implant');
    expect(reasonsFor(plan)).toMatchObject([
      { says: expect.stringContaining('not for this patient'), clears: [] },
    ]);
  });

  it('the same for a booking', () => {
    const data = { stage: 'month-1', on: '2026-03-09' };
    const { answer } = byDecision().send(eventOf('bookAppointment', data, { actor: coordinator }));
    expect(refusalOf(answer).reasons.map(({ clears }) => clears.length)).toEqual([2]);
  });
});

describe('an outcome that starts a track', () => {
  const decided = (plan: RunningPlan, outcome: string) =>
    decide(plan, openQuestions(plan)[0] ?? '', outcome, { now: '2026-03-05T16:00:00.000Z' });
  const STARTS = 'plan/start-medicine';

  it('that has come to its end asks the coordinator what now', () => {
    const plan = byDecision();
    plan.report('first', '2026-03-02');
    decided(plan, 'tablets');
    plan.report('month-1', '2026-03-05');
    plan.report('second', '2026-03-05');
    expect(openTasks(plan)).not.toContain(STARTS);
    decided(plan, 'tablets');
    expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'completed' });
    expect(plan.state.tasks[STARTS]).toMatchObject({
      role: 'coordinator',
      title: expect.stringMatching(/Track medicine is to start, and it is completed already: what now/),
    });
  });

  it('that runs changes nothing, and asks nobody', () => {
    const plan = byDecision();
    plan.report('first', '2026-03-02');
    decided(plan, 'tablets');
    plan.report('second', '2026-03-05');
    decided(plan, 'tablets');
    expect(chartsOf(plan)).toEqual({ main: 'completed', medicine: 'month-1.ready' });
    expect(openTasks(plan)).not.toContain(STARTS);
  });
});

it('a plan that is over sleeps, although a day is booked for a track that never began', () => {
  const plan = byDecision({
    course: itemsOf('first', 'decision after'),
    stages: [stageOf('first'), stageOf('month-1')],
  });
  plan.report('first', '2026-03-02');
  const chief = { ...coordinator, roles: ['coordinator', 'nurse', 'clinical-lead'] };
  const soon = '2026-03-05T16:00:00.000Z';
  decide(plan, openQuestions(plan)[0] ?? '', 'none', { now: soon });
  const day = { stage: 'month-1', on: '2026-03-20' };
  plan.send(eventOf('appointment.booked', day, { actor: coordinator }), soon);
  expect(plan.state.chart).toBe('completed');
  for (const task of openTasks(plan)) plan.send(eventOf('task.completed', { task }, { actor: chief }), soon);
  expect([plan.state.status, plan.state.wake.at]).toEqual(['completed', null]);
});
