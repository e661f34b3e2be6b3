import { addDays } from '../../../src/core/model/calendar.ts';
import {
  cameBack,
  completed,
  consented,
  leftFor,
  performed,
  playAtRandom,
  reportWithdrawn,
  type Weighted,
} from '../../support/at-random.ts';
import {
  contraindication,
  factOf,
  for_,
  ladderOf,
  leaf,
  pathwayWith,
  rung,
  stageOf,
  taskOf,
} from '../../support/pathways.ts';
import { coordinator, eventOf, type RunningPlan } from '../../support/plan.ts';
import { fromEnvironment, type Random } from '../../support/random.ts';
import { beforeBooking, repeating, until } from '../../support/tasks.ts';

const SMOKER = { all: [leaf('smoker', 'equal', true)] };
const consent = { form: 'consent', by: 'patient', covers: 'course', lasts: for_(2, 'year') } as const;

/** Every kind of work that there is, in two stages, under a rule that holds and lets go. */
const PATHWAY = pathwayWith({
  facts: [factOf('smoker', { kind: 'yes or no' }, { goodFor: for_(20, 'day') })],
  rules: [contraindication('smoking', SMOKER, { stops: ['prep', 'procedure'] })],
  consultation: [
    taskOf('history'),
    taskOf('young', { onlyWhen: SMOKER }),
    repeating('weigh', for_(3, 'day')),
  ],
  ladders: [
    ladderOf([
      rung({ when: 'start' }),
      rung({ when: 'late', by: for_(2, 'working day') }, ['coordinator'], 1),
    ]),
    ladderOf([{ ...rung({ when: 'due' }), onlyWhen: SMOKER }], for_(6, 'hour'), 'emergency'),
  ],
  stages: [
    stageOf('dose', {
      consent,
      sessions: 3,
      missed: 'skip',
      beforeEach: [
        beforeBooking('bloods', { from: for_(3, 'day'), to: for_(1, 'day') }, { records: ['smoker'] }),
        taskOf('photo', { due: { to: for_(2, 'day'), after: 'stage' }, onlyWhen: SMOKER }),
      ],
      afterEach: [
        taskOf('call', { due: { to: for_(5, 'day'), after: 'session' }, needs: SMOKER }),
        repeating('rinse', for_(1, 'day'), until(for_(3, 'day'), 'session')),
      ],
      closure: [
        repeating('dressing', for_(4, 'day'), { ...until(for_(30, 'day'), 'procedure'), onlyWhen: SMOKER }),
      ],
      recovery: [
        taskOf('visit', { due: { to: for_(9, 'day'), after: 'last session' }, handsTo: 'coordinator' }),
      ],
    }),
    stageOf('lift', {
      consent,
      prep: [
        beforeBooking('clearance', { from: for_(9, 'day'), to: for_(2, 'working day') }),
        taskOf('scan', { due: { to: for_(36, 'hour'), after: 'stage' } }),
        repeating('swab', for_(2, 'day')),
      ],
      recovery: [
        repeating('check', for_(8, 'hour'), { ...until(for_(48, 'hour'), 'procedure'), ladder: 'emergency' }),
      ],
    }),
  ],
});

const anyStage = (random: Random): string => random.pick(['dose', 'lift']);
const EVENTS: Weighted = [
  [4, completed],
  [
    2,
    (random) =>
      eventOf('observation.recorded', { observations: [{ fact: 'smoker', value: random.chance(0.5) }] }),
  ],
  [1, consented],
  [1, (random) => eventOf('startProcedure', { stage: anyStage(random) }, { actor: coordinator })],
  [1, (random) => eventOf('startPrep', { stage: anyStage(random) }, { actor: coordinator })],
  [1, performed(['dose', 'dose', 'lift'], 3)],
  [
    1,
    (random, today) =>
      eventOf('appointment.booked', { stage: anyStage(random), on: addDays(today, random.between(0, 20)) }),
  ],
  [1, (random) => eventOf('appointment.cancelled', { stage: anyStage(random) })],
  [1, (random, today) => eventOf('appointment.missed', { stage: anyStage(random), on: today })],
  [1, reportWithdrawn('dose')],
  [1, leftFor('postponement')],
  [2, cameBack],
];

const play = (seed: number): RunningPlan =>
  playAtRandom(PATHWAY, seed, { events: 120, wakes: 0.3, choose: () => EVENTS, look });

/** What holds of work beside what the core asserts of itself. */
function look({ state, pathway }: RunningPlan): void {
  for (const [id, wait] of Object.entries(state.waits)) {
    const held = Object.values(state.holds).some(({ stage }) => stage === wait.stage);
    expect([id, wait.pausedAt === undefined || held]).toEqual([id, true]);
    if (wait.kind === 'task') expect([id, state.tasks[id.slice(5)]?.status]).toEqual([id, 'requested']);
  }
  for (const [id, task] of Object.entries(state.tasks)) {
    const on = task.bookingOf === undefined ? undefined : state.bookings[task.bookingOf];
    const isDated = task.bookingOf === undefined || on?.status === 'booked';
    if (task.status === 'requested') expect([id, `task/${id}` in state.waits]).toEqual([id, isDated]);
  }
  expect(state.wake.at === null || state.wake.at > state.now).toBe(true);
  expect(pathway.stages).toHaveLength(2);
}

describe('every kind of work, whatever comes', () => {
  it('waits for somebody, and no step throws', () => {
    const seed = fromEnvironment('CARECHART_SEED', 1);
    const seen = new Set<string>();
    for (let index = 0; index < fromEnvironment('CARECHART_WORK_SEQUENCES', 12); index += 1)
      for (const { kind } of play(seed + index).journal) seen.add(kind);
    for (const kind of ['task.cancelled', 'clock.paused', 'clock.resumed', 'deviation.raised', 'exit.taken'])
      expect(seen).toContain(kind);
  });

  it('a second look at the same instant changes nothing', () => {
    for (const seed of [3, 5, 8]) {
      const plan = play(seed);
      const { tasks, waits, holds, chart } = plan.state;
      plan.wake(plan.state.now, -1);
      expect(plan.state).toMatchObject({ tasks, waits, holds, chart });
      expect(plan.last.effects).toEqual([]);
    }
  });
});
