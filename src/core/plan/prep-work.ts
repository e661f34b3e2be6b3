import type { Instant } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import { judgeAt } from './judging.ts';
import type { Reason } from './outcome.schema.ts';
import type { PlanState } from './plan-state.schema.ts';

/**
 * What is still to be done of a stage's prep: each task that is done once, unless its condition is known not to be met.
 * Work that repeats never keeps a gate closed, and that of each session does not either: the facts do.
 */
export function prepReasons(
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): Reason[] {
  return (stage.prep ?? []).flatMap((task): Reason[] => {
    const id = `${stage.stage}.prep/${task.task}`;
    const done = state.tasks[id];
    const isDone =
      done?.status === 'completed' && done.completedAt !== undefined && done.completedAt <= now;
    if (isDone || !isOwed(pathway, state, { task, stage, now })) return [];
    const clears = [[{ kind: 'event' as const, type: 'task.completed', needs: id, role: task.role }]];
    return [{ invariant: 'phase', says: `Still to be done before the procedure: ${task.title}.`, clears }];
  });
}

function isOwed(
  pathway: Pathway,
  state: PlanState,
  {
    task: { when, onlyWhen },
    stage,
    now,
  }: { readonly task: TaskDefinition; readonly stage: StageDefinition; readonly now: Instant },
): boolean {
  if (!('due' in when)) return false;
  return onlyWhen === undefined || judgeAt(pathway, state, now, onlyWhen, { stage }).result !== 'unmet';
}
