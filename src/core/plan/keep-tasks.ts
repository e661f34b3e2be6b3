import type { Instant } from '../model/primitives.schema.ts';
import { ALONGSIDE, goesOnAnywhere, homeOf, isExit, isLasting, placeOf } from '../pathway/chart.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import { bookedDueEdges, keepBookedDues } from './booked-dues.ts';
import { chartsInForce, isNeeded, neededEdges } from './conditional-tasks.ts';
import { datedBy } from './dates-known.ts';
import type { Draft } from './draft.ts';
import { type Counted, countedFor, hasHappened } from './due-anchors.ts';
import type { Task } from './plan-state.schema.ts';
import { hasBegun, isLeft } from './repeats.ts';
import { cancelTask, chartOf, definitionOf, isOfThisTurn, requestNext, requestTask, rowOf } from './tasks.ts';
import { EMERGENCY } from './waits.ts';

/**
 * As facts and time go on: what is made only under a condition, comes round again, or counts from a booking. Of a course
 * that is over, only the rows that outlive it.
 */
export function keepTasks(draft: Draft): void {
  for (const [id, task, definition] of madeFrom(draft)) {
    const isOpen = task.status === 'requested';
    if (isOpen && !isNeeded(draft, definition, chartOf(id))) cancelTask(draft, id);
    else if (task.repeat !== undefined) keepRow(draft, id, { task, definition });
  }
  for (const chart of chartsInForce(draft.state))
    for (const definition of draft.pathway.tasksOf(chart))
      if (chart === ALONGSIDE) keepAlongside(draft, definition);
      else keepConditional(draft, chart, definition);
  keepBookedDues(draft);
}

/** The instants at which time alone may change what is to be done. */
export function taskEdges(plan: Counted): Instant[] {
  const isOver = plan.pathway.chart.isFinal(plan.state.chart);
  const open = madeFrom(plan).filter(([, { status }]) => status === 'requested' || !isOver);
  return [
    ...bookedDueEdges(plan),
    ...open.flatMap(([id, , definition]) => neededEdges(plan, definition, chartOf(id))),
    ...chartsInForce(plan.state).flatMap((chart) =>
      plan.pathway.tasksOf(chart).flatMap((definition) => neededEdges(plan, definition, chart)),
    ),
  ];
}

/** Tasks that come from a list of the pathway and do not merely stand there: each with what it was asked for by. */
function madeFrom({ pathway, state }: Pick<Counted, 'pathway' | 'state'>): [string, Task, TaskDefinition][] {
  return Object.entries(state.tasks).flatMap(([id, task]) => {
    if (task.status !== 'requested' && task.repeat === undefined) return [];
    const definition = definitionOf(pathway, id);
    return definition ? [[id, task, definition]] : [];
  });
}

/**
 * A row has one open task at a time. It ends with its `until`, or else when its stage is left; one that is not done by
 * then is owed still where the row names its end.
 */
function keepRow(
  draft: Draft,
  id: string,
  { task, definition }: { readonly task: Task; readonly definition: TaskDefinition },
): void {
  const row = rowOf(draft, id, definition);
  if (!row) return;
  const namesItsEnd = row.when.until !== undefined && !isLasting(row.chart);
  const isOver = !namesItsEnd && isLeft(draft, row) && !isEmergencyOffCourse(draft, definition);
  if (task.status === 'requested') {
    if (isOver || (row.chart === ALONGSIDE && !hasBegun(draft, row))) cancelTask(draft, id);
    return;
  }
  if (isOver || rests(draft, id, definition) || !hasBegun(draft, row)) return;
  if (isNeeded(draft, definition, row.chart)) requestNext(draft, id, definition);
}

/** No next one is made: its exit is behind, the stage that it belongs to was left for one, or the plan is over. */
function rests({ pathway, state, event }: Draft, id: string, definition: TaskDefinition): boolean {
  const { chart, leave } = state;
  const own = chartOf(id);
  if (isExit(own)) return own !== chart;
  if (pathway.chart.isFinal(homeOf(state))) {
    // Only what was open as the course ended goes on, one after another: what is over stays over.
    const isDoneNow = event.type === 'task.completed' && event.data.task === id;
    return homeOf(state) !== 'completed' || !isDoneNow;
  }
  if (!isExit(chart) || leave === undefined) return false;
  if (goesOnAnywhere(own) || isEmergencyOffCourse({ state }, definition)) return false;
  const left = placeOf(leave.from);
  return left.stage === undefined ? own === leave.from : left.stage === placeOf(own).stage;
}

/** Off the course, what is done in an emergency goes on. */
const isEmergencyOffCourse = ({ state }: Pick<Draft, 'state'>, { ladder }: TaskDefinition): boolean =>
  isExit(state.chart) && ladder === EMERGENCY;

/** Made as soon as what it counts from has come; until then nobody owes it. */
function keepAlongside(draft: Draft, definition: TaskDefinition): void {
  const { task, when } = definition;
  const id = `${ALONGSIDE}/${task}`;
  const known = draft.state.tasks[id];
  if ('every' in when) {
    const isBegun = hasBegun(draft, { chart: ALONGSIDE, when });
    if (!known && isBegun) requestTask(draft, ALONGSIDE, definition, undefined);
    return;
  }
  const isBegun =
    !('after' in when.due) ||
    when.due.after === 'date' ||
    hasHappened(draft, when.due.after, countedFor(ALONGSIDE));
  if (known?.status === 'requested') {
    if (!isBegun) cancelTask(draft, id);
  } else if (known?.status !== 'completed' && isBegun) requestTask(draft, ALONGSIDE, definition, undefined);
}

/** Made as soon as it is not known to be unneeded, while its phase lasts. */
function keepConditional(draft: Draft, chart: string, definition: TaskDefinition): void {
  const { onlyWhen, onlyFor, when } = definition;
  const isConditional = onlyWhen || onlyFor || datedBy(definition) !== undefined;
  if (!isConditional || 'every' in when) return;
  const task = draft.state.tasks[`${chart}/${definition.task}`];
  const isThere = task && task.status !== 'cancelled' && isOfThisTurn(draft.state, chart, task);
  const isOpen = task?.status === 'requested';
  if (isThere || isOpen || !isNeeded(draft, definition, chart)) return;
  requestTask(draft, chart, definition, placeOf(chart).stage);
}
