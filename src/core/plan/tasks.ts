import { startOfDay } from '../model/calendar.ts';
import type { EventOf } from '../model/event.schema.ts';
import { invariant } from '../model/failure.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Anchor, TaskDefinition } from '../pathway/work.schema.ts';
import { type Draft, write } from './draft.ts';
import { attestHistory, isHistoryTask } from './history.ts';
import type { Task } from './plan-state.schema.ts';
import { roundOf } from './progress.ts';
import { closeWait, dayAfter, dueAfter, openWait } from './waits.ts';

/** Where tasks belong that belong to no phase. */
export const OUTSIDE = 'plan';

/** Asks for a task of a chart state. */
export function requestTask(
  draft: Draft,
  chart: string,
  definition: TaskDefinition,
  stage: string | undefined,
): void {
  const { task, title, role, ladder, when } = definition;
  const id = `${chart}/${task}`;
  if (!('due' in when) || 'before' in when.due) return;
  const { from, to, after } = when.due;
  const anchor = anchorOf(draft, after, stage);
  openTask(draft, id, {
    title,
    role,
    belongsTo: chart,
    ladder,
    dueAt: dueAfter(draft.pathway, anchor, to),
    ...(from ? { from: dayAfter(draft.pathway, anchor, from) } : {}),
  });
}

type NewTask = Pick<Task, 'title' | 'role' | 'belongsTo'> & {
  readonly ladder: string;
  readonly dueAt: Instant;
  readonly from?: string;
};

export function openTask(draft: Draft, id: string, task: NewTask): void {
  const { title, role, belongsTo, ladder, dueAt, from } = task;
  const open = { title, role, belongsTo, status: 'requested' as const, createdAt: draft.now };
  const tasks = { ...draft.state.tasks, [id]: from === undefined ? open : { ...open, from } };
  draft.state = { ...draft.state, tasks };
  openWait(draft, `task/${id}`, { kind: 'task', title, owner: role, ladder, dueAt });
  write(draft, { kind: 'task.requested', says: `${title}, by the ${role}`, details: { task: id, dueAt } });
}

export function completeTask(draft: Draft, { data, time }: EventOf<'task.completed'>): undefined {
  const task = draft.state.tasks[data.task];
  if (task?.status !== 'requested') return;
  const done = {
    ...task,
    status: 'completed' as const,
    completedAt: time ?? draft.now,
    completedBy: draft.event.actor.id,
  };
  draft.state = { ...draft.state, tasks: { ...draft.state.tasks, [data.task]: done } };
  closeWait(draft, `task/${data.task}`);
  if (isHistoryTask(data.task)) attestHistory(draft, time);
  write(draft, { kind: 'task.completed', says: `Done: ${task.title}`, details: { task: data.task } });
}

/** As facts and time go on: what is made only under a condition, comes round again, or counts from a booking. */
export function keepTasks(_draft: Draft): void {}

/** Nobody has to do it any more. */
export function cancelTask(draft: Draft, id: string): void {
  const task = draft.state.tasks[id];
  if (task?.status !== 'requested') return;
  const tasks = { ...draft.state.tasks, [id]: { ...task, status: 'cancelled' as const } };
  draft.state = { ...draft.state, tasks };
  closeWait(draft, `task/${id}`);
  write(draft, { kind: 'task.cancelled', says: `No longer needed: ${task.title}`, details: { task: id } });
}

/** What a due time counts from, as an instant; what has not come yet counts from now. */
export function anchorOf(draft: Draft, anchor: Anchor, stage: string | undefined): Instant {
  const { state, now } = draft;
  switch (anchor) {
    case 'plan start':
      return state.startedAt;
    case 'consultation':
    case 'assessment':
      return state.enteredAt[anchor] ?? now;
    case 'course':
      return (
        firstOf(draft, [
          ...draft.pathway.course.flatMap(({ name }) => [`${name}.ready`, `${name}.decision`]),
        ]) ?? now
      );
    case 'stage':
      return state.enteredAt[`${stage}.ready`] ?? now;
    case 'stage end':
      return state.enteredAt[`${stage}.recovery`] ?? now;
    case 'procedure':
    case 'session':
    case 'last session':
      return performedAt(draft, stage, -1) ?? now;
    case 'first session':
      return performedAt(draft, stage, 0) ?? now;
    case 'asked':
    case 'exit':
      return now;
  }
}

const firstOf = ({ state }: Draft, charts: readonly string[]): Instant | undefined =>
  charts.flatMap((chart) => state.enteredAt[chart] ?? []).sort()[0];

/** The beginning of the day of a performance: of the stage's present round, or, without a stage, of the whole plan. */
function performedAt(
  { state, pathway }: Draft,
  stage: string | undefined,
  index: 0 | -1,
): Instant | undefined {
  const round = stage === undefined ? undefined : roundOf(state, stage);
  const days = state.performed
    .filter((one) => stage === undefined || (one.stage === stage && one.round === round))
    .map(({ performedOn }) => performedOn)
    .sort();
  const day = days.at(index);
  invariant(days.length === 0 || day !== undefined, 'the first and the last of some are there');
  return day === undefined ? undefined : startOfDay(day, pathway.zone);
}
