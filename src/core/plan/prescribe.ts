import type { EventOf } from '../model/event.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { type Draft, write } from './draft.ts';
import { moveChart } from './phases.ts';
import { programmeOf } from './programme.ts';
import { type Refusal, refuse } from './refusal.ts';

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

/** Whatever is asked of it: to carry it out takes a plan of its own. */
export function refusePrescribed({ event, pathway, state }: Draft): Refusal {
  const says = `${state.planId} is prescribed only: nothing of it is carried out here.`;
  return refuse('CC3003', `${event.type} is not for a plan that is prescribed only.`, [
    {
      invariant: 'phase',
      says,
      clears: [[{ kind: 'event', type: 'startPlan', needs: pathway.id, role: COORDINATOR }]],
    },
  ]);
}
