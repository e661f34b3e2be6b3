import { CLINICAL_LEAD } from '../pathway/roles.ts';
import { type Draft, stepNumber, write } from './draft.ts';
import type { Reason } from './outcome.schema.ts';
import { askAPerson, outside } from './outside.ts';
import { keep } from './tasks.ts';

/** Why something is a deviation, in one word for whoever counts them. */
export type DeviationCause =
  | 'gate-not-opened'
  | 'gate-closed-that-day'
  | 'too-early'
  | 'evidence-changed'
  | 'needs-not-met'
  | 'out-of-order'
  | 'report-withdrawn'
  | 'not-chosen'
  | 'choice-against-table'
  | 'decided-against-table'
  | 'left-out';

export interface Deviation {
  readonly code: DeviationCause;
  readonly says: string;
  readonly reasons: readonly Reason[];
  /** What it is about: a stage and its day, a gate, a task. */
  readonly about: string;
}

/**
 * Something was done otherwise than the pathway allows: recorded with every reason, each time, and looked at by the
 * lead, once for what is still to be looked at.
 */
export function raiseDeviation(draft: Draft, { code, says, reasons, about }: Deviation): void {
  write(draft, { kind: 'deviation.raised', says, details: { code, about, reasons } });
  const { tasks } = draft.state;
  const subject = `${code}/${about}`;
  const isAsked = Object.values(tasks).some((one) => one.status === 'requested' && one.about === subject);
  if (isAsked) return;
  const name = `deviation-${stepNumber(draft.state)}`;
  let at = 1;
  const numbered = (): string => (at === 1 ? name : `${name}-${at}`);
  while (Object.hasOwn(tasks, outside(numbered()))) at += 1;
  askAPerson(draft, numbered(), { title: `Protocol deviation: ${says}`, role: CLINICAL_LEAD });
  const id = outside(numbered());
  const { [id]: task } = draft.state.tasks;
  if (task) keep(draft, id, { ...task, about: subject });
}
