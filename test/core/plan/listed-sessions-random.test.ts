import { addElapsed } from '../../../src/core/model/calendar.ts';
import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import { PlanState as Kept, type PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { decisionOf, dermatologist, exitTo, GO } from '../../support/decided.ts';
import {
  AGAIN,
  attest,
  betweenOf,
  choose,
  LIGHT,
  PEEL,
  programmeOf,
  RULES,
  sessionOf,
} from '../../support/listed.ts';
import {
  atEdge,
  atStage,
  factOf,
  for_,
  intervalOf,
  pathwayWith,
  stageOf,
  taskOf,
} from '../../support/pathways.ts';
import { actor, eventOf, nurse, RunningPlan } from '../../support/plan.ts';
import { Random } from '../../support/random.ts';

/**
 * Sessions that differ, with a decision before and after each and two between them, met by events in no sensible order.
 * The core asserts its invariants after every step; here it is asked beside them which session a gate opened for, and
 * whether all that was to be decided had been.
 */

const wait: Action[number] = { do: 'wait', for: for_(4, 'day'), atMost: 1 };
const again: Action[number] = { do: 'again', atMost: 1 };
const only = (value: string) => ({ onlyFor: [{ choice: 'severity', values: [value] }] });

const LIST = [
  PEEL,
  LIGHT,
  betweenOf('half-way'),
  sessionOf('mild', only('mild')),
  sessionOf('severe', only('severe')),
  AGAIN,
  betweenOf('at-last'),
];

const pathway = pathwayWith({
  facts: [factOf('irritated', { kind: 'yes or no' }), factOf('lightSensitive', { kind: 'yes or no' })],
  rules: RULES,
  consultation: [],
  procedures: { facial: [], peel: ['irritating'], 'blue-light': [] },
  intervals: [
    intervalOf('apart', atEdge('end of peel'), 'peel', {
      minimum: for_(3, 'day'),
      ifEarly: 'does not count',
    }),
    intervalOf('spacing', atStage('end of programme'), '', {
      to: { kind: 'stage', stage: 'programme' },
      minimum: for_(1, 'day'),
    }),
  ],
  stages: [
    programmeOf(LIST, {
      missed: 'skip',
      decidedBefore: 'fit',
      decidedAfter: 'borne',
      beforeEach: [taskOf('look')],
      afterEach: [taskOf('call')],
      recovery: [taskOf('visit')],
      prep: [taskOf('wash')],
    }),
    stageOf('last'),
  ],
  decisions: [
    decisionOf('half-way', {
      outcomes: { yes: GO, over: [again, ...exitTo('referral')], later: [wait, ...GO] },
    }),
    decisionOf('at-last', {
      outcomes: { yes: GO, ask: [{ do: 'ask', role: 'nurse' }], skip: [{ do: 'next stage' }] },
    }),
    decisionOf('fit', { outcomes: { yes: GO, later: [wait, ...GO], no: exitTo('postponement') } }),
    decisionOf('borne', { outcomes: { yes: GO, badly: [{ do: 'decide', decision: 'problem' }] } }),
    decisionOf('problem', { outcomes: { on: GO, over: [again, { do: 'end' }] } }),
  ],
});

const NAMES = ['one', 'two', 'mild', 'severe', 'three'];
const PEOPLE = [actor('d-1', 'dermatologist'), actor('n-1', 'nurse'), actor('c-1', 'coordinator')];

function someEvent(random: Random, state: PlanState, at: string): PlanEvent {
  const by = { id: `e-${state.sequence}`, actor: random.pick(PEOPLE) };
  const decider = { ...by, actor: dermatologist };
  const stage = random.chance(0.85) ? 'programme' : 'last';
  const today = at.slice(0, 10);
  const day = random.chance(0.8) ? today : (state.performed.at(-1)?.performedOn ?? today);
  const open = Object.keys(state.questions).filter((id) => !state.questions[id]?.answer);
  const tasks = Object.keys(state.tasks).filter((id) => state.tasks[id]?.status === 'requested');
  const named = stage === 'programme' && random.chance(0.3) ? { session: random.pick(NAMES) } : {};
  return random.weighted<() => PlanEvent>([
    [
      14,
      () => {
        const question = random.pick([...open, 'decision/none']);
        const outcome = random.pick(['yes', 'yes', ...(state.questions[question]?.outcomes ?? [])]);
        return eventOf('decide', { question, outcome }, decider);
      },
    ],
    [8, () => eventOf('task.completed', { task: random.pick([...tasks, 'none']) }, { ...by, actor: nurse })],
    [
      4,
      () =>
        eventOf(
          'observation.recorded',
          {
            observations: ['irritated', 'lightSensitive'].map((fact) => ({
              fact,
              value: random.chance(0.1),
            })),
          },
          by,
        ),
    ],
    [1, () => eventOf('consent.recorded', { form: `${stage}-consent`, by: 'patient', signedOn: today }, by)],
    [1, () => eventOf('history.recorded', { procedures: [], isComplete: true }, by)],
    [9, () => eventOf('startProcedure', { stage }, by)],
    [9, () => eventOf('startPrep', { stage }, by)],
    [4, () => eventOf('procedure.performed', { stage, performedOn: day, ...named }, by)],
    [1, () => eventOf('procedure.notPerformed', { stage, on: day, reason: 'no' }, by)],
    [1, () => eventOf('report.withdrawn', { stage, performedOn: day, ...named, reason: 'no' }, by)],
    [1, () => eventOf('appointment.booked', { stage, on: today }, by)],
    [1, () => eventOf('appointment.missed', { stage, on: today }, by)],
    [1, () => eventOf('leaveCourse', { exit: 'postponement', reason: 'so' }, by)],
    [2, () => eventOf('returnToCourse', { reason: 'so' }, by)],
  ])();
}

/** Later by minutes or by days, or no later at all. */
const later = (random: Random, at: string): string => {
  const steps = [
    [2, 0],
    [5, 90],
    [3, 60 * 26],
    [1, 60 * 24 * 6],
  ] as const;
  return addElapsed(at, { count: random.weighted(steps), unit: 'minute' });
};

/** What a gate that opened has to have found, told without the core's own words for it. */
function lookAtOpened(before: PlanState, { session }: PlanState['gates'][number]): void {
  const round = before.stages.programme?.round ?? 1;
  const wentOn = (decision: string): number =>
    Object.values(before.questions).filter(
      (one) =>
        one.decision === decision && one.about.includes(`/${decision}/${round}`) && one.answer?.took === 'go',
    ).length;
  const given = before.performed.filter(
    (one) => one.stage === 'programme' && one.round === round && one.counts,
  );
  const behind = [
    ...given.map((one) => one.session),
    ...(before.stages.programme?.passedOver ?? []).map((one) => one.session),
  ];
  expect(behind).not.toContain(session);
  const index = NAMES.indexOf(session ?? '');
  for (const name of NAMES.slice(0, index))
    if (name !== 'mild' && name !== 'severe') expect(behind).toContain(name);
  if (index >= 2) expect(wentOn('half-way')).toBeGreaterThan(0);
  expect(wentOn('borne')).toBeGreaterThanOrEqual(given.length);
  expect(wentOn('fit')).toBeGreaterThan(0);
}

const EVENTS = 150;
const SEQUENCES = Number(process.env.CARECHART_DECISION_SEQUENCES ?? 12);
const opened = new Set<string | undefined>();
const entered = new Set<string>();

it.each(Array.from({ length: SEQUENCES }, (_, seed) => seed))(
  'whatever is given and decided, in whatever order: seed %s',
  (seed) => {
    const random = new Random(seed);
    const plan = new RunningPlan(pathway, '2026-03-02T15:00:00.000Z');
    const isTailored = seed % 2 === 1;
    plan.consent('programme-consent', '2026-03-02');
    attest(plan);
    for (let index = 0; index < EVENTS; index += 1) {
      if (isTailored && index % 20 === 5) choose(plan, { severity: random.pick(['mild', 'severe']) });
      const at = later(random, plan.state.now);
      const before = plan.state;
      const due = before.wake.at;
      if (due !== null && due <= at) plan.wake(due);
      else plan.send(someEvent(random, before, at), at);
      for (const gate of plan.state.gates.slice(before.gates.length)) {
        if (gate.of !== 'procedure' || gate.stage !== 'programme') continue;
        opened.add(gate.session);
        lookAtOpened(before, gate);
      }
    }
    const { state } = plan;
    for (const chart of Object.keys(state.enteredAt)) entered.add(chart);
    if (!isTailored) expect(Kept.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
    const isOver = state.status === 'completed' || state.status === 'revoked';
    expect(isOver || state.wake.at !== null).toBe(true);
  },
);

it('comes to the gates of its sessions, and to its end', () => {
  expect([...opened]).toEqual(expect.arrayContaining(['one', 'two']));
  for (const chart of ['programme.prep', 'programme.recovery', 'postponement'])
    expect([...entered]).toContain(chart);
});
