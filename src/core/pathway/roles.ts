/** Roles that every clinic has: the one who moves a plan on, and the one who hears when it left the pathway. */
export const COORDINATOR = 'coordinator';
export const CLINICAL_LEAD = 'clinical-lead';
export const GUARDIAN = 'guardian';
/** Speak for themselves or their child; they state facts and make no requests of a clinician's. */
export const PATIENT_ROLES: readonly string[] = ['patient', GUARDIAN];
/** The first of these roles that is the clinic's own; what a patient says somebody has to write down. */
export const staffOf = (roles: readonly string[]): string =>
  roles.find((role) => !PATIENT_ROLES.includes(role)) ?? COORDINATOR;
export const SERVICE = 'service';
