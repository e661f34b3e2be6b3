import type { PlanEvent } from '../../src/core/model/event.schema.ts';
import { loadPathway } from '../../src/core/pathway/pathway.ts';
import type { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import { type Step, wakeEvent } from '../../src/core/plan/step.ts';
import { Coordinator, type Planned } from './hunt/coordinator.ts';
import { laterOf } from './hunt/days.ts';
import {
  decided,
  released,
  remembered,
  reported,
  requested,
  revoked,
  setAside,
  signed,
  signedAgain,
  withdrawn,
} from './hunt/doing.ts';
import {
  askedForPrep,
  askedToBook,
  booked,
  decidedAnyhow,
  givenAfterAll,
  left,
  missed,
  notPerformed,
  passedOver,
  reportedEarly,
  reportedLate,
  reportWithdrawn,
  returned,
  unbooked,
} from './hunt/moving.ts';
import { corrected, misstated, observed, type Situation } from './hunt/observing.ts';
import { revised } from './hunt/revising.ts';
import type { Simulated } from './hunt/simulated.ts';
import { Terms } from './hunt/terms.ts';
import { Inspector } from './inspector.ts';
import { coordinator, eventOf, laboratory, patient, startOf } from './plan.ts';
import { Random } from './random.ts';
import { PATHWAYS } from './simulated-pathways.ts';
import { dayOn, shifted } from './wall-calendar.ts';

/** The core as the simulation knows it; a planted bug is another one. */
export type Stepper = (
  pathway: ReturnType<typeof loadPathway>,
  state: PlanState | undefined,
  event: PlanEvent,
  now: string,
) => Step;

export interface Violation {
  readonly seed: number;
  readonly pathway: string;
  readonly at: number;
  readonly breach: string;
  readonly event: PlanEvent;
  readonly now: string;
}

export interface Outcome {
  readonly violation: Violation | undefined;
  readonly steps: number;
  readonly gatesOpened: number;
  /** What happened at all, so that a simulation that exercises nothing is noticed. */
  readonly seen: ReadonlySet<string>;
}

const loaded = new Map(
  PATHWAYS.map(([, { compiled }]) => [
    compiled,
    { pathway: loadPathway(compiled), terms: new Terms(compiled) },
  ]),
);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Plays one random sequence of events; the same seed plays the same one, among the same pathways. */
export function simulate(seed: number, step: Stepper, pathways = PATHWAYS): Outcome {
  const random = new Random(seed);
  const simulated = random.weighted(pathways);
  const { compiled } = simulated;
  const ready = loaded.get(compiled);
  if (!ready) throw new Error('not loaded');
  const { pathway } = ready;
  const terms = ready.terms.own();
  const inspector = new Inspector(terms, step, seed);
  // Behind the gates of several sessions, decisions and exits lies more of the way.
  const length = terms.isRich ? random.between(8, 44) : random.between(6, 26);
  let clock = shifted(random.pick(STARTS), random.between(0, 3 * DAY));
  let state: PlanState | undefined;
  const careful = new Coordinator();
  const sent: PlanEvent[] = [];
  const end = (steps: number, violation?: Violation): Outcome => ({
    violation,
    steps,
    gatesOpened: inspector.gatesOpened,
    seen: inspector.seen,
  });
  for (let at = 0; at < length; at += 1) {
    if (state && random.chance(careful.isBusy ? 0.3 : 0.6)) clock = moved(random, clock, state);
    let planned: Planned = { event: startOfAny(random, simulated) };
    if (state) {
      const time = laterOf(clock, state.now);
      const today = dayOn(time, terms.zone);
      const situation = { random, patient: simulated, terms, state, at: time, today };
      planned = nextEvent(situation, { sent, careful });
    }
    if (planned.notBefore !== undefined && planned.notBefore > clock) clock = planned.notBefore;
    // A clock behind the plan's own: the step takes the plan's.
    const now = state && random.chance(0.05) ? shifted(clock, -random.between(1, 5 * DAY)) : clock;
    const event = { ...planned.event, id: `e-${at}` };
    sent.push(event);
    const { breach, step: taken } = inspector.take(pathway, state, event, now);
    if (!taken) {
      const violation = { seed, pathway: compiled.pathway, at, breach: breach ?? 'no state', event, now };
      return end(at + 1, violation);
    }
    state = taken.state;
    if (state.now > clock) clock = state.now;
    const today = dayOn(clock, terms.zone);
    if (event.type === 'startProcedure' || event.type === 'startPrep')
      careful.heard({ random, patient: simulated, terms, state, at: clock, today }, taken.answer);
  }
  return end(length);
}

/** Shortly before the clocks change in the zones of the pathways, and some ordinary days. */
const STARTS = [
  '2026-03-05T14:00:00.000Z',
  '2026-10-29T14:00:00.000Z',
  '2018-11-01T14:00:00.000Z',
  '2018-02-15T14:00:00.000Z',
  '2026-03-26T14:00:00.000Z',
  '2026-01-29T14:00:00.000Z',
  '2027-12-22T14:00:00.000Z',
];

function startOfAny(random: Random, { compiled }: Simulated): PlanEvent {
  const start = startOf(compiled);
  if (start.type !== 'startPlan') return start;
  const areas = Object.fromEntries(
    Object.entries(compiled.areas).flatMap(([role, offered]) => {
      if (!offered || (offered.choose === 'all' && random.chance(0.5))) return [];
      if (offered.choose === 'all') return [[role, offered.sites]];
      const one = random.pick(offered.sites);
      const isTaken = (site: string) => site === one || (offered.choose === 'any' && random.chance(0.5));
      return [[role, offered.sites.filter(isTaken)]];
    }),
  );
  return Object.keys(areas).length === 0 ? start : { ...start, data: { ...start.data, areas } };
}

function moved(random: Random, clock: string, { wake }: PlanState): string {
  const toWake = wake.at === null ? clock : wake.at;
  return random.weighted<() => string>([
    [6, () => shifted(clock, random.between(1, 10 * HOUR))],
    [6, () => shifted(clock, random.between(1, 50 * MINUTE))],
    [4, () => (toWake > clock ? toWake : clock)],
    [2, () => (shifted(toWake, -1) > clock ? shifted(toWake, -1) : clock)],
    [2, () => (toWake > clock ? shifted(toWake, random.between(1, 3 * DAY)) : clock)],
    [2, () => shifted(clock, random.between(1, 9) * DAY)],
    [0.8, () => shifted(clock, random.between(10, 250) * DAY)],
    [0.2, () => shifted(clock, random.between(250, 500) * DAY)],
  ])();
}

interface Before {
  readonly sent: readonly PlanEvent[];
  readonly careful: Coordinator;
}

/** What somebody sends next: often what moves the plan on, sometimes what no one should. */
function nextEvent(situation: Situation, { sent, careful }: Before): Planned {
  const { random, state, terms } = situation;
  const other = (event: PlanEvent): Planned => ({ event });
  return random.weighted<() => Planned>([
    [terms.isRich ? 50 : 24, () => careful.next(situation)],
    [state.chart === 'completed' ? 25 : 5, () => other(observed(situation, 0.4))],
    [1, () => other(misstated(situation))],
    [2, () => other(corrected(situation))],
    [3, () => other(wakeEvent('northside', state.wake.generation))],
    [0.7, () => other(wakeEvent('northside', state.wake.generation - random.between(1, 3)))],
    [1, () => other(random.pick(sent))],
    [0.8, () => other(signed(situation))],
    [0.6, () => other(withdrawn(situation))],
    [1.6, () => other(reported(situation))],
    [0.7, () => other(requested(situation))],
    [0.5, () => other(remembered(situation, random.chance(0.5)))],
    [1.2, () => other(setAside(situation))],
    [isUnsigned(state) ? 5 : 0.1, () => other(signedAgain(situation))],
    [Object.keys(state.overrides).length > 0 ? 1 : 0.05, () => other(revoked(situation))],
    [
      Object.values(state.holds).some(({ needsSignature }) => needsSignature) ? 2 : 0.3,
      () => other(released(situation)),
    ],
    [Object.keys(state.questions).length > 0 ? 0.8 : 0.05, () => other(decided(situation))],
    [0.3, () => other(cancelled(random))],
    ...ofCourse(situation),
    [0.3, () => other(trouble(random))],
    [0.3, () => other(eventOf('task.completed', { task: random.pick(['constructor', 'x', 'plan/none']) }))],
  ])();
}

/** Prep, bookings, exits and decisions: more of it where a pathway has it. */
function ofCourse(situation: Situation): (readonly [number, () => Planned])[] {
  const { state, terms } = situation;
  const other = (event: PlanEvent): Planned => ({ event });
  const isRich = terms.isRich;
  const hasGrace = terms.compiled.intervals.some(({ grace }) => grace !== undefined);
  const isBooked = Object.values(state.bookings).some(({ status }) => status === 'booked');
  return [
    [isRich ? 0.6 : 0.1, () => other(askedForPrep(situation))],
    [isRich ? 1.5 : 0.3, () => other(askedToBook(situation))],
    [isRich ? 1 : 0.2, () => other(booked(situation))],
    [isBooked ? 0.6 : 0.05, () => other(unbooked(situation))],
    [isBooked ? 1 : 0.05, () => other(missed(situation))],
    [state.chart.endsWith('.procedure') ? 1.2 : 0.1, () => other(notPerformed(situation))],
    [
      isOutOfOrder(state) ? 5 : state.performed.length > 0 ? 1.5 : 0.05,
      () => other(reportWithdrawn(situation)),
    ],
    [state.performed.length > 0 ? 1.5 : 0, () => other(reportedLate(situation))],
    [hasGrace && state.performed.length > 0 ? 3 : 0, () => reportedEarly(situation)],
    [passedOver(state).length > 0 ? 2 : 0, () => other(givenAfterAll(situation))],
    [state.leave ? 1.5 : 0, () => other(reported(situation))],
    [isRich ? 0.5 : 0.15, () => other(left(situation))],
    [state.leave ? 2 : 0.1, () => other(returned(situation))],
    [Object.keys(state.questions).length > 0 ? 1 : 0.05, () => other(decidedAnyhow(situation))],
    [weightOfRevision(situation), () => other(revised(situation))],
  ];
}

/** What was set aside ends with it. */
const weightOfRevision = ({ terms, state }: Situation): number =>
  terms.compiled.intervals.length === 0 ? 0.05 : isSetAside(state) ? 4 : 1;

const isSetAside = ({ overrides }: PlanState): boolean =>
  Object.values(overrides).some(({ status }) => status === 'active');

/** What was told last was done before what was told before it, or brought the plan back to its course. */
const isOutOfOrder = ({ performed }: PlanState): boolean =>
  performed.at(-1)?.movedFrom?.leave !== undefined ||
  (performed.at(-1)?.performedOn ?? '') < (performed.at(-2)?.performedOn ?? '');

const isUnsigned = ({ overrides }: PlanState): boolean =>
  Object.values(overrides).some(({ status }) => status === 'requested');

const cancelled = (random: Random): PlanEvent =>
  eventOf('cancelPlan', { reason: 'moved' }, { actor: random.pick([coordinator, patient]) });

const trouble = (random: Random): PlanEvent =>
  random.pick([
    eventOf('effect.failed', { effect: 'e', kind: 'tell', detail: 'no line' }, { actor: laboratory }),
    eventOf('message.refused', { code: 'CC2022', signal: 's', detail: 'torn' }, { actor: laboratory }),
  ]);
