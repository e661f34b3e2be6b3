import { localDateOf } from '../model/calendar.ts';
import { isBeforeProcedure } from '../pathway/chart.ts';
import { chartsInForce } from './conditional-tasks.ts';
import type { Draft } from './draft.ts';
import type { Task } from './plan-state.schema.ts';
import { definitionOf, isSameTurn, keep, requestTask, turnOf } from './tasks.ts';

/**
 * A report that is told or withdrawn, and that leaves the plan where it is, changes what its work is done for. What leads
 * to the procedure is owed for the next one still; what was done of it since the last one stays done, and what was done
 * for that one is asked for again.
 */
export function carryWork(draft: Draft, stage: string, before: Task['turn']): void {
  const turn = turnOf(draft.state, stage);
  if (isSameTurn(turn, before)) return;
  const inForce = chartsInForce(draft.state);
  for (const [id, task] of Object.entries(draft.state.tasks)) {
    const { belongsTo, repeat, status, completedAt } = task;
    if (!isBeforeProcedure(belongsTo, stage) || !isSameTurn(task.turn, before) || !turn) continue;
    const day = completedAt && localDateOf(completedAt, draft.pathway.zone);
    const isOfLast = status === 'completed' && repeat === undefined && (day ?? '') <= (turn.after ?? '');
    const definition = definitionOf(draft.pathway, id);
    if (!isOfLast) keep(draft, id, { ...task, turn });
    else if (definition && inForce.includes(belongsTo)) requestTask(draft, belongsTo, definition, stage);
  }
}
