import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import type { TaskDefinition } from '../../../src/core/pathway/work.schema.ts';
import {
  comeBack,
  decide,
  decisionOf,
  exitTo,
  leave,
  openTasks,
  planWith,
  sleepUntil,
} from '../../support/decided.ts';
import { for_, stageOf, taskOf, type Variation } from '../../support/pathways.ts';
import type { RunningPlan } from '../../support/plan.ts';
import { dueOf, repeating, until, waitOf } from '../../support/tasks.ts';
import { itemsOf, trackOf } from '../../support/tracks.ts';

const FOLLOW_UP = 'follow-up.maintenance';
const HAND_OVER = `${FOLLOW_UP}/hand-over`;
const VISIT = `${FOLLOW_UP}/visit`;
const handOver = taskOf('hand-over', { due: { to: for_(30, 'day'), after: 'stage' } });
const visit = repeating('visit', for_(6, 'month'));

const afterwards = (tasks: TaskDefinition[], lasts = for_(2, 'year')): Variation => ({
  maintenance: [{ maintenance: 'follow-up', title: 'Follow-up', lasts, tasks }],
  course: [
    { kind: 'stage', name: 'first' },
    { kind: 'stage', name: 'second' },
    { kind: 'maintenance', name: 'follow-up' },
  ],
});

/** Both stages done, the second on 16 March 2026; what the reports went against has been looked at. */
const followed = (variation: Variation = afterwards([handOver, visit])): RunningPlan => {
  const plan = planWith(variation);
  plan.report('first', '2026-03-09', '2026-03-09T20:00:00.000Z');
  plan.report('second', '2026-03-16', '2026-03-16T20:00:00.000Z');
  for (const id of openTasks(plan)) if (id.startsWith('plan/')) plan.complete(id);
  return plan;
};
const at = (day: string): string => `${day}T16:00:00.000Z`;

describe('a maintenance', () => {
  it('is entered as the last stage ends, and asks for its work', () => {
    const plan = followed();
    expect(plan.state).toMatchObject({ chart: FOLLOW_UP, status: 'active' });
    expect(openTasks(plan)).toEqual([HAND_OVER, VISIT]);
    expect(dueOf(plan, HAND_OVER)).toBe('2026-04-16T04:00:00.000Z');
    expect(dueOf(plan, VISIT)).toBe('2026-09-17T04:00:00.000Z');
  });

  it.each([
    ['the minute before its last day is over', '2028-03-17T03:59:59.000Z', FOLLOW_UP],
    ['as its last day is over', '2028-03-17T04:00:00.000Z', 'completed'],
    ['when the plan looks late', '2028-04-01T04:00:00.000Z', 'completed'],
  ])('ends by itself after its time: %s', (_says, now, chart) => {
    const plan = followed();
    plan.complete(HAND_OVER, at('2026-04-01'));
    plan.wake(now);
    expect(plan.state.chart).toBe(chart);
  });

  it('wakes the plan for its end, though nobody owes anything until then', () => {
    const plan = followed(afterwards([handOver]));
    plan.complete(HAND_OVER, at('2026-04-01'));
    expect(plan.state).toMatchObject({ chart: FOLLOW_UP, status: 'active', waits: {} });
    expect(plan.state.wake.at).toBe('2028-03-17T04:00:00.000Z');
    plan.wake('2028-03-17T04:00:00.000Z');
    expect(plan.state).toMatchObject({ chart: 'completed', status: 'completed', wake: { at: null } });
  });

  it('goes on after its time while its own work is open, and asks for no more visits', () => {
    const plan = followed();
    plan.complete(VISIT, at('2028-03-10'));
    plan.complete(VISIT, at('2028-03-16'));
    expect(plan.state.tasks[VISIT]).toMatchObject({ status: 'completed', repeat: 4 });
    plan.wake('2028-04-01T04:00:00.000Z');
    expect(plan.state.chart).toBe(FOLLOW_UP);
    plan.complete(HAND_OVER, at('2028-04-02'));
    expect(plan.state).toMatchObject({ chart: 'completed', status: 'completed' });
  });

  it('asks for each visit in its turn, and the visits end with it', () => {
    const plan = followed();
    plan.complete(HAND_OVER, at('2026-04-01'));
    const dues = [1, 2, 3, 4].map(() => {
      const due = dueOf(plan, VISIT)?.slice(0, 10) ?? '';
      if (due !== '2028-03-17') plan.complete(VISIT, at(due));
      return due;
    });
    expect(dues).toEqual(['2026-09-17', '2027-03-17', '2027-09-17', '2028-03-17']);
    plan.wake('2028-03-17T04:00:00.000Z');
    expect(plan.state).toMatchObject({ chart: 'completed', status: 'completed' });
    expect(plan.state.tasks[VISIT]?.status).toBe('cancelled');
  });

  it('ends a row that names a later end of its own too', () => {
    const row = repeating('visit', for_(6, 'month'), until(for_(9, 'year'), 'stage'));
    const plan = followed(afterwards([row]));
    plan.wake('2028-03-17T04:00:00.000Z');
    expect(plan.state).toMatchObject({ chart: 'completed', status: 'completed', waits: {} });
  });

  it('counts what begins later from the last session: a scan of the implant first after five years', () => {
    const scan = repeating('scan', for_(2, 'year'), { from: { by: for_(5, 'year'), after: 'last session' } });
    const plan = followed(afterwards([scan], for_(10, 'year')));
    const dues = [1, 2, 3].map(() => {
      const due = dueOf(plan, `${FOLLOW_UP}/scan`)?.slice(0, 10) ?? '';
      plan.complete(`${FOLLOW_UP}/scan`, at(due));
      return due;
    });
    expect(dues).toEqual(['2031-03-17', '2033-03-17', '2035-03-17']);
    expect(waitOf(plan, `${FOLLOW_UP}/scan`)).toBeUndefined();
  });
});

describe('a maintenance that is left', () => {
  it('for an exit keeps its work, and its time goes on', () => {
    const plan = followed();
    leave(plan, 'postponement', at('2026-04-01'));
    expect(openTasks(plan)).toEqual([HAND_OVER, VISIT]);
    plan.complete(HAND_OVER, at('2026-04-02'));
    plan.complete(VISIT, at('2026-04-03'));
    expect(dueOf(plan, VISIT)).toBe('2027-03-17T04:00:00.000Z');
    comeBack(plan, at('2026-04-08'));
    expect(plan.state.chart).toBe(FOLLOW_UP);
    expect(openTasks(plan)).toEqual([VISIT]);
    expect(dueOf(plan, VISIT)).toBe('2027-03-17T04:00:00.000Z');
    plan.wake('2028-03-17T04:00:00.000Z');
    expect(plan.state.chart).toBe('completed');
  });

  it('for an exit, by way of the assessment and with nothing done since, goes on where it was', () => {
    const exits = {
      'further-evaluation': {
        reviewEvery: for_(7, 'day'),
        closesAfter: for_(1, 'year'),
        returnsTo: 'assessment' as const,
        tasks: [],
      },
    };
    const plan = followed({ ...afterwards([handOver, visit]), exits });
    plan.complete(HAND_OVER, at('2026-04-01'));
    leave(plan, 'further-evaluation', at('2026-05-01'));
    comeBack(plan, at('2026-05-04'));
    expect(plan.state.chart).toBe(FOLLOW_UP);
    expect(openTasks(plan)).toEqual([VISIT]);
    expect(dueOf(plan, VISIT)).toBe('2026-09-17T04:00:00.000Z');
    expect(plan.state.wake.at).not.toBeNull();
  });

  it('ends with the plan that is cancelled: nobody is asked to a visit any more', () => {
    const plan = followed();
    plan.cancel(at('2026-05-01'));
    expect(plan.state).toMatchObject({ chart: 'cancelled', status: 'revoked', waits: {} });
  });

  it('by another procedure begins anew after it', () => {
    const plan = followed();
    plan.complete(HAND_OVER, at('2026-04-01'));
    plan.report('second', '2027-02-01', at('2027-02-01'));
    expect(plan.state.chart).toBe(FOLLOW_UP);
    expect(openTasks(plan)).toEqual([HAND_OVER, VISIT, 'plan/deviation-7']);
    expect(dueOf(plan, HAND_OVER)).toBe('2027-03-04T05:00:00.000Z');
    expect(dueOf(plan, VISIT)).toBe('2027-08-02T04:00:00.000Z');
  });

  it('is not begun anew by a report of what was done before it', () => {
    const plan = followed();
    plan.report('first', '2026-03-02', at('2026-05-01'));
    expect(plan.state.chart).toBe(FOLLOW_UP);
    expect(dueOf(plan, VISIT)).toBe('2026-09-17T04:00:00.000Z');
  });
});

describe('a decision while a plan is in its maintenance', () => {
  const reviewed = (outcomes: CompiledPathway['decisions'][number]['outcomes']): RunningPlan => {
    const plan = followed({
      ...afterwards([handOver, visit]),
      reviews: [{ review: 'look', every: for_(90, 'day') }],
      decisions: [decisionOf('look', { outcomes })],
    });
    sleepUntil(plan, at('2026-06-01'));
    return plan;
  };

  it('can take it back to a stage, whose gate is asked again; what was left to do of it falls away', () => {
    const plan = reviewed({ 'operate-again': [{ do: 'to', stage: 'second', atMost: 1 }, { do: 'go' }] });
    decide(plan, 'decision/look', 'operate-again', { now: at('2026-06-02') });
    expect(plan.state.chart).toBe('second.ready');
    expect(openTasks(plan)).toEqual([]);
    expect(plan.state.stages.second?.round).toBe(2);
    plan.report('second', '2026-06-10', at('2026-06-10'));
    expect(plan.state.chart).toBe(FOLLOW_UP);
    expect(dueOf(plan, HAND_OVER)).toBe('2026-07-11T04:00:00.000Z');
  });

  it('can leave out what is left of it', () => {
    const plan = reviewed({ enough: [{ do: 'next stage' }] });
    decide(plan, 'decision/look', 'enough', { now: at('2026-06-02') });
    expect(plan.state).toMatchObject({ chart: 'completed', status: 'completed', waits: {} });
  });

  it('can end the course: what is still to be handed over is owed all the same', () => {
    const plan = reviewed({ done: [{ do: 'end' }] });
    decide(plan, 'decision/look', 'done', { now: at('2026-06-02') });
    expect(plan.state).toMatchObject({ chart: 'completed', status: 'active' });
    expect(openTasks(plan)).toEqual([HAND_OVER]);
  });

  it.each<[string, Action]>([
    ['go on', [{ do: 'go' }]],
    ['leave the course', exitTo('referral')],
  ])('finds no stage to do again: the coordinator is asked, before what follows: %s', (_says, then) => {
    const plan = reviewed({ redo: [{ do: 'again', atMost: 1 }, ...then] });
    decide(plan, 'decision/look', 'redo', { now: at('2026-06-02') });
    expect(plan.state.chart).toBe(FOLLOW_UP);
    const handed = openTasks(plan).find((id) => id.startsWith('plan/decided-')) ?? '';
    expect(plan.state.tasks[handed]).toMatchObject({
      role: 'coordinator',
      title: expect.stringMatching(/the stage is done again.*follow-up\.maintenance/),
    });
  });
});

describe('beside a track, a maintenance follows its own course', () => {
  const SCAN = `${FOLLOW_UP}/scan`;
  const scan = repeating('scan', for_(2, 'year'), { from: { by: for_(5, 'year'), after: 'last session' } });
  const besideLaser = (): RunningPlan =>
    followed({
      ...afterwards([handOver, scan], for_(10, 'year')),
      stages: [stageOf('first'), stageOf('second'), stageOf('laser', { sessions: 6 })],
      tracks: [trackOf('skin', ['laser'])],
      exits: {
        'further-evaluation': {
          reviewEvery: for_(7, 'day'),
          closesAfter: for_(1, 'year'),
          returnsTo: 'assessment',
          tasks: [],
        },
      },
    });

  it('a laser session on the way puts off no scan of the implant, and begins no follow-up anew', () => {
    const plan = besideLaser();
    plan.complete(HAND_OVER, at('2026-03-20'));
    plan.report('laser', '2027-05-01', at('2027-05-01'));
    leave(plan, 'further-evaluation', at('2027-05-03'));
    comeBack(plan, at('2027-05-05'));
    expect(plan.state.chart).toBe(FOLLOW_UP);
    expect(plan.state.tasks[HAND_OVER]?.status).toBe('completed');
    expect(dueOf(plan, SCAN)).toBe('2031-03-17T04:00:00.000Z');
  });
});

it('visits that begin some time after it was entered come round, though nothing was performed before it', () => {
  const row = repeating('visit', for_(6, 'month'), { from: { by: for_(3, 'month'), after: 'stage' } });
  const plan = planWith({
    ...afterwards([row]),
    course: [{ kind: 'maintenance', name: 'follow-up' }, ...itemsOf('first', 'second')],
  });
  expect(plan.state.chart).toBe(FOLLOW_UP);
  expect(dueOf(plan, VISIT)).toBe('2026-06-03T04:00:00.000Z');
});
