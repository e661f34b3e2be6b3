import type { EventOf } from '../model/event.schema.ts';
import { type Draft, write } from './draft.ts';
import { moveChart } from './phases.ts';
import { programmeOf } from './programme.ts';

/**
 * A plan that is prescribed only: its pathway, areas and figures are pinned, what they come to for this patient is written
 * down once, and nothing of it is carried out here. It has no phase, and no work, question, hold or deadline; facts that
 * reach it are kept as by any plan that is over.
 */
export function prescribe(draft: Draft, data: EventOf<'startPlan'>['data']): void {
  const { title, version } = draft.pathway;
  write(draft, { kind: 'plan.prescribed', says: `Prescribed ${title} ${version}`, details: { ...data } });
  for (const { says, ...details } of programmeOf(draft))
    write(draft, { kind: 'programme.prescribed', says, details });
  moveChart(draft, { type: 'plan.prescribed' });
}
