import { createMachine, transition } from 'xstate';
import { Defect, invariant } from '../model/failure.ts';
import type { CompiledPathway } from './compiled.schema.ts';

/** What can move a plan's chart. Each is decided by the core before it is sent; the chart holds no guard. */
export type ChartEvent =
  | { readonly type: 'phase.completed' }
  | { readonly type: 'gate.opened' }
  | { readonly type: `performed.${string}` }
  | { readonly type: `owed.${string}` }
  | { readonly type: 'plan.cancelled' };

/** The seven phases, the end, and the exit that a plan of this format can take. */
export type Phase =
  | 'consultation'
  | 'assessment'
  | 'ready'
  | 'procedure'
  | 'closure'
  | 'recovery'
  | 'completed'
  | 'cancelled';

export interface Chart {
  readonly initial: string;
  /** @returns the state that an event leads to; the same one when the event moves nothing */
  next(from: string, event: ChartEvent): string;
  isFinal(state: string): boolean;
}

/**
 * The XState machine of a pathway's course: its stages in the order of the list, inside each the phases from the gate
 * to recovery. No `after`, no `invoke`, no guard: timers are data of the plan, and verdicts come in as events.
 * A report of a procedure is taken in every state: the plan goes where reality is. One that does not count leads back
 * to the stage's gate.
 */
export function createChart(compiled: CompiledPathway): Chart {
  const machine = createMachine(chartConfig(compiled));
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
    // A machine that is done still takes what its root listens to.
    if (current.status === 'done') return from;
    const [snapshot, actions] = transition(machine, current, event);
    invariant(actions.length === 0, 'a chart performs nothing');
    return textOf(snapshot.value);
  };
  return {
    initial: 'consultation',
    next(from, event) {
      const question = `${from} ${event.type}`;
      const known = moves.get(question);
      if (known !== undefined) return known;
      const to = move(from, event);
      moves.set(question, to);
      return to;
    },
    isFinal: (state) => snapshotOf(state).status === 'done',
  };
}

/** The machine's configuration, as it is drawn and explored. */
export function chartConfig({ pathway, stages }: CompiledPathway) {
  const performed = Object.fromEntries(
    stages.map(({ stage }) => [`performed.${stage}`, { target: `.${stage}.closure` }]),
  );
  const owed = Object.fromEntries(
    stages.map(({ stage }) => [`owed.${stage}`, { target: `.${stage}.ready` }]),
  );
  const after = (index: number): string => stages[index + 1]?.stage ?? 'completed';
  return {
    id: pathway,
    initial: 'consultation',
    on: { ...performed, ...owed, 'plan.cancelled': { target: '.cancelled' } },
    states: {
      consultation: { on: { 'phase.completed': 'assessment' } },
      assessment: { on: { 'phase.completed': stages[0]?.stage ?? 'completed' } },
      ...Object.fromEntries(stages.map(({ stage }, index) => [stage, stageConfig(stage, after(index))])),
      completed: { type: 'final' as const },
      cancelled: { type: 'final' as const },
    },
  };
}

const stageConfig = (stage: string, next: string) => ({
  initial: 'ready',
  states: {
    ready: { on: { 'gate.opened': 'procedure' } },
    procedure: {},
    closure: { on: { 'phase.completed': 'recovery' } },
    recovery: { id: `${stage}.recovery`, on: { 'phase.completed': 'done' } },
    done: { type: 'final' as const },
  },
  onDone: next,
});

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

/** The phase of a chart state, and the stage that it belongs to. */
export function placeOf(state: string): { readonly phase: Phase; readonly stage?: string } {
  const [outer, inner] = state.split('.');
  const phase = (inner ?? outer) as Phase;
  return inner === undefined || outer === undefined ? { phase } : { phase, stage: outer };
}
