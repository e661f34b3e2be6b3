import type { Duration, Instant } from '../model/primitives.schema.ts';
import { CLINICAL_LEAD } from '../pathway/roles.ts';
import { type Draft, tell } from './draft.ts';
import { OUTSIDE, openTask } from './tasks.ts';
import { dueAfter } from './waits.ts';

/**
 * Work outside every phase. It outlives the course, and a plan is not over while it is owed; it has an owner, a due
 * time and a ladder like any other wait (S6).
 */
export interface OutsideWork {
  readonly title: string;
  readonly role: string;
  /** Counted from now; by the role when absent. */
  readonly within?: Duration;
  readonly ladder?: string;
  readonly says?: string;
}

/**
 * While a task of that name is open no second one is made and nobody is told again: a message that cannot be sent would
 * breed itself.
 */
export function askAPerson(draft: Draft, task: string, work: OutsideWork): undefined {
  const id = outside(task);
  if (draft.state.tasks[id]?.status === 'requested') return;
  const { title, role, says = title, ladder = draft.pathway.defaultLadder } = work;
  openTask(draft, id, { title, role, belongsTo: OUTSIDE, ladder, dueAt: dueOf(draft, work) });
  tell(draft, { roles: [role], subject: title, says, level: 1 });
}

function dueOf(draft: Draft, { role, within }: OutsideWork): Instant {
  const { waits } = draft.pathway.clinic;
  return dueAfter(
    draft.pathway,
    draft.now,
    within ?? (role === CLINICAL_LEAD ? waits.deviation : waits.failure),
  );
}

export const outside = (task: string): string => `${OUTSIDE}/${task}`;
