import { addElapsed } from '../../../src/core/model/calendar.ts';
import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { PlanState as Kept, type PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { decisionOf, exitTo, GO, twoStages } from '../../support/decided.ts';
import {
  alertOf,
  atStage,
  contraindication,
  factOf,
  for_,
  intervalOf,
  leaf,
  stageOf,
  taskOf,
  type Variation,
} from '../../support/pathways.ts';
import { actor, eventOf, RunningPlan } from '../../support/plan.ts';
import { Random } from '../../support/random.ts';
import { itemsOf, trackOf } from '../../support/tracks.ts';

/**
 * Two tracks beside a course, met by events in no sensible order. The core asserts its invariants after every step; here
 * it is asked beside them that a plan ends, that its state can be read back, and that what runs beside the course
 * changes nothing of it.
 */

const SAFE = { reviewEvery: for_(9, 'day'), closesAfter: for_(60, 'day'), tasks: [taskOf('call')] };
const { consent: _theirs, ...rays } = stageOf('rays', { elsewhere: true, closure: [taskOf('skin')] });
const MAIN = [
  stageOf('first', { beforeEach: [taskOf('bloods')], recovery: [taskOf('visit')], reassess: 'result' }),
  stageOf('second', { prep: [taskOf('fitness')] }),
];
const BESIDE = [
  stageOf('month-1', {
    sessions: 2,
    missed: 'skip',
    afterEach: [taskOf('ring')],
    beforeEach: [taskOf('test')],
  }),
  stageOf('month-2', { traits: ['tablets'], reassess: 'enough' }),
  rays,
];
const varied: Variation = {
  facts: [factOf('rash', { kind: 'yes or no' }, { goodFor: for_(5, 'day') })],
  rules: [contraindication('rash', { all: [leaf('rash', 'equal', true)] }, { of: ['tablets'] })],
  exits: {
    postponement: { ...SAFE, returnsTo: 'where it left' },
    'further-evaluation': { ...SAFE, returnsTo: 'assessment' },
    conservative: { ...SAFE, returnsTo: 'consultation' },
    referral: { ...SAFE, returnsTo: 'where it left' },
  },
  course: itemsOf('first', 'decision mid', 'second'),
};
const decisionsOf = (rays: CompiledPathway['decisions'][number]['outcomes'][string]) => [
  decisionOf('mid', { outcomes: { yes: GO, rays, no: exitTo('postponement') } }),
  decisionOf('result', {
    outcomes: { yes: GO, again: [{ do: 'again', atMost: 1 }, ...exitTo('referral')], rays },
  }),
];
const withTracks = twoStages({
  ...varied,
  stages: [...MAIN, ...BESIDE],
  intervals: [
    intervalOf('spacing', atStage('end of month-1'), 'month-1-procedure', {
      minimum: for_(1, 'day'),
      latest: for_(10, 'day'),
      ifLate: { decide: 'late' },
    }),
  ],
  alerts: [alertOf('itch', { all: [leaf('rash', 'equal', true)] }, { decide: 'late' })],
  tracks: [
    trackOf('tablets', ['month-1', 'decision on', 'month-2']),
    trackOf('radiotherapy', ['rays'], { starts: 'by decision' }),
  ],
  decisions: [
    ...decisionsOf([{ do: 'start', track: 'radiotherapy' }, ...GO]),
    decisionOf('on', { outcomes: { yes: GO, end: [{ do: 'end' }], off: exitTo('conservative') } }),
    decisionOf('enough', { outcomes: { yes: GO, more: [{ do: 'again', atMost: 1 }, { do: 'end' }] } }),
    decisionOf('late', {
      outcomes: {
        on: GO,
        leave: [{ do: 'next stage' }],
        later: [{ do: 'wait', for: for_(3, 'day'), atMost: 1 }, ...exitTo('further-evaluation')],
      },
    }),
  ],
});
/** The same course, and nothing beside it. */
const alone = twoStages({ ...varied, stages: MAIN, rules: [], decisions: decisionsOf(GO) });

const desk = actor('d-1', 'dermatologist', 'nurse', 'coordinator');
const PEOPLE = [desk, actor('l-1', 'clinical-lead'), actor('patient-1', 'patient')];
const EXITS = ['further-evaluation', 'conservative', 'referral', 'postponement'] as const;

function someEvent(
  random: Random,
  state: PlanState,
  { at, stages }: { at: string; stages: string[] },
): PlanEvent {
  const by = { id: `e-${state.sequence}`, actor: random.chance(0.9) ? desk : random.pick(PEOPLE) };
  const stage = random.pick(stages);
  const day = at.slice(0, 10);
  const isOurs = (of: string | undefined): boolean => of === undefined || stages.includes(of);
  const questions = Object.entries(state.questions).filter(([, one]) => isOurs(one.stage) && !one.answer);
  const tasks = Object.keys(state.tasks).filter((id) => state.tasks[id]?.status === 'requested');
  const [question, asked] = random.pick([...questions, ['none', undefined] as const]);
  return random.weighted<() => PlanEvent>([
    [8, () => eventOf('decide', { question, outcome: random.pick(asked?.outcomes ?? ['none']) }, by)],
    [8, () => eventOf('task.completed', { task: random.pick([...tasks, 'none']) }, by)],
    [
      3,
      () =>
        eventOf('observation.recorded', { observations: [{ fact: 'rash', value: random.chance(0.2) }] }, by),
    ],
    [5, () => eventOf('consent.recorded', { form: `${stage}-consent`, by: 'patient', signedOn: day }, by)],
    [1, () => eventOf('consent.withdrawn', { form: `${stage}-consent` }, by)],
    [6, () => eventOf('startProcedure', { stage }, by)],
    [3, () => eventOf('startPrep', { stage }, by)],
    [3, () => eventOf('procedure.performed', { stage, performedOn: day }, by)],
    [1, () => eventOf('procedure.performed', { stage, performedOn: day, endedOn: day }, by)],
    [1, () => eventOf('procedure.notPerformed', { stage, on: day, reason: 'no' }, by)],
    [
      1,
      () =>
        eventOf(
          'report.withdrawn',
          { stage, performedOn: state.performed.at(-1)?.performedOn ?? day, reason: 'no' },
          by,
        ),
    ],
    [1, () => eventOf('appointment.booked', { stage, on: day }, by)],
    [1, () => eventOf('bookAppointment', { stage, on: day }, by)],
    [1, () => eventOf('appointment.missed', { stage, on: day }, by)],
    [1, () => eventOf('appointment.cancelled', { stage }, by)],
    [1, () => eventOf('leaveCourse', { exit: random.pick(EXITS), reason: 'so' }, by)],
    [2, () => eventOf('returnToCourse', { reason: 'so' }, by)],
    [random.chance(0.05) ? 1 : 0, () => eventOf('cancelPlan', { reason: 'so' }, by)],
  ])();
}

const later = (random: Random, at: string): string =>
  addElapsed(at, { count: random.pick([0, 0, 90, 90, 90, 1_560, 1_560, 8_640]), unit: 'minute' });

const SEQUENCES = Number(process.env.CARECHART_TRACK_SEQUENCES ?? 30);
const SEEDS = Array.from({ length: SEQUENCES }, (_, seed) => seed);
const played = new Map<number, RunningPlan>();

function play(seed: number): RunningPlan {
  const known = played.get(seed);
  if (known) return known;
  const random = new Random(seed);
  const plan = new RunningPlan(withTracks, '2026-03-02T15:00:00.000Z');
  const stages = [...MAIN, ...BESIDE].map(({ stage }) => stage);
  for (let index = 0; index < 120; index += 1) {
    const at = later(random, plan.state.now);
    const due = plan.state.wake.at;
    if (due !== null && due <= at) plan.wake(due);
    else plan.send(someEvent(random, plan.state, { at, stages }), at);
  }
  played.set(seed, plan);
  return plan;
}

it.each(SEEDS)('whatever comes to a plan with tracks, in whatever order: seed %s', (seed) => {
  const { state } = play(seed);
  expect(Kept.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
  const isOver = state.status === 'completed' || state.status === 'revoked';
  expect(isOver || state.wake.at !== null).toBe(true);
});

it('comes to the states of the course and of both tracks', () => {
  const seen = new Set(SEEDS.flatMap((seed) => Object.keys(play(seed).state.enteredAt)));
  for (const chart of [
    'first.reassessment',
    'second.ready',
    'month-1.procedure',
    'on.decision',
    'rays.procedure',
    ...EXITS,
  ])
    expect(seen).toContain(chart);
});

it('leaves, returns and is closed, too, where the main course has come to its end', () => {
  const journal = SEEDS.flatMap((seed) => play(seed).journal);
  const left = journal.filter(({ kind, details }) => kind === 'exit.taken' && details.from === 'completed');
  const back = journal.filter(
    ({ kind, details }) => kind === 'course.returned' && details.to === 'completed',
  );
  expect(left.length).toBeGreaterThan(0);
  expect(back.length).toBeGreaterThan(0);
});

/** What of a plan is of its main course. */
function mainOf({ chart, leave, tasks, questions, bookings, performed, waits }: PlanState) {
  const isMain = (id: string): boolean => !/month|rays|decision\/(on|enough|late)|alert|itch/.test(id);
  const keys = (all: object): string[] => Object.keys(all).filter(isMain).sort();
  return {
    chart,
    leave,
    tasks: keys(tasks).map((id) => [id, tasks[id]?.status]),
    questions: keys(questions).map((id) => [id, questions[id]?.answer?.outcome]),
    bookings: keys(bookings).map((id) => bookings[id]),
    performed: performed.map(({ stage, performedOn, counts }) => [stage, performedOn, counts]),
    waits: keys(waits).map((id) => [id, waits[id]?.dueAt]),
  };
}

it.each(SEEDS)('a course is the same with tracks beside it as it is alone: seed %s', (seed) => {
  const random = new Random(seed);
  const plan = new RunningPlan(alone, '2026-03-02T15:00:00.000Z');
  const beside = new RunningPlan(withTracks, '2026-03-02T15:00:00.000Z');
  let at = plan.state.now;
  for (let index = 0; index < 60; index += 1) {
    at = later(random, at);
    for (const one of [plan, beside]) {
      while (one.state.wake.at !== null && one.state.wake.at <= at) one.wake(one.state.wake.at);
    }
    const event = someEvent(random, plan.state, { at, stages: MAIN.map(({ stage }) => stage) });
    // What a deviation is called counts the steps of its plan, and a plan beside which something runs is over later.
    if (event.type === 'task.completed' && event.data.task.startsWith('plan/')) continue;
    // Once it is over, what runs beside it can still leave.
    if (event.type === 'leaveCourse' && plan.state.chart === 'completed') continue;
    plan.send(event, at);
    beside.send(event, at);
    const main = mainOf(plan.state);
    const other = mainOf(beside.state);
    const named = ({ tasks, waits, ...more }: typeof main) => ({
      ...more,
      tasks: tasks.filter(([id]) => !String(id).startsWith('plan/')),
      waits: waits.filter(([id]) => !String(id).includes('/plan/')),
    });
    expect(named(other)).toEqual(named(main));
  }
});
