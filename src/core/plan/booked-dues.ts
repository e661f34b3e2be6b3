import {
  addDays,
  addElapsed,
  addToDate,
  endOfDay,
  isElapsed,
  localDateOf,
  shiftWorkingDays,
  startOfDay,
} from '../model/calendar.ts';
import type { Duration, Instant, LocalDate } from '../model/primitives.schema.ts';
import { isBeforeProcedure, placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { DueBefore, TaskDefinition } from '../pathway/work.schema.ts';
import { bookedOn } from './booked-days.ts';
import { chartsInForce, isNeeded } from './conditional-tasks.ts';
import type { Draft } from './draft.ts';
import type { Task } from './plan-state.schema.ts';
import { cancelTask, chartOf, definitionOf, isOfThisTurn, keep, requestTask } from './tasks.ts';
import { closeWait, dayAfter, openWait } from './waits.ts';

/**
 * Work that is due so long before the day of a booking. While nothing is booked it has no wait of its own: whoever owes
 * the booking owes it (S6). Booked, it is due before that day; moved, anew. Nothing stops its clock: the day comes.
 */
export function keepBookedDues(draft: Draft): void {
  const inForce = new Set(chartsInForce(draft.state));
  for (const [id, task] of Object.entries(draft.state.tasks)) {
    const definition = task.bookingOf === undefined ? undefined : definitionOf(draft.pathway, id);
    const due = definition && beforeBooking(definition);
    if (!definition || !due) continue;
    // What it was to come before has been done, or the plan is elsewhere.
    if (!inForce.has(chartOf(id))) cancelTask(draft, id);
    else if (task.status === 'requested') keepDue(draft, id, { definition, due });
    else if (task.status === 'completed') askAgainIfTooEarly(draft, id, { definition, due });
  }
}

interface Asked {
  readonly definition: TaskDefinition;
  readonly due: DueBefore;
}

/** The first day on which work may be done for a booking; undefined: whenever it was done is early enough. */
function earliestFor(pathway: Pathway, due: DueBefore, on: LocalDate): LocalDate | undefined {
  const from = earliest(due);
  return from && localDateOf(timeBefore(pathway, on, from), pathway.zone);
}

/** What is due on the day itself is a check of that day: done on another, for whatever was booked then, it tells nothing. */
const earliest = ({ from, to }: DueBefore): Duration | undefined => from ?? (to.count === 0 ? to : undefined);

export function beforeBooking({ when }: TaskDefinition): DueBefore | undefined {
  return 'due' in when && 'before' in when.due ? when.due : undefined;
}

/** Whether it was done longer before a day than it may be. */
export function isTooOld(
  pathway: Pathway,
  definition: TaskDefinition,
  { doneAt, on }: { readonly doneAt: Instant; readonly on: LocalDate },
): boolean {
  const due = beforeBooking(definition);
  const first = due && earliestFor(pathway, due, on);
  return first !== undefined && localDateOf(doneAt, pathway.zone) < first;
}

/** When what was done becomes too old for the gate that the plan stands before: it is then to be done again. */
export function bookedDueEdges({ pathway, state, now }: Pick<Draft, 'pathway' | 'state' | 'now'>): Instant[] {
  if (!isBeforeProcedure(state.chart)) return [];
  const inForce = new Set(chartsInForce(state));
  return Object.entries(state.tasks).flatMap(([id, { status, bookingOf, completedAt }]) => {
    if (bookingOf === undefined || status !== 'completed' || !completedAt || !inForce.has(chartOf(id)))
      return [];
    const definition = definitionOf(pathway, id);
    const due = definition && beforeBooking(definition);
    const from = due && earliest(due);
    if (!definition || !from) return [];
    const isStill = (on: LocalDate): boolean => !isTooOld(pathway, definition, { doneAt: completedAt, on });
    let day = dayAfter(pathway, completedAt, from);
    while (!isStill(day)) day = addDays(day, -1);
    while (isStill(day)) day = addDays(day, 1);
    const edge = startOfDay(day, pathway.zone);
    return edge > now ? [edge] : [];
  });
}

function keepDue(draft: Draft, id: string, { definition, due }: Asked): void {
  const { pathway, state } = draft;
  const { [id]: task } = state.tasks;
  const on = bookedOn(state, task?.bookingOf);
  const wait = `task/${id}`;
  if (!task) return;
  if (on === undefined) {
    closeWait(draft, wait);
    if (task.from !== undefined) keep(draft, id, withFrom(task, undefined));
    return;
  }
  const from = earliestFor(pathway, due, on);
  if (task.from !== from) keep(draft, id, withFrom(task, from));
  const dueAt = dueBefore(pathway, on, due.to);
  if (state.waits[wait]?.dueAt === dueAt) return;
  const { title, role, ladder } = definition;
  openWait(draft, wait, { kind: 'task', title, owner: role, ladder, dueAt });
}

/**
 * What was done longer before the booked day than it may be is done again; so is, before the gate, what has become too
 * old for it today: the gate would not open on it.
 */
function askAgainIfTooEarly(draft: Draft, id: string, { definition, due }: Asked): void {
  const { pathway, state } = draft;
  const { [id]: task } = state.tasks;
  const booked = bookedOn(state, task?.bookingOf);
  const today = isBeforeProcedure(state.chart) ? localDateOf(draft.now, pathway.zone) : undefined;
  const on = booked !== undefined && today !== undefined && booked < today ? today : (booked ?? today);
  if (!task || on === undefined || !isOfThisTurn(state, chartOf(id), task)) return;
  const isOld = isTooOld(pathway, definition, { doneAt: task.completedAt ?? task.createdAt, on });
  if (!isOld || !isNeeded(draft, definition, chartOf(id))) return;
  requestTask(draft, chartOf(id), definition, placeOf(chartOf(id)).stage);
  keepDue(draft, id, { definition, due });
}

function withFrom({ from: _before, ...task }: Task, from: LocalDate | undefined): Task {
  return from === undefined ? task : { ...task, from };
}

/** The end of the day so long before; hours before the day begins, to the minute. */
function dueBefore(pathway: Pathway, on: LocalDate, by: Duration): Instant {
  const at = timeBefore(pathway, on, by);
  return isElapsed(by) ? at : endOfDay(localDateOf(at, pathway.zone), pathway.zone);
}

function timeBefore({ zone, defaultCalendar }: Pathway, on: LocalDate, by: Duration): Instant {
  const { count, unit } = by;
  if (isElapsed(by)) return addElapsed(startOfDay(on, zone), { count: -count, unit });
  if (unit === 'working day') return startOfDay(shiftWorkingDays(on, -count, defaultCalendar), zone);
  const day = unit === 'week' ? addDays(on, -7 * count) : addToDate(on, { count: -count, unit });
  return startOfDay(day, zone);
}
