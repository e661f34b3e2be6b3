import { localDateOf } from '../model/calendar.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import { isTooOld } from './booked-dues.ts';
import { isNeeded } from './conditional-tasks.ts';
import type { Reason } from './outcome.schema.ts';
import type { PlanState, Task } from './plan-state.schema.ts';
import { completing } from './refusal.ts';
import { isOfThisTurn } from './tasks.ts';

/**
 * What is still to be done of a stage's prep: each task that is done once, unless its condition is known not to be met.
 * One that was done longer before this day than it may be is to be done again.
 * Work that repeats never keeps a gate closed, and that of each session does not either: the facts do.
 */
export function prepReasons(
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): Reason[] {
  const chart = `${stage.stage}.prep`;
  const isDone = (definition: TaskDefinition, task: Task | undefined): boolean =>
    task?.status === 'completed' &&
    task.completedAt !== undefined &&
    task.completedAt <= now &&
    isOfThisTurn(state, chart, task) &&
    !isTooOld(pathway, definition, { doneAt: task.completedAt, on: localDateOf(now, pathway.zone) });
  return (stage.prep ?? []).flatMap((task): Reason[] => {
    const id = `${chart}/${task.task}`;
    const isOnce = 'due' in task.when;
    if (!isOnce || isDone(task, state.tasks[id]) || !isNeeded({ pathway, state, now }, task, chart))
      return [];
    const says = `Still to be done before the procedure: ${task.title}.`;
    return [{ invariant: 'phase', says, clears: [[completing(id, task)]] }];
  });
}
