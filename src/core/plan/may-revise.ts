import type { Actor } from '../model/actor.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { CLINICAL_LEAD, PATIENT_ROLES } from '../pathway/roles.ts';
import type { Problem } from './revising.ts';

/**
 * Who may have a plan otherwise than its pathway, where the pathway names nobody for it: the clinical lead, and whoever
 * decides in this pathway, but for patients. A coordinator does where a decision is the coordinator's.
 */
export function mayRevise({ compiled }: Pathway, actor: Actor): readonly Problem[] {
  const deciders = compiled.decisions.flatMap(({ by }) => by.roles);
  const roles = [...new Set([CLINICAL_LEAD, ...deciders])].filter((role) => !PATIENT_ROLES.includes(role));
  if (actor.roles.some((role) => roles.includes(role))) return [];
  const says = `A plan is revised by the ${roles.join(' or the ')}; ${actor.id} is ${actor.roles.join(', ')}.`;
  return [{ code: 'CC2018', says }];
}
