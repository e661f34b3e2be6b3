import { addElapsed } from '../../../src/core/model/calendar.ts';
import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { PlanState as Kept, type PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { askedFor, BY_SIZE, choiceOf, ofSize, only, SIZE } from '../../support/choices.ts';
import { boardOf, decisionOf, exitTo, GO, twoStages } from '../../support/decided.ts';
import {
  alertOf,
  contraindication,
  factOf,
  for_,
  leaf,
  stageOf,
  tableOf,
  taskOf,
} from '../../support/pathways.ts';
import { actor, eventOf, nurse, RunningPlan } from '../../support/plan.ts';
import { Random } from '../../support/random.ts';

/**
 * Every kind of choice in one pathway, with all that can hang on one, met by events in no sensible order. The core
 * asserts its invariants after every step; here it is asked beside them what is for the patient by what was chosen.
 */

const small = { all: [leaf('size', 'lessThan', 10)] };
const option = choiceOf('option', ['implant', 'flap', 'none'], { offered: { flap: small } });
const side = choiceOf('side', ['left', 'right'], { made: 'consultation' });
const risk = choiceOf('risk', ['high', 'standard'], {
  table: { table: 'risky', isConfirmed: true, ifUnknown: { value: 'high' } },
});
const extent = ofSize({ ifUnknown: { ask: 'nurse' } });
const width = {
  ...choiceOf('width', ['wide', 'narrow']),
  table: { table: 'by-width', isConfirmed: false },
};

const SAFE = { reviewEvery: for_(9, 'day'), closesAfter: for_(60, 'day'), tasks: [taskOf('call')] };
const pathway: CompiledPathway = twoStages({
  ladders: [
    {
      ladder: 'standard',
      calendar: 'clinic-hours',
      rungs: [{ at: { when: 'late', by: for_(2, 'day') }, tell: ['owner'], raise: 1 }],
      everyFurther: for_(3, 'day'),
      higherRisk: 'urgent',
    },
    {
      ladder: 'urgent',
      calendar: 'clinic-hours',
      rungs: [
        { at: { when: 'start' }, tell: ['owner'], raise: 0 },
        { at: { when: 'due' }, tell: ['coordinator'], raise: 2 },
      ],
      everyFurther: for_(6, 'hour'),
    },
  ],
  facts: [{ ...SIZE, goodFor: for_(9, 'day') }, factOf('infected', { kind: 'yes or no' })],
  rules: [contraindication('infection', { all: [leaf('infected', 'equal', true)] }, { ifUnknown: 'accept' })],
  tables: [
    BY_SIZE,
    tableOf(
      'risky',
      ['high', 'standard'],
      [
        { when: { all: [leaf('size', 'greaterThan', 20)] }, answer: 'high' },
        { when: { all: [leaf('size', 'lessThanInclusive', 20)] }, answer: 'standard' },
      ],
    ),
    tableOf(
      'by-width',
      ['wide', 'narrow'],
      [
        { when: { all: [leaf('size', 'greaterThan', 15)] }, answer: 'wide' },
        { when: { all: [leaf('size', 'lessThan', 14)] }, answer: 'narrow' },
      ],
    ),
  ],
  alerts: [
    alertOf(
      'infected',
      { all: [leaf('infected', 'equal', true)] },
      { decide: 'problem', within: for_(90, 'day') },
    ),
  ],
  choices: [option, side, risk, extent, width],
  consultation: [taskOf('history', { onlyFor: only('side', 'left') })],
  assessment: [taskOf('scan', { onlyFor: only('option', 'implant') }), taskOf('look')],
  decidedIn: { consultation: ['side'], assessment: ['option', 'risk'] },
  stages: [
    stageOf('implant', {
      onlyFor: only('option', 'implant'),
      prep: [taskOf('wash'), taskOf('scan', { onlyFor: only('extent', 'large') })],
      recovery: [taskOf('visit', { onlyFor: only('side', 'left') })],
      sessions: 2,
    }),
    stageOf('flap', {
      onlyFor: [...only('option', 'flap'), ...only('width', 'narrow', 'wide')],
      beforeEach: [taskOf('bloods', { onlyFor: only('width', 'wide') })],
      reassess: 'result',
    }),
    stageOf('extra', { onlyFor: only('extent', 'large') }),
    stageOf('last', { reassess: 'last-result' }),
  ],
  course: [
    { kind: 'stage', name: 'implant' },
    { kind: 'stage', name: 'flap' },
    { kind: 'decision', name: 'extra-or-not', whether: 'extra' },
    { kind: 'stage', name: 'extra' },
    { kind: 'stage', name: 'last' },
  ],
  exits: {
    postponement: { ...SAFE, returnsTo: 'where it left' },
    'further-evaluation': { ...SAFE, returnsTo: 'assessment' },
    conservative: { ...SAFE, returnsTo: 'consultation' },
    referral: { ...SAFE, returnsTo: 'where it left' },
  },
  decisions: [
    askedFor(option, { by: { kind: 'roles', roles: ['dermatologist', 'patient'] } }),
    askedFor(side, { by: boardOf(2, { tie: 'nurse' }), due: { to: for_(3, 'day'), after: 'consultation' } }),
    askedFor(risk),
    askedFor(extent, { by: { kind: 'roles', roles: ['nurse'] } }),
    decisionOf('extra-or-not', {
      outcomes: { 'go-ahead': GO, 'leave-out': [{ do: 'next stage', stage: 'extra' }] },
    }),
    decisionOf('result', {
      outcomes: {
        yes: GO,
        other: [
          { do: 'choose', choice: 'option' },
          { do: 'to', stage: 'implant', atMost: 1 },
          ...exitTo('referral'),
        ],
        later: [{ do: 'choose', choice: 'width' }, { do: 'wait', for: for_(3, 'day'), atMost: 1 }, ...GO],
      },
    }),
    decisionOf('last-result', {
      outcomes: {
        yes: GO,
        again: [{ do: 'choose', choice: 'extent' }, { do: 'to', stage: 'extra', atMost: 1 }, { do: 'end' }],
        risk: [{ do: 'choose', choice: 'risk' }, ...GO],
      },
    }),
    decisionOf('problem', {
      outcomes: {
        option: [{ do: 'choose', choice: 'option' }, ...GO],
        extent: [
          { do: 'choose', choice: 'extent' },
          { do: 'choose', choice: 'side' },
          ...exitTo('postponement'),
        ],
        width: [{ do: 'choose', choice: 'width' }, { do: 'next stage' }],
        risk: [
          { do: 'choose', choice: 'risk' },
          { do: 'ask', role: 'nurse' },
        ],
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
];
const EXITS = ['further-evaluation', 'conservative', 'referral', 'postponement'] as const;
const STAGES = pathway.stages.map(({ stage }) => stage);

function someEvent(random: Random, state: PlanState, at: string): PlanEvent {
  const by = { id: `e-${state.sequence}`, actor: random.pick(PEOPLE) };
  const stage = random.pick(STAGES);
  const day = at.slice(0, 10);
  const open = Object.keys(state.questions).filter((id) => !state.questions[id]?.answer);
  const tasks = Object.keys(state.tasks).filter((id) => state.tasks[id]?.status === 'requested');
  const observed = (fact: string, value: number | boolean, unit?: string): PlanEvent =>
    eventOf('observation.recorded', { observations: [{ fact, value, ...(unit ? { unit } : {}) }] }, by);
  return random.weighted<() => PlanEvent>([
    [
      14,
      () => {
        const question = random.pick([...open, 'decision/none']);
        const outcomes = state.questions[question]?.outcomes ?? ['none'];
        const data = { question, outcome: random.pick(outcomes) };
        const roles = state.questions[question]?.roles ?? [];
        const role = random.chance(0.8) && roles.length > 0 ? random.pick(roles) : 'nurse';
        const whose = PEOPLE.find(({ roles: theirs }) => theirs.includes(role)) ?? by.actor;
        return eventOf('decide', { ...data, role }, { ...by, actor: whose });
      },
    ],
    [8, () => eventOf('task.completed', { task: random.pick([...tasks, 'none']) }, { ...by, actor: nurse })],
    [4, () => observed('size', random.pick([5, 9, 10, 14.5, 18, 30]), 'cm')],
    [2, () => observed('infected', random.chance(0.3))],
    [4, () => eventOf('consent.recorded', { form: `${stage}-consent`, by: 'patient', signedOn: day }, by)],
    [5, () => eventOf('startProcedure', { stage }, by)],
    [3, () => eventOf('startPrep', { stage }, by)],
    [1, () => eventOf('procedure.performed', { stage, performedOn: day }, by)],
    [1, () => eventOf('report.withdrawn', { stage, performedOn: day, reason: 'no' }, by)],
    [1, () => eventOf('appointment.booked', { stage, on: day }, by)],
    [1, () => eventOf('bookAppointment', { stage, on: day }, by)],
    [0.5, () => eventOf('leaveCourse', { exit: random.pick(EXITS), reason: 'so' }, by)],
    [2, () => eventOf('returnToCourse', { reason: 'so' }, by)],
  ])();
}

/** Later by minutes or by days, or no later at all. */
const later = (random: Random, at: string): string =>
  addElapsed(at, {
    count: random.weighted([
      [3, 0],
      [6, 90],
      [3, 60 * 26],
      [1, 60 * 24 * 6],
    ]),
    unit: 'minute',
  });

type Whose = (typeof pathway.stages)[number]['onlyFor'];

/** By the words of the format: each choice has one of the values. */
const isTheirs = ({ choices }: PlanState, onlyFor: Whose): boolean =>
  (onlyFor ?? []).every(({ choice, values }) => values.includes(choices[choice]?.value ?? ''));
const isNotTheirs = ({ choices }: PlanState, onlyFor: Whose): boolean =>
  (onlyFor ?? []).some(({ choice, values }) => {
    const chosen = choices[choice]?.value;
    return chosen !== undefined && !values.includes(chosen);
  });

/** What goes against what was chosen. */
function breachesOf({ state, pathway: loaded }: RunningPlan): string[] {
  const [place = '', phase = ''] = state.chart.split('.');
  const stage = loaded.stage(phase === 'decision' ? place.replace('-or-not', '') : place);
  const isBefore = ['ready', 'prep', 'decision'].includes(phase);
  const round = state.stages[stage?.stage ?? '']?.round ?? 1;
  const hasBegun =
    state.performed.some((one) => one.stage === stage?.stage && one.round === round) ||
    state.gates.some((one) => one.stage === stage?.stage && one.of === 'procedure' && !one.closedAt);
  const breaches: string[] = [];
  if (stage && isBefore && !hasBegun && isNotTheirs(state, stage.onlyFor))
    breaches.push(`stands at ${state.chart}`);
  for (const [id, { status, belongsTo }] of Object.entries(state.tasks)) {
    const definition = loaded.tasksOf(belongsTo).find(({ task }) => id === `${belongsTo}/${task}`);
    if (status === 'requested' && definition && !isTheirs(state, definition.onlyFor))
      breaches.push(`owes ${id}`);
  }
  const isHigh = (state.choices.risk?.value ?? 'high') === 'high';
  for (const [id, { ladder, climbs }] of Object.entries(state.waits))
    if (ladder === 'standard' && (climbs === 'urgent') !== isHigh)
      breaches.push(`${id} is on the wrong ladder`);
  for (const [name, { status }] of Object.entries(state.bookings)) {
    const isBegun =
      state.performed.some((one) => one.stage === name) || state.gates.some((one) => one.stage === name);
    const isTaken = status === 'booked' && isNotTheirs(state, loaded.stage(name)?.onlyFor);
    if (isTaken && !isBegun && !loaded.chart.isFinal(state.chart)) breaches.push(`${name} is booked`);
  }
  return breaches;
}

const EVENTS = 150;
const SEQUENCES = Number(process.env.CARECHART_DECISION_SEQUENCES ?? 12);

function play(seed: number): RunningPlan {
  const random = new Random(seed);
  const plan = new RunningPlan(pathway, '2026-03-02T15:00:00.000Z');
  for (let index = 0; index < EVENTS; index += 1) {
    const at = later(random, plan.state.now);
    const due = plan.state.wake.at;
    if (due !== null && due <= at) plan.wake(due);
    else plan.send(someEvent(random, plan.state, at), at);
    expect(breachesOf(plan)).toEqual([]);
  }
  return plan;
}

const seen = new Set<string>();

it.each(Array.from({ length: SEQUENCES }, (_, seed) => seed))(
  'whatever is chosen, in whatever order: seed %s',
  (seed) => {
    const plan = play(seed);
    const { state } = plan;
    expect(Kept.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
    const isOver = state.status === 'completed' || state.status === 'revoked';
    expect(isOver || state.wake.at !== null).toBe(true);
    for (const { kind, details } of plan.journal)
      seen.add(kind === 'choice.made' ? `${String(details.choice)} ${String(details.by)}` : kind);
  },
);

it('has each choice made in each of its ways, and passes stages over', () => {
  for (const what of [
    'option decision',
    'side decision',
    'risk decision',
    'extent decision',
    'extent table',
    'width table',
  ])
    expect(seen).toContain(what);
  expect(seen).toContain('stage.passed');
});
