import { startOfDay } from '../model/calendar.ts';
import type { Instant } from '../model/primitives.schema.ts';
import { type ChartEvent, placeOf } from '../pathway/chart.ts';
import type { Anchor, StageDefinition, TaskDefinition } from '../pathway/compiled.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { type Draft, write } from './draft.ts';
import { closeQuestions } from './questions.ts';
import { awaitStart } from './start-wait.ts';
import { closeWait, dayAfter, dueAfter, openWait } from './waits.ts';

/** Where tasks belong that belong to no phase. */
export const OUTSIDE = 'plan';

/** Sends an event into the chart and, where it leads to another state, enters that. */
export function moveChart(draft: Draft, event: ChartEvent): void {
  const from = draft.state.chart;
  const to = draft.pathway.chart.next(from, event);
  if (to === from) return;
  leave(draft, from);
  enter(draft, to);
}

/** What a new chart state begins with: its tasks, and the wait of whoever has to move the plan on (S6). */
export function enter(draft: Draft, chart: string): void {
  const enteredAt = { ...draft.state.enteredAt, [chart]: draft.now };
  draft.state = { ...draft.state, chart, enteredAt };
  const { phase, stage: name } = placeOf(chart);
  const stage = name === undefined ? undefined : draft.pathway.stage(name);
  write(draft, { kind: 'phase.entered', says: `Now in ${chart}`, details: { phase, stage: name } });
  for (const task of draft.pathway.tasksOf(chart)) requestTask(draft, chart, task, name);
  if (stage && phase === 'ready') awaitStart(draft, stage);
  if (stage && phase === 'procedure') awaitReport(draft, stage);
  if (draft.pathway.chart.isFinal(chart)) end(draft, chart);
}

function awaitReport(draft: Draft, { stage, title }: StageDefinition): void {
  openWait(draft, `report/${stage}`, {
    kind: 'report',
    title: `Report ${title}`,
    owner: COORDINATOR,
    ladder: draft.pathway.defaultLadder,
    dueAt: dueAfter(draft.pathway, draft.now, draft.pathway.clinic.waits.unreported),
  });
}

/**
 * A performance that came too early to count is owed again: the plan is back at the stage's gate, wherever it stood.
 * What was done needs its aftercare all the same.
 */
export function oweAgain(draft: Draft, stage: StageDefinition): void {
  const from = draft.state.chart;
  const to = draft.pathway.chart.next(from, { type: `owed.${stage.stage}` });
  for (const chart of [`${stage.stage}.closure`, `${stage.stage}.recovery`])
    for (const task of draft.pathway.tasksOf(chart)) requestTask(draft, chart, task, stage.stage);
  leave(draft, from);
  enter(draft, to);
}

/** Tasks stay: a report may leave a phase whose work is still owed. */
function leave(draft: Draft, chart: string): void {
  const { stage } = placeOf(chart);
  if (stage === undefined) return;
  closeWait(draft, `start/${stage}`);
  closeWait(draft, `report/${stage}`);
}

/** What belongs to no phase is owed still: a deviation to be looked at does not end with the course. */
function end(draft: Draft, chart: string): void {
  for (const [id, task] of Object.entries(draft.state.tasks)) {
    if (task.status !== 'requested' || task.belongsTo === OUTSIDE) continue;
    draft.state = { ...draft.state, tasks: { ...draft.state.tasks, [id]: { ...task, status: 'cancelled' } } };
    write(draft, { kind: 'task.cancelled', says: `No longer needed: ${task.title}`, details: { task: id } });
  }
  closeQuestions(draft, () => true);
  const owed = Object.entries(draft.state.waits).filter(([id]) => id.startsWith(`task/${OUTSIDE}/`));
  draft.state = { ...draft.state, waits: Object.fromEntries(owed), holds: {} };
  write(draft, { kind: 'plan.ended', says: `The plan is ${chart}`, details: { chart } });
}

function requestTask(
  draft: Draft,
  chart: string,
  definition: TaskDefinition,
  stage: string | undefined,
): void {
  const id = `${chart}/${definition.task}`;
  const anchor = anchorOf(draft, definition.due.after, stage);
  const { from, to } = definition.due;
  const dueAt = dueAfter(draft.pathway, anchor, to);
  openTask(draft, id, {
    title: definition.title,
    role: definition.role,
    belongsTo: chart,
    ladder: definition.ladder,
    dueAt,
    ...(from ? { from: dayAfter(draft.pathway, anchor, from) } : {}),
  });
}

export function openTask(
  draft: Draft,
  id: string,
  task: { title: string; role: string; belongsTo: string; ladder: string; dueAt: Instant; from?: string },
): void {
  const { title, role, belongsTo, ladder, dueAt, from } = task;
  const open = { title, role, belongsTo, status: 'requested' as const, createdAt: draft.now };
  const tasks = { ...draft.state.tasks, [id]: from === undefined ? open : { ...open, from } };
  draft.state = { ...draft.state, tasks };
  openWait(draft, `task/${id}`, { kind: 'task', title, owner: role, ladder, dueAt });
  write(draft, { kind: 'task.requested', says: `${title}, by the ${role}`, details: { task: id, dueAt } });
}

function anchorOf({ state, now, pathway }: Draft, anchor: Anchor, stage: string | undefined): Instant {
  switch (anchor) {
    case 'plan start':
      return state.startedAt;
    case 'consultation':
    case 'assessment':
      return state.enteredAt[anchor] ?? now;
    case 'stage':
      return state.enteredAt[`${stage}.ready`] ?? now;
    case 'procedure': {
      const performed = state.performed.findLast((one) => one.stage === stage);
      return performed ? startOfDay(performed.performedOn, pathway.zone) : now;
    }
  }
}

/** A phase of tasks is over when none of its own is open. */
export function completePhase(draft: Draft): void {
  const { chart, tasks } = draft.state;
  const { phase } = placeOf(chart);
  const isWork =
    phase === 'consultation' || phase === 'assessment' || phase === 'closure' || phase === 'recovery';
  const isOpen = Object.values(tasks).some((task) => task.belongsTo === chart && task.status === 'requested');
  if (isWork && !isOpen) moveChart(draft, { type: 'phase.completed' });
}
