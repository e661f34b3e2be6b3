import type { Instant } from '../model/primitives.schema.ts';
import { goesOnAnywhere, isBeforeProcedure, isCareAfter, isExit, placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import { isNeeded } from './conditional-tasks.ts';
import { type Draft, write } from './draft.ts';
import { dueFor, maintenanceBegan } from './due-anchors.ts';
import type { PlanState, Task } from './plan-state.schema.ts';
import { roundOf } from './progress.ts';
import { beginningOf, firstOf, hasBegun, nextOf, type Occurrence, type Row } from './repeats.ts';
import { askAnew, closeWait, dueAnew, keepWait, openWait } from './waits.ts';

/** Where tasks belong that belong to no phase. */
export const OUTSIDE = 'plan';

/** Of a stage's session that was given: what is asked for after each. What is still open from the one before stays. */
export function requestAfterEach(draft: Draft, { stage, afterEach }: StageDefinition): void {
  const chart = `${stage}.session`;
  for (const definition of afterEach) requestTask(draft, chart, definition, stage);
}

/**
 * Care that is asked for once more before it was done stays due where it was, or where it, or the first of its row, would
 * be due now if that is sooner: nobody is to wait longer for it.
 */
export function keepOpen(draft: Draft, id: string, definition: TaskDefinition): void {
  const { [id]: task } = draft.state.tasks;
  const { [`task/${id}`]: wait } = draft.state.waits;
  const { when } = definition;
  const { stage } = placeOf(chartOf(id));
  const turn = turnOf(draft.state, stage);
  if (!task || !turn) return;
  if ('due' in when) {
    const due = 'after' in when.due ? dueFor(draft, chartOf(id), when.due) : undefined;
    const isSooner = due && wait && due.dueAt < wait.dueAt;
    keep(draft, id, { ...task, turn, ...(isSooner && due.from ? { from: due.from } : {}) });
    if (isSooner) keepWait(draft, `task/${id}`, dueAnew(draft, wait, due.dueAt));
    return;
  }
  const row = { chart: chartOf(id), when, round: turn.round };
  const first = firstOf(draft, row);
  if (first && wait && first.dueAt < wait.dueAt) openRepeat(draft, id, definition, first);
  else keep(draft, id, { ...task, turn, repeat: 1, begunAt: beginningOf(draft, row) });
}

/**
 * Asks for the work of a chart state as it is entered. Come back to, without its procedure having been done, its work
 * that is done stays done, and what is open stays due where it was.
 */
export function requestWork(draft: Draft, chart: string): void {
  const { stage } = placeOf(chart);
  for (const definition of draft.pathway.tasksOf(chart)) {
    const task = draft.state.tasks[`${chart}/${definition.task}`];
    if (!isExit(chart) && task && task.status !== 'cancelled' && isOfThisTurn(draft.state, chart, task))
      continue;
    requestTask(draft, chart, definition, stage);
  }
}

/** Asks for a task of a chart state, unless it is known not to be needed. */
export function requestTask(
  draft: Draft,
  chart: string,
  definition: TaskDefinition,
  stage: string | undefined,
): void {
  const { task, when } = definition;
  const id = `${chart}/${task}`;
  const isAwaited = isNeeded(draft, definition, chart);
  const known = draft.state.tasks[id];
  if (known?.status === 'requested' && isCareAfter(chart)) {
    keepOpen(draft, id, definition);
    return;
  }
  if ('every' in when) {
    if (known?.repeat !== undefined && isOfThisTurn(draft.state, chart, known)) {
      if (isAwaited) requestNext(draft, id, definition);
      return;
    }
    const row = { chart, when, round: turnOf(draft.state, stage)?.round };
    const first = firstOf(draft, row);
    const begunAt = beginningOf(draft, row);
    if (isAwaited && first && hasBegun(draft, row)) openRepeat(draft, id, definition, first);
    else {
      // What is still open of the row before is the same task: it ends with its wait.
      closeWait(draft, `task/${id}`);
      keep(draft, id, { ...newTask(draft, id, definition), status: 'cancelled', repeat: 1, begunAt });
    }
    return;
  }
  if (!isAwaited) return;
  if ('before' in when.due) {
    awaitBooking(draft, id, definition);
    return;
  }
  const due = dueFor(draft, chart, when.due);
  openTask(draft, id, { ...newTask(draft, id, definition), ladder: definition.ladder, ...due });
}

/**
 * The next of a row, in the place of the one before it, which stands in the journal; one that fell away may be it. A row
 * whose beginning has moved begins again: counted on from a later day, it would be silent for as long as it had run.
 */
export function requestNext(draft: Draft, id: string, definition: TaskDefinition): void {
  const row = rowOf(draft, id, definition);
  const { status, repeat = 1, turn, begunAt } = draft.state.tasks[id] ?? {};
  if (!row) return;
  const hasMoved = begunAt !== undefined && begunAt !== beginningOf(draft, row);
  const done = Math.max(0, status === 'cancelled' ? repeat - 1 : repeat);
  const next = hasMoved ? firstOf(draft, row) : nextOf(draft, row, done);
  if (!next) return;
  // Begun again behind a procedure told late, it is for that one: what was done before it is not its first.
  const present = turnOf(draft.state, placeOf(chartOf(id)).stage);
  openRepeat(draft, id, definition, next, hasMoved && turn?.round === present?.round ? present : turn);
}

/** The row that a task is one of. */
export function rowOf(
  { state }: Pick<Draft, 'state'>,
  id: string,
  { when }: TaskDefinition,
): Row | undefined {
  if (!('every' in when)) return undefined;
  const chart = chartOf(id);
  return { chart, when, round: state.tasks[id]?.turn?.round };
}

function openRepeat(
  draft: Draft,
  id: string,
  definition: TaskDefinition,
  { repeat, dueAt, begunAt }: Occurrence,
  turn: Task['turn'] = turnOf(draft.state, placeOf(chartOf(id)).stage),
): void {
  const task = { ...newTask(draft, id, definition), ...(turn ? { turn } : {}) };
  openTask(draft, id, { ...task, repeat, begunAt, ladder: definition.ladder, dueAt });
}

/** It is there, and its day is not known yet: whoever owes the booking owes it. */
function awaitBooking(draft: Draft, id: string, definition: TaskDefinition): void {
  const { stage } = placeOf(chartOf(id));
  const task = newTask(draft, id, definition);
  keep(draft, id, { ...task, ...(stage === undefined ? {} : { bookingOf: stage }) });
  closeWait(draft, `task/${id}`);
  const says = `${task.title}, by the ${task.role}, before the day that is booked`;
  write(draft, { kind: 'task.requested', says, details: { task: id } });
}

function newTask({ state, now }: Draft, id: string, { title, role }: TaskDefinition): Task {
  const belongsTo = chartOf(id);
  const turn = turnOf(state, placeOf(belongsTo).stage);
  const task: Task = { title, role, status: 'requested', belongsTo, createdAt: now };
  return turn ? { ...task, turn } : task;
}

type NewTask = Pick<
  Task,
  'title' | 'role' | 'belongsTo' | 'from' | 'repeat' | 'begunAt' | 'turn' | 'about'
> & {
  readonly ladder: string;
  readonly dueAt: Instant;
};

export function openTask(draft: Draft, id: string, { ladder, dueAt, ...task }: NewTask): void {
  const { title, role, belongsTo } = task;
  const stage = stageHeldUpIn(belongsTo);
  keep(draft, id, { ...task, status: 'requested', createdAt: draft.now });
  const wait = { kind: 'task' as const, title, owner: role, ladder, dueAt };
  openWait(draft, `task/${id}`, stage === undefined ? wait : { ...wait, stage });
  write(draft, { kind: 'task.requested', says: `${title}, by the ${role}`, details: { task: id, dueAt } });
}

/** A hold keeps from being done what leads to a procedure; never the care after one that was done. */
function stageHeldUpIn(chart: string): string | undefined {
  return isBeforeProcedure(chart) ? placeOf(chart).stage : undefined;
}

/**
 * An open row comes round otherwise: it is asked of whoever does it now, and the next that comes is due, counted from
 * where it was; one that is late already stays late.
 */
export function askRowAnew(draft: Draft, id: string): void {
  const { [id]: task } = draft.state.tasks;
  const { [`task/${id}`]: wait } = draft.state.waits;
  const definition = definitionOf(draft.pathway, id);
  const row = definition && rowOf(draft, id, definition);
  if (task?.status !== 'requested' || !row) return;
  const next = nextOf(draft, row, 0);
  if (!next) cancelTask(draft, id);
  else if (!wait || wait.dueAt > draft.now) openRepeat(draft, id, definition, next, task.turn);
  else {
    const { role } = definition;
    keep(draft, id, { ...task, role, repeat: next.repeat - 1 });
    askAnew(draft, `task/${id}`, { ...wait, owner: role });
  }
}

/** Nobody has to do it any more. */
export function cancelTask(draft: Draft, id: string): void {
  const task = draft.state.tasks[id];
  if (task?.status !== 'requested') return;
  keep(draft, id, { ...task, status: 'cancelled' });
  closeWait(draft, `task/${id}`);
  write(draft, { kind: 'task.cancelled', says: `No longer needed: ${task.title}`, details: { task: id } });
}

export function keep(draft: Draft, id: string, task: Task): void {
  draft.state = { ...draft.state, tasks: { ...draft.state.tasks, [id]: task } };
}

/** `excision.recovery/wound-visit` belongs to the list `excision.recovery`. */
export const chartOf = (id: string): string => id.slice(0, id.indexOf('/'));

/** What a task was asked for by; undefined: by no list of the pathway. */
export const definitionOf = (pathway: Pathway, id: string): TaskDefinition | undefined =>
  pathway.tasksOf(chartOf(id)).find(({ task }) => id === `${chartOf(id)}/${task}`);

/**
 * Though the course is over, a row of repeats that names its end goes on to it, and what is owed wherever the plan is
 * stays owed until it is done. The rows of a maintenance end with it.
 */
export function outlivesCourse(pathway: Pathway, id: string): boolean {
  const when = definitionOf(pathway, id)?.when;
  if (when === undefined) return false;
  const chart = chartOf(id);
  if (!('every' in when)) return goesOnAnywhere(chart);
  return when.until !== undefined && placeOf(chart).maintenance === undefined;
}

/** Which time a stage's work is done for. */
export function turnOf(state: PlanState, stage: string | undefined): Task['turn'] {
  if (stage === undefined) return undefined;
  const round = roundOf(state, stage);
  const after = state.performed
    .filter((one) => one.stage === stage)
    .map(({ performedOn }) => performedOn)
    .sort()
    .at(-1);
  return after === undefined ? { round } : { round, after };
}

/** Whether it was asked for this time: since its stage was last performed, its maintenance began, or its exit was entered. */
export function isOfThisTurn(state: PlanState, chart: string, { turn, createdAt }: Task): boolean {
  if (isExit(chart)) return createdAt >= (state.enteredAt[chart] ?? '');
  const { maintenance } = placeOf(chart);
  if (maintenance !== undefined) return createdAt >= (maintenanceBegan(state, maintenance) ?? '');
  return isSameTurn(turn, turnOf(state, placeOf(chart).stage));
}

export const isSameTurn = (one: Task['turn'], other: Task['turn']): boolean =>
  one?.round === other?.round && one?.after === other?.after;

/** The tasks that keep a plan in its phase, with their ids; those that come round again keep none. */
export const openWorkOf = ({ tasks, chart }: PlanState): [string, Task][] =>
  Object.entries(tasks).filter(
    ([, { belongsTo, status, repeat }]) =>
      belongsTo === chart && status === 'requested' && repeat === undefined,
  );
