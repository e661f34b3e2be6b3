import type { Actor } from '../core/model/actor.schema.ts';
import { Failure } from '../core/model/failure.ts';
import { PATIENT_ROLES } from '../core/pathway/roles.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';

const isPatientOnly = ({ roles }: Actor): boolean => roles.every((role) => PATIENT_ROLES.includes(role));

/** Who works here sees the clinic's plans; a patient is told neither of them nor that they are there. */
export function assertReadsAll(actor: Actor): void {
  if (isPatientOnly(actor))
    throw new Failure('CC2018', `This is for staff; ${actor.id} is ${actor.roles.join(', ')}.`);
}

export const mayRead = (actor: Actor, { patient }: Pick<PlanState, 'patient'>): boolean =>
  !isPatientOnly(actor) || actor.id === patient;
