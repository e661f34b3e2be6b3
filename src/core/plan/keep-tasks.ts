import type { Instant } from '../model/primitives.schema.ts';
import { isExit } from '../pathway/chart.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import { keepBookedDues } from './booked-dues.ts';
import { chartsInForce, isNeeded, neededEdges } from './conditional-tasks.ts';
import type { Draft } from './draft.ts';
import type { Counted } from './due-anchors.ts';
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
    for (const definition of draft.pathway.tasksOf(chart)) keepConditional(draft, chart, definition);
  keepBookedDues(draft);
}

/** The instants at which time alone may change what is to be done. */
export function taskEdges(plan: Counted): Instant[] {
  const open = madeFrom(plan).filter(
    ([, { status, repeat }]) => status === 'requested' || repeat !== undefined,
  );
  return [
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
 * then is owed still where the row names its end. While the plan is off its course, the course's rows rest, but for
 * emergencies.
 */
function keepRow(
  draft: Draft,
  id: string,
  { task, definition }: { readonly task: Task; readonly definition: TaskDefinition },
): void {
  const row = rowOf(draft, id, definition);
  if (!row) return;
  const { chart } = draft.state;
  const goesOn = isExit(chart) && definition.ladder === EMERGENCY;
  const isOver = row.when.until === undefined && isLeft(draft, row) && !goesOn;
  if (task.status === 'requested') {
    if (isOver) cancelTask(draft, id);
    return;
  }
  const rests = isExit(chart) ? chart !== row.chart && !goesOn : isExit(row.chart);
  const isEnded =
    draft.pathway.chart.isFinal(chart) && (chart !== 'completed' || task.status === 'cancelled');
  if (isEnded) return;
  if (isOver || rests || !hasBegun(draft, row) || !isNeeded(draft, definition, row.chart)) return;
  requestNext(draft, id, definition);
}

/** Made as soon as it is not known to be unneeded, while its phase lasts. */
function keepConditional(draft: Draft, chart: string, definition: TaskDefinition): void {
  if (!definition.onlyWhen || 'every' in definition.when) return;
  const task = draft.state.tasks[`${chart}/${definition.task}`];
  const isThere = task && task.status !== 'cancelled' && isOfThisTurn(draft.state, chart, task);
  const isOpen = task?.status === 'requested';
  if (isThere || isOpen || !isNeeded(draft, definition, chart)) return;
  const [stage] = chart.includes('.') ? chart.split('.') : [];
  requestTask(draft, chart, definition, stage);
}
