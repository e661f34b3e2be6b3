import { CLINICAL_LEAD } from '../pathway/roles.ts';
import { type Draft, write } from './draft.ts';
import type { Reason } from './outcome.schema.ts';
import { askAPerson, outside } from './outside.ts';

/** Something was done otherwise than the pathway allows: recorded with every reason, and looked at by the lead. */
export function raiseDeviation(draft: Draft, says: string, reasons: readonly Reason[]): void {
  write(draft, { kind: 'deviation.raised', says, details: { reasons } });
  const { sequence, tasks } = draft.state;
  const name = `deviation-${sequence}`;
  let at = 1;
  const numbered = (): string => (at === 1 ? name : `${name}-${at}`);
  while (Object.hasOwn(tasks, outside(numbered()))) at += 1;
  askAPerson(draft, numbered(), { title: `Protocol deviation: ${says}`, role: CLINICAL_LEAD });
}
