import type { TaskDefinition } from '../pathway/work.schema.ts';
import { type Draft, tell } from './draft.ts';
import { OUTSIDE, openTask } from './tasks.ts';
import { dueAfter } from './waits.ts';

/** What was done is somebody else's from now on: theirs to take over, whatever phase the plan comes to. */
export function handOver(draft: Draft, id: string, { title, handsTo, ladder }: TaskDefinition): void {
  const task = handOverOf(id);
  if (handsTo === undefined || draft.state.tasks[task]?.status === 'requested') return;
  const { pathway, now } = draft;
  const dueAt = dueAfter(pathway, now, pathway.clinic.waits.handOver);
  const what = `Take over: ${title}`;
  openTask(draft, task, { title: what, role: handsTo, belongsTo: OUTSIDE, ladder, dueAt });
  tell(draft, { roles: [handsTo], subject: what, says: what });
}

export const handOverOf = (id: string): string => `${id}/hand-over`;
