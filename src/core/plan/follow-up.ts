import { itemAt, placeOf } from '../pathway/chart.ts';
import type { Draft } from './draft.ts';
import { isPerformedSince, maintenanceBegan, maintenanceKey } from './due-anchors.ts';
import type { FollowUp, MovedFrom, Performed, PlanState, Task } from './plan-state.schema.ts';
import { keep } from './tasks.ts';
import { closeWait, keepWait } from './waits.ts';

/**
 * A procedure begins the follow-up behind it anew. Where it turns out that it was never done, follow-up goes on as it
 * stood before: it counts from when it had begun, and what had been done of it is done.
 */

/** A maintenance that the plan is in, be it off its course: what another procedure would begin anew. */
export function followUpOf({ enteredAt, tasks, waits }: PlanState, chart: string): FollowUp | undefined {
  const { maintenance } = placeOf(chart);
  const began = maintenance === undefined ? undefined : enteredAt[maintenanceKey(maintenance)];
  if (began === undefined) return undefined;
  const work = Object.entries(tasks)
    .filter(([, { belongsTo }]) => belongsTo === chart)
    .map(([task, as]) => ({ task, as, wait: waits[`task/${task}`] }));
  return { began, work: work.map(({ wait, ...one }) => ({ ...one, ...(wait ? { wait } : {}) })) };
}

/** Goes on with what a report had begun anew that is withdrawn, unless something else was performed since. */
export function resumeFollowUp(draft: Draft, { movedFrom, reportedAt }: Performed): void {
  const before = followUpBefore(draft, movedFrom);
  if (!before) return;
  const { key, followUp } = before;
  draft.state = { ...draft.state, enteredAt: { ...draft.state.enteredAt, [key]: followUp.began } };
  for (const one of followUp.work) resume(draft, one, reportedAt);
}

function followUpBefore({ pathway, state, now }: Draft, movedFrom: MovedFrom | undefined) {
  const { chart = '', followUp } = movedFrom ?? {};
  const maintenance = itemAt(chart);
  if (!followUp || maintenance === undefined) return undefined;
  if (maintenanceBegan(state, maintenance) === followUp.began) return undefined;
  if (isPerformedSince({ pathway, state, now }, followUp.began)) return undefined;
  return { key: maintenanceKey(maintenance), followUp };
}

/** What was done meanwhile is done; what is owed is owed since it was. */
function resume(draft: Draft, { task, as, wait }: FollowUp['work'][number], reportedAt: string): void {
  const known = draft.state.tasks[task];
  if (as.status === 'requested' && known && isDoneSince(known, reportedAt)) {
    const { status, completedAt, completedBy } = known;
    keep(draft, task, { ...as, status, completedAt, completedBy });
    return;
  }
  keep(draft, task, as);
  closeWait(draft, `task/${task}`);
  if (wait) keepWait(draft, `task/${task}`, wait);
}

const isDoneSince = ({ status, completedAt = '' }: Task, reportedAt: string): boolean =>
  status === 'completed' && completedAt >= reportedAt;
