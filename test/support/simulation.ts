import type { EventOf, PlanEvent, SentObservation } from '../../src/core/model/event.schema.ts';
import type { CompiledPathway } from '../../src/core/pathway/compiled.schema.ts';
import { loadPathway } from '../../src/core/pathway/pathway.ts';
import type { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import { type Step, wakeEvent } from '../../src/core/plan/step.ts';
import { randomValue } from './conditions.ts';
import { Inspector } from './inspector.ts';
import { dayOn, daysLater, shifted } from './oracle.ts';
import { for_ } from './pathways.ts';
import { coordinator, eventOf, laboratory, nurse, patient, startOf } from './plan.ts';
import { Random } from './random.ts';
import { PATHWAYS } from './simulated-pathways.ts';

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

const loaded = new Map(PATHWAYS.map((compiled) => [compiled, loadPathway(compiled)]));
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Plays one random sequence of events; the same seed plays the same one. */
export function simulate(seed: number, step: Stepper): Outcome {
  const random = new Random(seed);
  const compiled = random.pick(PATHWAYS);
  const pathway = loaded.get(compiled);
  if (!pathway) throw new Error('not loaded');
  const inspector = new Inspector(compiled, step, seed);
  const length = random.between(8, 34);
  let clock = shifted(random.pick(STARTS), random.between(0, 3 * DAY));
  let state: PlanState | undefined;
  const sent: PlanEvent[] = [];
  const seen = new Set<string>();
  for (let at = 0; at < length; at += 1) {
    clock = state ? moved(random, clock, state) : clock;
    // A clock behind the plan's own: the step takes the plan's.
    const now = state && random.chance(0.05) ? shifted(clock, -random.between(1, 5 * DAY)) : clock;
    const event: PlanEvent = state
      ? nextEvent(random, compiled, { state, now, sent, at })
      : startOf(compiled);
    sent.push(event);
    const { breach, state: next, saw } = inspector.take(pathway, state, event, now);
    for (const one of saw) seen.add(one);
    if (breach !== undefined || !next) {
      const violation = { seed, pathway: compiled.pathway, at, breach: breach ?? 'no state', event, now };
      return { violation, steps: at + 1, gatesOpened: inspector.gatesOpened, seen };
    }
    state = next;
    if (state.now > clock) clock = state.now;
  }
  return { violation: undefined, steps: length, gatesOpened: inspector.gatesOpened, seen };
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

function moved(random: Random, clock: string, { wake }: PlanState): string {
  const toWake = wake.at === null ? clock : wake.at;
  return random.weighted<() => string>([
    [8, () => clock],
    [10, () => shifted(clock, random.between(1, 10 * HOUR))],
    [4, () => (toWake > clock ? toWake : clock)],
    [2, () => (shifted(toWake, -1) > clock ? shifted(toWake, -1) : clock)],
    [2, () => (toWake > clock ? shifted(toWake, random.between(1, 3 * DAY)) : clock)],
    [2, () => shifted(clock, random.between(1, 9) * DAY)],
    [1, () => shifted(clock, random.between(10, 250) * DAY)],
  ])();
}

interface Situation {
  readonly state: PlanState;
  readonly now: string;
  readonly sent: readonly PlanEvent[];
  readonly at: number;
}

/** When the step will take place: no earlier than the one before. */
const timeOf = ({ state, now }: Pick<Situation, 'state' | 'now'>): string =>
  [now, state.now].sort().at(-1) ?? now;

/** What somebody sends next: often what moves the plan on, sometimes what no one should. */
function nextEvent(random: Random, compiled: CompiledPathway, situation: Situation): PlanEvent {
  const { state, sent, at } = situation;
  const kind = random.weighted<() => PlanEvent>([
    [14, () => sensible(random, compiled, situation)],
    [5, () => observed(random, compiled, situation, { isBad: false })],
    [2, () => observed(random, compiled, situation, { isBad: true })],
    [3, () => wakeEvent('northside', state.wake.generation)],
    [1, () => wakeEvent('northside', state.wake.generation - random.between(1, 3))],
    [1, () => random.pick(sent)],
    [1, () => signed(random, compiled, situation)],
    [1, () => withdrawn(random, compiled, situation)],
    [1, () => reported(random, compiled, situation)],
    [1, () => requested(random, compiled)],
    [0.3, () => eventOf('cancelPlan', { reason: 'moved' }, { actor: random.pick([coordinator, patient]) })],
    [
      0.3,
      () => eventOf('effect.failed', { effect: 'e', kind: 'tell', detail: 'no line' }, { actor: laboratory }),
    ],
    [
      0.3,
      () =>
        eventOf('message.refused', { code: 'CC2022', signal: 's', detail: 'torn' }, { actor: laboratory }),
    ],
    [0.3, () => eventOf('task.completed', { task: random.pick(['constructor', 'x', 'plan/none']) })],
  ])();
  return random.chance(0.9) ? { ...kind, id: `e-${at}` } : kind;
}

/** The next thing that a careful coordinator would see to. */
function sensible(random: Random, compiled: CompiledPathway, situation: Situation): PlanEvent {
  const { state, now } = situation;
  const today = dayOn(timeOf({ state, now }), compiled.clinic.timeZone);
  const [name, phase] = state.chart.split('.');
  const stage = compiled.stages.find((one) => one.stage === name);
  const open = Object.entries(state.tasks).filter(([, task]) => task.status === 'requested');
  const own = open.find(([, task]) => task.belongsTo === state.chart);
  if (own && random.chance(0.8)) return eventOf('task.completed', { task: own[0] });
  if (phase === 'procedure' && stage && random.chance(0.7))
    return eventOf('procedure.performed', { stage: stage.stage, performedOn: today });
  if (phase === 'ready' && stage) {
    const isSigned = state.consents.some(
      ({ form, withdrawnAt }) => form === stage.consent.form && withdrawnAt === undefined,
    );
    if (!isSigned) {
      const { form, by } = stage.consent;
      return eventOf('consent.recorded', { form, by, signedOn: today }, { actor: patient });
    }
    const held = Object.values(state.holds)[0]
      ?.finding.clears.flat()
      .find(({ kind }) => kind === 'fact');
    if (held?.kind === 'fact' && random.chance(0.85))
      return observed(random, compiled, situation, { isBad: false, fact: held.fact });
    return eventOf('startProcedure', { stage: stage.stage }, { actor: coordinator });
  }
  const any = open[0];
  return any
    ? eventOf('task.completed', { task: any[0] })
    : observed(random, compiled, situation, { isBad: false });
}

function observed(
  random: Random,
  compiled: CompiledPathway,
  { state, now }: Situation,
  { isBad, fact }: { isBad: boolean; fact?: string },
): PlanEvent {
  const at = timeOf({ state, now });
  const today = dayOn(at, compiled.clinic.timeZone);
  const one = (): SentObservation => {
    const definition = compiled.facts.find((each) => each.fact === fact) ?? random.pick(compiled.facts);
    const unit = definition.is.kind === 'number' ? definition.is.unit : undefined;
    const late = random.chance(0.3) ? { observedAt: shifted(at, -random.between(0, 40) * 6 * HOUR) } : {};
    const right = { fact: definition.fact, value: randomValue(random, definition, today), ...late };
    const sent: SentObservation = unit === undefined ? right : { ...right, unit };
    if (!isBad) return sent;
    return random.pick<SentObservation>([
      { ...sent, fact: 'unheardOf' },
      { ...sent, value: random.pick<SentObservation['value']>([1e9, 'nonsense', [], ['a'], '2026-02-30']) },
      { ...sent, unit: 'furlong', value: 1e9 },
      { ...sent, observedAt: shifted(at, random.between(6, 600) * MINUTE) },
      { fact: definition.fact, value: daysLater(today, for_(2, 'day')) },
    ]);
  };
  const actor = random.pick([nurse, nurse, patient, laboratory]);
  const time = random.chance(0.15) ? { time: shifted(at, random.between(-3 * DAY, 4 * MINUTE)) } : {};
  const observations = Array.from({ length: random.between(1, isBad ? 2 : 3) }, one);
  return eventOf('observation.recorded', { observations }, { actor, ...time });
}

const anyDay = (random: Random, compiled: CompiledPathway, { state, now }: Situation): string =>
  daysLater(
    dayOn(timeOf({ state, now }), compiled.clinic.timeZone),
    for_(-random.pick([-1, 0, 0, 0, 1, 3, 40, 200]), 'day'),
  );

function signed(random: Random, compiled: CompiledPathway, situation: Situation): PlanEvent {
  const { form, by } = random.pick(compiled.stages).consent;
  const signer = random.chance(0.9) ? by : 'coordinator';
  const data: EventOf<'consent.recorded'>['data'] = {
    form: random.chance(0.95) ? form : 'another-form',
    by: signer,
    signedOn: anyDay(random, compiled, situation),
  };
  return eventOf('consent.recorded', data, { actor: patient });
}

function withdrawn(random: Random, compiled: CompiledPathway, { state, now }: Situation): PlanEvent {
  const { form } = random.pick(compiled.stages).consent;
  const at = timeOf({ state, now });
  const time = random.chance(0.3) ? { time: shifted(at, -random.between(0, 5 * DAY)) } : {};
  return eventOf('consent.withdrawn', { form }, { actor: patient, ...time });
}

function reported(random: Random, compiled: CompiledPathway, situation: Situation): PlanEvent {
  const { stage } = random.pick(compiled.stages);
  return eventOf('procedure.performed', {
    stage: random.chance(0.95) ? stage : 'another-stage',
    performedOn: anyDay(random, compiled, situation),
  });
}

const requested = (random: Random, compiled: CompiledPathway): PlanEvent =>
  eventOf(
    'startProcedure',
    { stage: random.chance(0.95) ? random.pick(compiled.stages).stage : 'another-stage' },
    { actor: random.pick([coordinator, coordinator, patient, laboratory]) },
  );
