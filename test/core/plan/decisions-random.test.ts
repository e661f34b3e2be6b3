import { addElapsed } from '../../../src/core/model/calendar.ts';
import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import { PlanState as Kept, type PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { boardOf, decisionOf, exitTo, GO, twoStages } from '../../support/decided.ts';
import {
  alertOf,
  atStage,
  contraindication,
  factOf,
  for_,
  intervalOf,
  leaf,
  stageOf,
  tableOf,
  taskOf,
} from '../../support/pathways.ts';
import { actor, eventOf, nurse, RunningPlan } from '../../support/plan.ts';
import { Random } from '../../support/random.ts';

/**
 * Every decision and action that there is in one pathway, met by events in no sensible order. The core asserts its
 * invariants after every step; here it is asked beside them that a plan ends, that its state can be read back, and that
 * nothing was done more often than it may be.
 */

const wait = (days: number, atMost: number): Action[number] => ({
  do: 'wait',
  for: for_(days, 'day'),
  atMost,
});
const again = (atMost: number): Action[number] => ({ do: 'again', atMost });

const SAFE = { reviewEvery: for_(9, 'day'), closesAfter: for_(60, 'day'), tasks: [taskOf('call')] };
const pathway = twoStages({
  facts: [
    factOf('neutrophils', { kind: 'number', unit: '10*9/L', from: 0, to: 50 }, { goodFor: for_(3, 'day') }),
    factOf('infected', { kind: 'yes or no' }),
  ],
  rules: [contraindication('infection', { all: [leaf('infected', 'equal', true)] }, { ifUnknown: 'accept' })],
  tables: [
    tableOf(
      'counts',
      ['stop', 'wait', 'full'],
      [
        { when: { all: [leaf('neutrophils', 'lessThan', 0.5)] }, answer: 'stop' },
        { when: { all: [leaf('neutrophils', 'lessThan', 1)] }, answer: 'wait' },
        { when: { all: [leaf('neutrophils', 'greaterThanInclusive', 1)] }, answer: 'full' },
      ],
    ),
  ],
  alerts: [
    alertOf(
      'infected',
      { all: [leaf('infected', 'equal', true)] },
      { decide: 'problem', within: for_(30, 'day') },
    ),
  ],
  intervals: [
    intervalOf('spacing', atStage('end of first'), 'first-procedure', {
      latest: for_(21, 'day'),
      ifLate: { decide: 'late' },
    }),
    intervalOf('soon', atStage('end of first'), 'second-procedure', {
      latest: for_(30, 'day'),
      ifLate: { decide: 'problem' },
    }),
  ],
  assessment: [taskOf('scan')],
  decidedIn: { consultation: [], assessment: ['board', 'fit'] },
  stages: [
    stageOf('first', {
      sessions: 2,
      missed: 'skip',
      beforeEach: [taskOf('bloods')],
      afterEach: [taskOf('call')],
      recovery: [taskOf('visit')],
      reassess: 'result',
      table: {
        table: 'counts',
        outcomes: {
          full: GO,
          wait: [wait(5, 2), { do: 'decide', decision: 'problem' }],
          stop: [{ do: 'decide', decision: 'problem' }],
        },
      },
    }),
    stageOf('second', { prep: [taskOf('fitness')], reassess: 'result' }),
  ],
  course: [
    { kind: 'stage', name: 'first' },
    { kind: 'decision', name: 'mid' },
    { kind: 'stage', name: 'second' },
  ],
  exits: {
    postponement: { ...SAFE, returnsTo: 'where it left' },
    'further-evaluation': { ...SAFE, returnsTo: 'assessment' },
    conservative: { ...SAFE, returnsTo: 'consultation' },
    referral: { ...SAFE, returnsTo: 'where it left' },
  },
  decisions: [
    decisionOf('board', {
      by: boardOf(2, { tie: 'nurse' }),
      noQuorum: [wait(4, 2), ...exitTo('postponement')],
      outcomes: { yes: GO, no: exitTo('further-evaluation'), later: [wait(3, 1), ...GO] },
    }),
    decisionOf('fit', {
      by: { kind: 'roles', roles: ['dermatologist', 'patient'] },
      outcomes: { yes: GO, no: exitTo('conservative') },
    }),
    decisionOf('mid', {
      by: boardOf('every role', { agree: 'all' }),
      due: { to: for_(5, 'day'), after: 'last session' },
      noQuorum: [{ do: 'decide', decision: 'alone' }],
      outcomes: { yes: GO, back: [{ do: 'to', stage: 'first', atMost: 1 }, { do: 'end' }] },
    }),
    decisionOf('alone', {
      outcomes: {
        yes: GO,
        ask: [{ do: 'ask', role: 'nurse' }],
        mid: [{ do: 'decide', decision: 'problem' }],
      },
    }),
    decisionOf('result', {
      outcomes: { yes: GO, revise: [again(1), ...exitTo('referral')], skip: [{ do: 'next stage' }] },
    }),
    decisionOf('late', {
      outcomes: { 'go-on': GO, over: [again(1), ...exitTo('postponement')], later: [wait(4, 1), ...GO] },
    }),
    decisionOf('problem', {
      needs: ['infected'],
      outcomes: {
        retry: [wait(5, 1), ...exitTo('further-evaluation')],
        over: [again(1), { do: 'next stage' }],
        jump: [{ do: 'to', stage: 'second' }],
        ask: [{ do: 'ask', role: 'nurse' }],
        on: GO,
      },
    }),
  ],
});

const PEOPLE = [
  actor('d-1', 'dermatologist'),
  actor('d-2', 'dermatologist', 'nurse'),
  actor('n-1', 'nurse'),
  actor('l-1', 'clinical-lead'),
  actor('c-1', 'coordinator'),
  actor('patient-1', 'patient'),
];
const EXITS = ['further-evaluation', 'conservative', 'referral', 'postponement'] as const;

function someEvent(random: Random, state: PlanState, at: string): PlanEvent {
  const by = { id: `e-${state.sequence}`, actor: random.pick(PEOPLE) };
  const stage = random.pick(['first', 'second']);
  const day = at.slice(0, 10);
  const questions = Object.keys(state.questions);
  const tasks = Object.keys(state.tasks).filter((id) => state.tasks[id]?.status === 'requested');
  return random.weighted<() => PlanEvent>([
    [
      12,
      () => {
        const question = random.pick([...questions, 'decision/none']);
        const outcomes = [...(state.questions[question]?.outcomes ?? []), 'none'];
        const data = { question, outcome: random.pick(outcomes) };
        return eventOf(
          'decide',
          random.chance(0.3) ? { ...data, role: random.pick(['patient', 'nurse']) } : data,
          by,
        );
      },
    ],
    [8, () => eventOf('task.completed', { task: random.pick([...tasks, 'none']) }, { ...by, actor: nurse })],
    [
      3,
      () =>
        eventOf(
          'observation.recorded',
          { observations: [{ fact: 'neutrophils', value: random.pick([0.3, 0.7, 2]), unit: '10*9/L' }] },
          by,
        ),
    ],
    [
      2,
      () =>
        eventOf(
          'observation.recorded',
          { observations: [{ fact: 'infected', value: random.chance(0.2) }] },
          by,
        ),
    ],
    [4, () => eventOf('consent.recorded', { form: `${stage}-consent`, by: 'patient', signedOn: day }, by)],
    [4, () => eventOf('startProcedure', { stage }, by)],
    [2, () => eventOf('startPrep', { stage }, by)],
    [2, () => eventOf('procedure.performed', { stage, performedOn: day }, by)],
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
    [1, () => eventOf('leaveCourse', { exit: random.pick(EXITS), reason: 'so' }, by)],
    [2, () => eventOf('returnToCourse', { reason: 'so' }, by)],
  ])();
}

/** Later by minutes or by days, or no later at all. */
function later(random: Random, at: string): string {
  const minutes = random.weighted([
    [2, 0],
    [5, 90],
    [3, 60 * 26],
    [1, 60 * 24 * 6],
  ]);
  return addElapsed(at, { count: minutes, unit: 'minute' });
}

/** How often each action that may be done so often has been, never more than it may. */
const MOST: Readonly<Record<string, number>> = {
  'decision/result/revise/0/first': 1,
  'decision/result/revise/0/second': 1,
  'decision/late/over/0/first': 1,
  'decision/problem/over/0/first': 1,
  'decision/problem/over/0/second': 1,
  'decision/mid/back/0': 1,
};

const EVENTS = 120;
const played = new Map<number, RunningPlan>();

/** Each is played once, whoever looks at it. */
function play(seed: number): RunningPlan {
  const plan = played.get(seed) ?? playAnew(seed);
  played.set(seed, plan);
  return plan;
}

function playAnew(seed: number): RunningPlan {
  const random = new Random(seed);
  const plan = new RunningPlan(pathway, '2026-03-02T15:00:00.000Z');
  for (let index = 0; index < EVENTS; index += 1) {
    const at = later(random, plan.state.now);
    const due = plan.state.wake.at;
    if (due !== null && due <= at) plan.wake(due);
    else plan.send(someEvent(random, plan.state, at), at);
  }
  return plan;
}

const SEQUENCES = Number(process.env.CARECHART_DECISION_SEQUENCES ?? 12);

it.each(Array.from({ length: SEQUENCES }, (_, seed) => seed))(
  'whatever is decided, in whatever order: seed %s',
  (seed) => {
    const plan = play(seed);
    const { state } = plan;
    expect(Kept.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
    for (const [key, most] of Object.entries(MOST))
      expect(state.actionCounts[key] ?? 0).toBeLessThanOrEqual(most);
    // Left alone, it goes on being somebody's, or watches for what it would call somebody about.
    const isOver = state.status === 'completed' || state.status === 'revoked';
    expect(isOver || state.wake.at !== null).toBe(true);
  },
);

it('comes to every chart state of its pathway', () => {
  const seen = new Set(
    Array.from({ length: SEQUENCES }, (_, seed) => Object.keys(play(seed).state.enteredAt)).flat(),
  );
  for (const chart of ['first.ready', 'mid.decision', 'first.reassessment', 'second.prep', ...EXITS])
    expect(seen).toContain(chart);
});
