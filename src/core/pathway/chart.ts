import { createMachine, transition } from 'xstate';
import { Defect, invariant } from '../model/failure.ts';
import type { CompiledPathway, StageDefinition, TrackDefinition } from './compiled.schema.ts';
import { ExitName } from './rules.schema.ts';

/** What can move a plan's chart. Each is decided by the core before it is sent; the chart holds no guard. */
export type ChartEvent =
  | { readonly type: 'phase.completed' }
  | { readonly type: 'prep.opened' }
  | { readonly type: 'gate.opened' }
  /** The last session of a stage was performed, or nothing more of it is owed. */
  | { readonly type: `performed.${string}` }
  /** A stage is owed, or owed again: the plan is at its gate. */
  | { readonly type: `owed.${string}` }
  /** Others have begun what is done elsewhere, and have not told of its end. */
  | { readonly type: `begun.${string}` }
  /** The rest of a stage, or a decision of the course, is left out. */
  | { readonly type: `passed.${string}` }
  | { readonly type: `exit.${ExitName}` }
  /** From an exit back to a chart state. */
  | { readonly type: `return.${string}` }
  | { readonly type: 'course.ended' }
  | { readonly type: 'plan.cancelled' }
  | { readonly type: 'plan.declined' }
  /** Before anything has begun. */
  | { readonly type: 'plan.prescribed' }
  | { readonly type: 'referral.closed' }
  /** A track begins; or, of which nothing was done, it waits again. */
  | { readonly type: 'track.started' }
  | { readonly type: 'track.waits' };

/** The phases of a stage and of the plan, the decisions of its course, the exits and the ends. */
export type Phase =
  | 'waiting'
  | 'consultation'
  | 'assessment'
  | 'period'
  | 'ready'
  | 'prep'
  | 'procedure'
  | 'closure'
  | 'recovery'
  | 'reassessment'
  | 'decision'
  | 'maintenance'
  | ExitName
  | 'completed'
  | 'cancelled'
  | 'declined'
  | 'referred'
  | 'prescribed';

export interface Chart {
  readonly initial: string;
  /** @returns the state that an event leads to; the same one when the event moves nothing */
  next(from: string, event: ChartEvent): string;
  isFinal(state: string): boolean;
  /** Whether a plan can be in a state of that name. */
  has(state: string): boolean;
}

/** The course of a plan, or one of the tracks beside it, with the stages that stand in it. */
export interface ChartLine {
  readonly id: string;
  readonly stages: readonly StageDefinition[];
  readonly course: CompiledPathway['course'];
  readonly isTrack: boolean;
}

/** @param track - undefined: the main course */
export function chartLine(
  { pathway, stages, course, tracks }: CompiledPathway,
  track?: TrackDefinition,
): ChartLine {
  const own = track?.course ?? course;
  const names = new Set(own.map(({ name }) => name));
  return {
    id: track?.track ?? pathway,
    stages: tracks.length === 0 ? stages : stages.filter(({ stage }) => names.has(stage)),
    course: own,
    isTrack: track !== undefined,
  };
}

/**
 * The XState machine of a pathway's course, or of one of its tracks: its stages and decisions in the order of the list, inside each stage the
 * phases from its gate to reassessment. No `after`, no `invoke`, no guard: timers are data of the plan, and verdicts
 * come in as events. A report of a procedure is taken in every state: the plan goes where reality is. One that does not
 * count, or that leaves sessions owed, leads back to the stage's gate.
 */
export function createChart(line: ChartLine): Chart {
  const machine = createMachine(chartConfig(line));
  /** The chart has neither guard nor context: an event leads from a state to the same one every time. */
  const moves = new Map<string, string>();
  const snapshots = new Map<string, ReturnType<typeof machine.resolveState>>();
  const snapshotOf = (state: string) => {
    let snapshot = snapshots.get(state);
    if (!snapshot) {
      snapshot = machine.resolveState({ value: stateValue(state), context: {} });
      snapshots.set(state, snapshot);
    }
    return snapshot;
  };
  const move = (from: string, event: ChartEvent): string => {
    const current = snapshotOf(from);
    // A machine that is done still takes what its root listens to. What runs beside a course may leave after its end.
    const mayLeave = from === 'completed' && !line.isTrack && event.type.startsWith('exit.');
    if (current.status === 'done' && !mayLeave) return from;
    const [snapshot, actions] = transition(machine, current, event);
    invariant(actions.length === 0, 'a chart performs nothing');
    return textOf(snapshot.value);
  };
  return {
    initial: initialOf(line),
    next(from, event) {
      const question = `${from} ${event.type}`;
      const known = moves.get(question);
      if (known !== undefined) return known;
      const to = move(from, event);
      moves.set(question, to);
      return to;
    },
    isFinal: (state) => snapshotOf(state).status === 'done',
    has: (state) => statesOf(line).includes(state),
  };
}

/** The machine's configuration, as it is drawn and explored. */
export function chartConfig(line: ChartLine) {
  const { id, stages, course, isTrack } = line;
  const after = (index: number): string => course[index + 1]?.name ?? 'completed';
  const stageOf = new Map(stages.map((stage) => [stage.stage, stage]));
  const items = course.map(({ kind, name }, index) => {
    const stage = kind === 'stage' ? stageOf.get(name) : undefined;
    const next = after(index);
    if (stage) return [name, stageConfig(stage, next)] as const;
    return [name, ofOnePhase(kind === 'maintenance' ? kind : 'decision', next)] as const;
  });
  return {
    id,
    initial: initialOf(line),
    on: {
      ...Object.fromEntries(
        stages.flatMap((stage) => [
          ...(stage.period ? [] : [[`performed.${stage.stage}`, { target: `.${stage.stage}.closure` }]]),
          [`owed.${stage.stage}`, { target: `.${beginningOf(stage)}` }],
        ]),
      ),
      ...Object.fromEntries(
        stages
          .filter(({ elsewhere }) => elsewhere)
          .map(({ stage }) => [`begun.${stage}`, { target: `.${stage}.procedure` }]),
      ),
      ...Object.fromEntries(
        course.map(({ name }, index) => [`passed.${name}`, { target: `.${after(index)}` }]),
      ),
      ...Object.fromEntries(ExitName.options.map((exit) => [`exit.${exit}`, { target: `.${exit}` }])),
      'course.ended': { target: '.completed' },
      'plan.cancelled': { target: '.cancelled' },
      'plan.prescribed': { target: '.prescribed' },
      ...(isTrack ? { 'track.waits': { target: '.waiting' } } : { 'plan.declined': { target: '.declined' } }),
    },
    states: {
      ...beginningConfig(isTrack, course[0]?.name ?? 'completed'),
      ...Object.fromEntries(items),
      ...exitsConfig(line),
      ...Object.fromEntries((isTrack ? TRACK_ENDS : ENDS).map((end) => [end, { type: 'final' as const }])),
    },
  };
}

const initialOf = ({ isTrack }: ChartLine): string => (isTrack ? 'waiting' : 'consultation');

const beginningConfig = (isTrack: boolean, first: string) =>
  isTrack
    ? { waiting: { on: { 'track.started': first } } }
    : {
        consultation: { on: { 'phase.completed': 'assessment' } },
        assessment: { on: { 'phase.completed': first } },
      };

/** How a plan can be over. */
export const ENDS = ['completed', 'cancelled', 'declined', 'referred', 'prescribed'] as const;
/** How a track can be: it is stopped with the plan, however that ended. */
const TRACK_ENDS = ['completed', 'cancelled', 'prescribed'] as const;

/** The chart state in which a stage is come to: it lasts its time, or stands at its gate. */
export const beginningOf = ({ stage, period }: Pick<StageDefinition, 'stage' | 'period'>): string =>
  `${stage}.${period ? 'period' : 'ready'}`;

function stageConfig(definition: StageDefinition, next: string) {
  const { stage, prep, reassess, period } = definition;
  const last = { on: { 'phase.completed': 'done' } };
  const done = { id: `${stage}.done`, type: 'final' as const };
  const after = reassess ? { on: { 'phase.completed': 'reassessment' } } : last;
  const atEnd = reassess ? { reassessment: last } : {};
  if (period) return { initial: 'period', states: { period: after, ...atEnd, done }, onDone: next };
  return {
    initial: 'ready',
    states: {
      ready: { on: prep ? { 'prep.opened': 'prep' } : { 'gate.opened': 'procedure' } },
      ...(prep ? { prep: { on: { 'gate.opened': 'procedure' } } } : {}),
      procedure: {},
      closure: { on: { 'phase.completed': 'recovery' } },
      recovery: after,
      ...atEnd,
      done,
    },
    onDone: next,
  };
}

const ofOnePhase = (phase: 'decision' | 'maintenance', next: string) => ({
  initial: phase,
  states: { [phase]: { on: { 'phase.completed': 'done' } }, done: { type: 'final' as const } },
  onDone: next,
});

/**
 * Where a plan can return to: never into a procedure, for its gate has to be asked again; but what others do has no gate,
 * and goes on.
 */
export function statesToReturnTo({ stages, course, isTrack }: ChartLine): string[] {
  const phases = (stage: StageDefinition): string[] => [
    ...(stage.period ? ['period'] : ['ready', 'closure', 'recovery']),
    ...(stage.elsewhere ? ['procedure'] : []),
    ...(stage.reassess ? ['reassessment'] : []),
  ];
  return [
    ...(isTrack ? [] : ['consultation', 'assessment']),
    ...stages.flatMap((stage) => phases(stage).map((phase) => `${stage.stage}.${phase}`)),
    ...course.flatMap(({ kind, name }) => (kind === 'stage' ? [] : [`${name}.${kind}`])),
  ];
}

/** All that a plan can be in; what it only passes through it never stands in. */
const statesOf = (line: ChartLine): string[] => [
  ...statesToReturnTo(line),
  ...line.stages.flatMap(({ stage, prep, period }) =>
    period ? [] : [...(prep ? [`${stage}.prep`] : []), `${stage}.procedure`],
  ),
  ...ExitName.options,
  ...(line.isTrack ? ['waiting', ...TRACK_ENDS] : ENDS),
];

function exitsConfig(line: ChartLine) {
  const back = Object.fromEntries(
    statesToReturnTo(line).map((to) => [`return.${to}`, { target: `#${line.id}.${to}` }]),
  );
  return Object.fromEntries(
    ExitName.options.map((exit) => [
      exit,
      { on: exit === 'referral' && !line.isTrack ? { ...back, 'referral.closed': 'referred' } : back },
    ]),
  );
}

/** `excision.ready` is the text of `{ excision: 'ready' }`. */
function stateValue(state: string) {
  const [outer, inner, ...more] = state.split('.');
  if (outer === undefined || more.length > 0) throw new Defect(`no chart state is called ${state}`);
  return inner === undefined ? outer : { [outer]: inner };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [entry, ...more] = Object.entries(value ?? {});
  invariant(entry !== undefined && more.length === 0, 'a chart has one region');
  return `${entry[0]}.${textOf(entry[1])}`;
}

/** The phase of a chart state, and the stage that it belongs to; of another item of the course, its name. */
export function placeOf(state: string): {
  readonly phase: Phase;
  readonly stage?: string;
  readonly decision?: string;
  readonly maintenance?: string;
} {
  const [outer, inner] = state.split('.');
  const phase = (inner ?? outer) as Phase;
  if (inner === undefined || outer === undefined) return { phase };
  if (phase === 'decision') return { phase, decision: outer };
  return phase === 'maintenance' ? { phase, maintenance: outer } : { phase, stage: outer };
}

/** The item of the course that a plan is at. */
export function itemAt(state: string): string | undefined {
  const { stage, decision, maintenance } = placeOf(state);
  return stage ?? decision ?? maintenance;
}

/** The list of work of the plan as a whole: it belongs to no chart state, and goes on wherever the plan is. */
export const ALONGSIDE = 'course';

/** What goes on though the plan is off its course: care after a procedure, maintenance, work alongside. */
export const goesOnAnywhere = (chart: string): boolean =>
  chart === ALONGSIDE || isCareAfter(chart) || placeOf(chart).maintenance !== undefined;

/** Whether a list of work is care after a procedure that was done: of a session, or of a stage's end. */
export function isCareAfter(chart: string): boolean {
  const [, list] = chart.split('.');
  return list === 'session' || list === 'closure' || list === 'recovery';
}

/** Whether a plan stands before a stage's procedure, or work leads there: of that stage, where one is named. */
export function isBeforeProcedure(chart: string, stage?: string): boolean {
  const { phase, stage: of } = placeOf(chart);
  return (phase === 'ready' || phase === 'prep') && (stage === undefined || of === stage);
}

/** Whether a chart state is a span of time in which nothing is performed, or work stands in it. */
export const isPeriod = (chart: string): boolean => placeOf(chart).phase === 'period';

/** Whether a list of work belongs to what goes on for its time: a period, or a maintenance. */
export const isLasting = (chart: string): boolean =>
  isPeriod(chart) || placeOf(chart).maintenance !== undefined;

/** Whether the course of a plan is over. */
export const isEnd = (state: string): boolean => ENDS.some((end) => end === state);

/** Whether a plan is written down only: nothing of it is carried out here, and it has never begun. */
export const isPrescribed = ({ chart }: { readonly chart: string }): boolean => chart === 'prescribed';

/** Where a plan, or a line of it, is on its course: off it, where it left. */
export const homeOf = ({
  chart,
  leave,
}: {
  readonly chart: string;
  readonly leave?: { readonly from: string } | undefined;
}): string => leave?.from ?? chart;

export const isExit = (state: string): state is ExitName => ExitName.safeParse(state).success;
