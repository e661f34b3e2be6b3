import { addDays, addToDate, localDateOf, startOfDay } from '../model/calendar.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { judgeRule } from './holds.ts';
import { intervalReasons } from './intervals.ts';
import type { Reason } from './outcome.schema.ts';
import type { ConsentRecord, PlanState } from './plan-state.schema.ts';

/**
 * The gate into a stage's procedure. It is decided at one moment, from the rules themselves and never from what was
 * judged before, and gives every reason.
 *
 * S1: valid consent for this procedure. S2: every contraindication is known to be absent. S3: every interval is
 * kept.
 * @returns no reasons when the gate is open
 */
export function decideGate(
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): Reason[] {
  return [
    ...consentReasons(pathway, state, stage, now),
    ...contraindicationReasons(pathway, state, stage, now),
    ...intervalReasons(pathway, state, stage, now),
  ];
}

function consentReasons(pathway: Pathway, state: PlanState, stage: StageDefinition, now: Instant): Reason[] {
  const { form, by } = stage.consent;
  const given = state.consents.filter((consent) => consent.form === form && consent.by === by);
  const open = given.filter((consent) => isValidConsent(consent, stage, { now, zone: pathway.zone }));
  if (open.length > 0) return [];
  const last = given.at(-1);
  const why = !last ? 'has not been signed' : last.withdrawnAt ? 'has been withdrawn' : 'has expired';
  return [
    {
      invariant: 'S1',
      says: `Consent ${form} ${why}.`,
      clears: [
        [{ kind: 'event', type: 'consent.recorded', needs: `${form}, signed by the ${by}`, role: by }],
      ],
    },
  ];
}

function isValidConsent(
  consent: ConsentRecord,
  stage: StageDefinition,
  { now, zone }: { now: Instant; zone: string },
): boolean {
  return consent.withdrawnAt === undefined && now < consentEnds(consent, stage, zone);
}

/** Valid through the last day of its duration. */
const consentEnds = (consent: ConsentRecord, stage: StageDefinition, zone: string): Instant =>
  startOfDay(addDays(addToDate(consent.signedOn, stage.consent.lasts), 1), zone);

/** The instants at which a consent that is valid now ends: a gate's answer changes there. */
export function consentExpiries(
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): Instant[] {
  return state.consents
    .filter(({ form, withdrawnAt }) => form === stage.consent.form && withdrawnAt === undefined)
    .map((consent) => consentEnds(consent, stage, pathway.zone))
    .filter((ends) => ends > now);
}

function contraindicationReasons(
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): Reason[] {
  return pathway.contraindicationsOf(stage).flatMap((rule): Reason[] => {
    const finding = judgeRule(pathway, rule, state, now);
    if (finding.result === 'unmet') return [];
    const says =
      finding.result === 'met'
        ? `${rule.title}. ${rule.because}`
        : `${rule.title} cannot be ruled out: ${missing(finding.evidence)}.`;
    return [{ invariant: 'S2', says, finding, clears: finding.clears }];
  });
}

const missing = (evidence: readonly { fact: string; cause?: string | undefined }[]): string =>
  evidence
    .filter(({ cause }) => cause !== undefined)
    .map(({ fact, cause }) => `${fact} is ${cause}`)
    .join(', ');

/** The day of an instant in the clinic's zone. */
export const clinicDay = (pathway: Pathway, now: Instant): string => localDateOf(now, pathway.zone);
