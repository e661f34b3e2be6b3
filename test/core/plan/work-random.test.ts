import { addDays, addElapsed, localDateOf } from '../../../src/core/model/calendar.ts';
import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { Instant } from '../../../src/core/model/primitives.schema.ts';
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
import { coordinator, eventOf, RunningPlan } from '../../support/plan.ts';
import { fromEnvironment, Random } from '../../support/random.ts';
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

const EVENTS: ((random: Random, today: string, plan: RunningPlan) => PlanEvent)[] = [
  (random, _today, { state }) => {
    const open = Object.keys(state.tasks).filter((id) => state.tasks[id]?.status === 'requested');
    return eventOf('task.completed', {
      task: random.pick(open.length > 0 ? open : ['consultation/history']),
    });
  },
  (random) =>
    eventOf('observation.recorded', { observations: [{ fact: 'smoker', value: random.chance(0.5) }] }),
  (_random, today) => eventOf('consent.recorded', { form: 'consent', by: 'patient', signedOn: today }),
  (random) => eventOf('startProcedure', { stage: random.pick(['dose', 'lift']) }, { actor: coordinator }),
  (random) => eventOf('startPrep', { stage: random.pick(['dose', 'lift']) }, { actor: coordinator }),
  (random, today) =>
    eventOf('procedure.performed', {
      stage: random.pick(['dose', 'dose', 'lift']),
      performedOn: addDays(today, -random.between(0, 3)),
    }),
  (random, today) =>
    eventOf('appointment.booked', {
      stage: random.pick(['dose', 'lift']),
      on: addDays(today, random.between(0, 20)),
    }),
  (random) => eventOf('appointment.cancelled', { stage: random.pick(['dose', 'lift']) }),
  (random, today) => eventOf('appointment.missed', { stage: random.pick(['dose', 'lift']), on: today }),
  (random, today) =>
    eventOf('report.withdrawn', {
      stage: 'dose',
      performedOn: addDays(today, -random.between(0, 3)),
      reason: 'wrong',
    }),
  () => eventOf('leaveCourse', { exit: 'postponement', reason: 'away' }, { actor: coordinator }),
  () => eventOf('returnToCourse', { reason: 'back' }, { actor: coordinator }),
];
const LIKELY = [0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 11];

function play(seed: number): RunningPlan {
  const random = new Random(seed);
  const plan = new RunningPlan(PATHWAY);
  for (let sent = 0; sent < 120; sent += 1) {
    const now = nextNow(random, plan.state.now);
    const isWake = random.chance(0.3);
    const make = EVENTS[random.pick(LIKELY)];
    if (isWake) plan.wake(plan.state.wake.at ?? now);
    else if (make)
      plan.send({ ...make(random, localDateOf(now, plan.pathway.zone), plan), id: `e-${sent}` }, now);
    look(plan);
  }
  return plan;
}

const nextNow = (random: Random, now: Instant): Instant =>
  addElapsed(now, { count: random.pick([1, 5, 24, 70]), unit: 'hour' });

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
