import type { Actor } from '../../../src/core/model/actor.schema.ts';
import type { EventOf, PlanEvent, SentObservation } from '../../../src/core/model/event.schema.ts';
import type { CompiledPathway, StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { Answer } from '../../../src/core/plan/outcome.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { wakeEvent } from '../../../src/core/plan/step.ts';
import { for_ } from '../pathways.ts';
import { actor, eventOf, laboratory, patient, startOf } from '../plan.ts';
import type { Random } from '../random.ts';
import { dayOn, daysLater, shifted } from '../wall-calendar.ts';
import { wished } from './goals.ts';
import type { Values } from './values.ts';

const DAY = 86_400_000;

export interface Scene {
  readonly random: Random;
  readonly compiled: CompiledPathway;
  readonly values: Values;
  readonly state: PlanState;
  readonly at: string;
  /** What the last request was told. */
  readonly answer: Answer | undefined;
  /** Everybody does what leads on, and nearly nothing else. */
  readonly isWilling: boolean;
}

const todayIn = ({ compiled, at }: Scene): string => dayOn(at, compiled.clinic.timeZone);

/** A person of one role; and one who is everybody. */
const person = (role: string): Actor => actor(`${role}-1`, role);
const everybody = ({ compiled }: Pick<Scene, 'compiled'>): Actor =>
  actor('chief-1', ...compiled.clinic.roles.filter((role) => role !== 'patient' && role !== 'guardian'));
const anybody = ({ random, compiled }: Scene): Actor =>
  random.pick([person(random.pick(compiled.clinic.roles)), patient, laboratory, person('coordinator')]);
const somebody = (scene: Scene): Actor =>
  scene.random.chance(scene.isWilling ? 0.99 : 0.9) ? everybody(scene) : anybody(scene);

/** Sites where a choice is left, and now and then a figure that is set otherwise. */
export function starting(random: Random, compiled: CompiledPathway): PlanEvent {
  const start = startOf(compiled, { actor: everybody({ compiled }) });
  if (start.type !== 'startPlan') return start;
  const areas = Object.fromEntries(
    Object.entries(compiled.areas).flatMap(([role, offered]) =>
      offered && offered.choose !== 'all' ? [[role, [random.pick(offered.sites)]]] : [],
    ),
  );
  const figures = Object.fromEntries(
    compiled.figures.flatMap(({ figure, adjust, is }) => {
      if (!adjust || random.chance(0.6)) return [];
      const { from, to } = adjust;
      const because = 'seen before';
      if ('levels' in is) return [[figure, { value: random.pick(is.levels), because }]];
      const value = random.chance(0.5) ? from : to;
      if (value?.kind !== 'duration') return [];
      return [[figure, { value: `${value.lasts.count} ${value.lasts.unit}s`, because }]];
    }),
  );
  return { ...start, data: { ...start.data, areas, figures } };
}

const stageIn = ({ compiled, state, random }: Scene): StageDefinition => {
  const charts = [state.chart, ...Object.values(state.tracks).map(({ chart }) => chart)];
  const here = compiled.stages.filter(({ stage }) => charts.some((chart) => chart.startsWith(`${stage}.`)));
  return here.length > 0 && random.chance(0.9) ? random.pick(here) : random.pick(compiled.stages);
};

function told(scene: Scene, fact: string, area?: string): SentObservation | undefined {
  const { compiled, values, random, at } = scene;
  const definition = compiled.facts.find((one) => one.fact === fact);
  if (!definition) return undefined;
  const { is, byArea } = definition;
  const sites = Object.values(scene.state.areas).flat();
  const site = area ?? (byArea ? random.pick([...sites, 'abdomen']) : undefined);
  const isBefore = random.chance(0.15);
  return {
    fact,
    value: values.say(random, definition, todayIn(scene)),
    ...(is.kind === 'number' ? { unit: is.unit } : {}),
    ...(site === undefined ? {} : { area: site }),
    ...(isBefore ? { observedAt: shifted(at, -random.between(0, 9) * DAY) } : {}),
    ...(random.chance(0.6)
      ? { from: random.chance(0.9) ? (definition.from[0] ?? 'record') : 'patient' }
      : {}),
  };
}

/** Facts that something waits for: a hold, what the last gate was refused for, a decision. */
function wanted({
  state,
  answer,
  compiled,
}: Scene): { readonly fact: string; readonly area?: string | undefined }[] {
  const reasons = answer?.outcome === 'refused' ? answer.reasons : [];
  const clears = [...Object.values(state.holds).map(({ finding }) => finding), ...reasons].flatMap((one) =>
    one.clears.flatMap((all) => all.flatMap((each) => (each.kind === 'fact' ? [each] : []))),
  );
  const needed = Object.values(state.questions).flatMap(({ decision, answer: given }) =>
    given ? [] : (compiled.decisions.find((one) => one.decision === decision)?.needs ?? []),
  );
  return [
    ...clears.map(({ fact, of, area }) => ({ fact: of ?? fact, area })),
    ...needed.map((fact) => ({ fact })),
  ];
}

function observed(scene: Scene): PlanEvent {
  const { random, compiled } = scene;
  const all = wanted(scene);
  const isWanted = all.length > 0 && random.chance(0.85);
  const some = isWanted
    ? all.filter(() => random.chance(0.8)).slice(0, 8)
    : [{ fact: random.pick(compiled.facts).fact, area: undefined }];
  const observations = some.flatMap(({ fact, area }) => told(scene, fact, area) ?? []);
  const first = told(scene, random.pick(compiled.facts).fact);
  const sent = observations.length > 0 ? observations : first ? [first] : [];
  return eventOf('observation.recorded', { observations: sent }, { actor: somebody(scene) });
}

function signed(scene: Scene): PlanEvent {
  const { random, at } = scene;
  const { consent } = stageIn(scene);
  if (!consent) return observed(scene);
  const by = consent.orGuardianBelow && random.chance(0.3) ? 'guardian' : consent.by;
  const signedOn = daysLater(todayIn(scene), for_(-random.pick([0, 0, 0, 0, 1, 30, 200]), 'day'));
  const time = random.chance(0.5) ? { time: at } : {};
  return eventOf(
    'consent.recorded',
    { form: consent.form, by, signedOn },
    { actor: everybody(scene), ...time },
  );
}

function decided(scene: Scene): PlanEvent {
  const { random, state, compiled } = scene;
  const open = Object.keys(state.questions).filter((id) => !state.questions[id]?.answer);
  const question = open.length > 0 && random.chance(0.95) ? random.pick(open) : 'decision/none';
  const asked = state.questions[question];
  const outcomes = asked?.outcomes ?? ['none'];
  const role = random.pick(asked?.roles ?? compiled.clinic.roles);
  const named = role === 'patient' || role === 'guardian' || random.chance(0.5) ? { role } : {};
  const isRight = random.chance(scene.isWilling ? 0.99 : 0.9);
  const who = !isRight
    ? anybody(scene)
    : role === 'patient' || role === 'guardian'
      ? everybody(scene)
      : person(role);
  const outcome = random.chance(0.6) ? (outcomes[0] ?? 'none') : random.pick(outcomes);
  return eventOf('decide', { question, outcome, ...named }, { actor: who });
}

function completed(scene: Scene): PlanEvent {
  const { random, state, at } = scene;
  const open = Object.keys(state.tasks).filter((id) => state.tasks[id]?.status === 'requested');
  const task = open.length > 0 && random.chance(0.97) ? random.pick(open) : 'consultation/none';
  const time = random.chance(0.15) ? { time: shifted(at, -random.between(0, 5 * DAY)) } : {};
  const references = random.chance(0.4) ? { references: ['album/17'] } : {};
  return eventOf('task.completed', { task, ...references }, { actor: somebody(scene), ...time });
}

function reported(scene: Scene): PlanEvent {
  const { random } = scene;
  const { stage, list = [], elsewhere } = stageIn(scene);
  const performedOn = daysLater(todayIn(scene), for_(-random.pick([0, 0, 0, 0, 0, 1, 4, 20]), 'day'));
  const sessions = list.flatMap((item) => (item.kind === 'session' ? [item.session] : []));
  const session = sessions.length > 0 && random.chance(0.2) ? { session: random.pick(sessions) } : {};
  const hasEnded = elsewhere ? random.chance(0.5) : random.chance(0.1);
  const ended = hasEnded ? { endedOn: performedOn } : {};
  return eventOf(
    'procedure.performed',
    { stage, performedOn, ...session, ...ended },
    { actor: somebody(scene) },
  );
}

const started = (scene: Scene): PlanEvent => {
  const { stage, prep } = stageIn(scene);
  const isAtPrep = prep !== undefined && scene.random.chance(0.5);
  return eventOf(isAtPrep ? 'startPrep' : 'startProcedure', { stage }, { actor: somebody(scene) });
};

/** The same day again, with another value, or taken back. */
function undone(scene: Scene): PlanEvent {
  const { random, state, compiled } = scene;
  const fact = random.pick([...Object.keys(state.observations), compiled.facts[0]?.fact ?? '']);
  const [one] = [...(state.observations[fact] ?? [])].sort(() => random.next() - 0.5);
  const on = dayOn(one?.observedAt ?? state.now, compiled.clinic.timeZone);
  const meant = { fact, on, ...(one?.area === undefined ? {} : { area: one.area }), reason: 'mistaken' };
  if (random.chance(0.5)) return eventOf('fact.withdrawn', meant, { actor: somebody(scene) });
  const sent = told(scene, fact, one?.area);
  const { value = true, unit } = sent ?? {};
  const data: EventOf<'fact.corrected'>['data'] = {
    ...meant,
    value,
    ...(unit === undefined ? {} : { unit }),
  };
  return eventOf('fact.corrected', data, { actor: somebody(scene) });
}

function withdrawn(scene: Scene): PlanEvent {
  const { random, state } = scene;
  const last = state.performed.at(-1);
  const one = random.chance(0.6) ? last : state.performed[0];
  const { stage, performedOn, session } = one ?? { stage: stageIn(scene).stage, performedOn: todayIn(scene) };
  const named = session === undefined ? {} : { session };
  return eventOf(
    'report.withdrawn',
    { stage, performedOn, reason: 'no', ...named },
    { actor: everybody(scene) },
  );
}

function setAside(scene: Scene): PlanEvent {
  const { random, compiled, state } = scene;
  const held = Object.values(state.holds).filter(
    ({ rule, finding }) =>
      random.chance(0.1) ||
      (finding.result === 'met' &&
        compiled.contraindications.some((one) => one.rule === rule && one.override)),
  );
  const hold = held.length > 0 && random.chance(0.7) ? random.pick(held) : undefined;
  const stage = hold?.stage ?? stageIn(scene).stage;
  const known = compiled.stages.find((one) => one.stage === stage);
  const table = compiled.tables.find(({ rule }) => rule === known?.table?.table);
  const isTable = table !== undefined && (!hold || random.chance(0.3));
  const rule = isTable ? table.rule : (hold?.rule ?? random.pick(compiled.contraindications).rule);
  const terms = [...compiled.contraindications, ...compiled.tables].find(
    (one) => one.rule === rule,
  )?.override;
  const data = {
    ...{ rule, stage, reason: terms?.reasons[0] ?? 'urgent' },
    ...(isTable ? { answer: random.pick(table.answers) } : {}),
    ...(hold?.area !== undefined && !isTable ? { area: hold.area } : {}),
  };
  return eventOf('grantOverride', data, { actor: somebody(scene) });
}

function aboutOverrides(scene: Scene): PlanEvent {
  const { random, state, compiled } = scene;
  const override = random.pick([...Object.keys(state.overrides), 'none#1']);
  const who = person(random.pick(['clinical-lead', 'clinical-lead', ...compiled.clinic.roles]));
  if (random.chance(0.75)) return eventOf('countersignOverride', { override }, { actor: who });
  return eventOf('revokeOverride', { override, reason: 'no' }, { actor: somebody(scene) });
}

const bookings = (scene: Scene): PlanEvent => {
  const { random } = scene;
  const { stage } = stageIn(scene);
  const on = daysLater(todayIn(scene), for_(random.pick([0, 0, 1, 2, 7, 14, 40]), 'day'));
  const by = { actor: somebody(scene) };
  return random.weighted<() => PlanEvent>([
    [4, () => eventOf('bookAppointment', { stage, on }, by)],
    [2, () => eventOf('appointment.booked', { stage, on }, by)],
    [1, () => eventOf('appointment.cancelled', { stage }, by)],
    [2, () => eventOf('appointment.missed', { stage, on: scene.state.bookings[stage]?.on ?? on }, by)],
  ])();
};

const EXITS = ['further-evaluation', 'conservative', 'referral', 'postponement'] as const;

function moves(scene: Scene): PlanEvent {
  const { random, state } = scene;
  const by = { actor: somebody(scene) };
  if (state.leave && random.chance(0.9)) return eventOf('returnToCourse', { reason: 'so' }, by);
  if (random.chance(0.02)) return eventOf('leaveCourse', { exit: 'declined', reason: 'so' }, by);
  if (random.chance(0.02)) return eventOf('cancelPlan', { reason: 'so' }, by);
  return eventOf('leaveCourse', { exit: random.pick(EXITS), reason: 'so' }, by);
}

function history(scene: Scene): PlanEvent {
  const { random, compiled } = scene;
  const performedOn = daysLater(todayIn(scene), for_(-random.pick([3, 20, 400]), 'day'));
  const one = { procedure: random.pick(Object.keys(compiled.procedures)), performedOn };
  const procedures = random.chance(0.3) ? [one] : [];
  return eventOf(
    'history.recorded',
    { procedures, isComplete: random.chance(0.8) },
    { actor: somebody(scene) },
  );
}

/** Does one thing that the last refusal said would clear it. */
function heeded(scene: Scene): PlanEvent {
  const { random, answer, state, at } = scene;
  const clears = (answer?.outcome === 'refused' ? answer.reasons : []).flatMap((one) => one.clears.flat());
  const events = clears.flatMap((one) => (one.kind === 'event' ? [one] : []));
  const one = events.length > 0 ? random.pick(events) : undefined;
  if (!one || random.chance(0.3)) return observed(scene);
  const [first = ''] = one.needs.split(/[ ,]/);
  switch (one.type) {
    case 'consent.recorded':
      return eventOf(
        'consent.recorded',
        { form: first, by: one.role, signedOn: todayIn(scene) },
        { actor: everybody(scene), time: at },
      );
    case 'decide':
      return first in state.questions ? decided({ ...scene, state: only(state, first) }) : decided(scene);
    case 'task.completed':
      return eventOf('task.completed', { task: first }, { actor: everybody(scene) });
    case 'history.recorded':
      return eventOf('history.recorded', { procedures: [], isComplete: true }, { actor: everybody(scene) });
    default:
      return observed(scene);
  }
}

const only = (state: PlanState, id: string): PlanState => {
  const { [id]: one } = state.questions;
  return one ? { ...state, questions: { [id]: one } } : state;
};

type Choice = readonly [weight: number, send: () => PlanEvent];

/** What somebody sends: mostly what leads on, and everything else now and then. */
export function nextEvent(scene: Scene): PlanEvent {
  const { random, state } = scene;
  const isOpen = Object.values(state.questions).some(({ answer }) => !answer);
  const charts = [state.chart, ...Object.values(state.tracks).map(({ chart }) => chart)];
  const isAt = (phase: string): boolean => charts.some((chart) => chart.endsWith(`.${phase}`));
  const { stage } = stageIn(scene);
  const isSetAside = Object.values(state.holds).some(
    ({ rule, finding }) =>
      finding.result === 'met' &&
      scene.compiled.contraindications.some((one) => one.rule === rule && one.override),
  );
  const unsigned = Object.keys(state.holds).filter((id) => state.holds[id]?.needsSignature);
  const isRefused = scene.answer?.outcome === 'refused' && scene.answer.reasons.length > 0;
  const helpful: Choice[] = [
    [isRefused ? 24 : 0, () => heeded(scene)],
    [10, () => completed(scene)],
    [isOpen ? 14 : 0.3, () => decided(scene)],
    [wanted(scene).length > 0 ? 9 : 3, () => observed(scene)],
    [4, () => signed(scene)],
    [isAt('ready') || isAt('prep') ? 11 : 0.5, () => started(scene)],
    [isAt('procedure') ? 8 : 0.7, () => reported(scene)],
  ];
  if (scene.isWilling && random.chance(0.93) && !state.leave) return random.weighted(helpful)();
  return random.weighted<() => PlanEvent>([
    ...helpful,
    [0.8, () => undone(scene)],
    [
      0.3,
      () =>
        eventOf('consent.withdrawn', { form: stageIn(scene).consent?.form ?? 'none' }, { actor: patient }),
    ],
    [0.6, () => withdrawn(scene)],
    [
      isAt('procedure') ? 3 : 0.1,
      () => eventOf('procedure.notPerformed', { stage, on: todayIn(scene), reason: 'no' }),
    ],
    [isSetAside ? 6 : 0.4, () => setAside(scene)],
    [
      Object.values(state.overrides).some(({ status }) => status === 'requested') ? 8 : 0.3,
      () => aboutOverrides(scene),
    ],
    [
      unsigned.length > 0 ? 6 : 0.2,
      () =>
        eventOf(
          'releaseHold',
          { hold: random.pick([...unsigned, ...unsigned, ...Object.keys(state.holds), 'none']) },
          { actor: everybody(scene) },
        ),
    ],
    [0.3, () => wished(scene)],
    [1.2, () => bookings(scene)],
    [state.leave ? 5 : 0.25, () => moves(scene)],
    [state.historyKnownAt === undefined ? 1 : 0.1, () => history(scene)],
    [1, () => wakeEvent('northside', state.wake.generation - (random.chance(0.2) ? 1 : 0))],
  ])();
}

const MINUTE = 60_000;

/** Time goes on: by hours, to the plan's own timer, or to the day that the last refusal named. */
export function later({
  random,
  state,
  at,
  answer,
}: Omit<Scene, 'values' | 'compiled' | 'isWilling'>): string {
  const dates = (answer?.outcome === 'refused' ? answer.reasons : []).flatMap(({ clears }) =>
    clears.flat().flatMap((one) => (one.kind === 'date' ? [`${one.on}T16:00:00.000Z`] : [])),
  );
  const [date] = dates.sort().reverse();
  if (date !== undefined && date > at && random.chance(0.5)) return date;
  const wake = state.wake.at ?? at;
  return random.weighted<() => string>([
    [8, () => shifted(at, random.between(1, 50) * MINUTE)],
    [5, () => shifted(at, random.between(1, 12) * 60 * MINUTE)],
    [2, () => (wake > at ? wake : at)],
    [1, () => shifted(at, random.between(1, 6) * DAY)],
    [0.4, () => shifted(at, random.between(6, 30) * DAY)],
    [0.05, () => shifted(at, random.between(30, 200) * DAY)],
  ])();
}
