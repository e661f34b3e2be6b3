import { type ChartEvent, placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { type Draft, write } from './draft.ts';
import { begunWith } from './due-anchors.ts';
import { closeQuestions } from './questions.ts';
import { awaitStart } from './start-wait.ts';
import { cancelTask, OUTSIDE, outlivesCourse, requestTask, requestWork } from './tasks.ts';
import { closeWait, dueAfter, openWait } from './waits.ts';

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
  const { state, now } = draft;
  const enteredAt = { ...state.enteredAt, ...begunWith(state, chart, now), [chart]: now };
  draft.state = { ...state, chart, enteredAt };
  const { phase, stage: name } = placeOf(chart);
  const stage = name === undefined ? undefined : draft.pathway.stage(name);
  write(draft, { kind: 'phase.entered', says: `Now in ${chart}`, details: { phase, stage: name } });
  requestWork(draft, chart);
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

/**
 * What belongs to no phase is owed still: a deviation to be looked at does not end with the course. Nor does a row of
 * repeats that names an end of its own, where the course came to its end: the dressing is changed until it is healed.
 */
function end(draft: Draft, chart: string): void {
  for (const [id, task] of Object.entries(draft.state.tasks)) {
    if (task.status !== 'requested' || task.belongsTo === OUTSIDE) continue;
    if (chart === 'completed' && outlivesCourse(draft.pathway, id)) continue;
    cancelTask(draft, id);
  }
  closeQuestions(draft, () => true);
  const owed = Object.entries(draft.state.waits).filter(([, { kind }]) => kind === 'task');
  draft.state = { ...draft.state, waits: Object.fromEntries(owed), holds: {} };
  write(draft, { kind: 'plan.ended', says: `The plan is ${chart}`, details: { chart } });
}

/** A phase of tasks is over when none of its own is open; what comes round again keeps none from ending. */
export function completePhase(draft: Draft): void {
  const { chart, tasks } = draft.state;
  const { phase } = placeOf(chart);
  const isWork =
    phase === 'consultation' || phase === 'assessment' || phase === 'closure' || phase === 'recovery';
  const isOpen = Object.values(tasks).some(
    (task) => task.belongsTo === chart && task.status === 'requested' && task.repeat === undefined,
  );
  if (isWork && !isOpen) moveChart(draft, { type: 'phase.completed' });
}
