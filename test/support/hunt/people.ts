import { actor } from '../plan.ts';

export const dermatologist = actor('dermatologist-1', 'dermatologist');
export const lead = actor('lead-1', 'clinical-lead');
/** Signs for either, and so must not sign twice. */
export const both = actor('chief-1', 'dermatologist', 'clinical-lead');
export const guardian = actor('parent-1', 'guardian');
