import { addDays, addToDate, localDateOf, startOfDay } from '../model/calendar.ts';
import type { EventOf } from '../model/event.schema.ts';
import type { Duration, Instant } from '../model/primitives.schema.ts';
import { placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import type { Draft } from './draft.ts';
import { shortestFor } from './figures.ts';
import { onEachLine } from './lines.ts';
import type { Reason } from './outcome.schema.ts';
import { askAPerson } from './outside.ts';
import type { ConsentRecord, PlanState } from './plan-state.schema.ts';
import { BIRTH, type Consented, isConsented, signerOf } from './signer.ts';

/**
 * S1: consent to this procedure stands: signed by whoever signs it on that day, not withdrawn, not expired, not used up.
 */
export function consentReasons(
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): Reason[] {
  if (!isConsented(stage)) return [];
  const consented = forPlan(pathway, state, stage);
  const { form } = stage.consent;
  const signer = signerOf(pathway, state, stage, now);
  if ('unknown' in signer) {
    const says = `Whose signature ${form} needs is not known: ${BIRTH} is ${signer.unknown}.`;
    return [{ invariant: 'S1', says, clears: signer.clears }];
  }
  const { by } = signer;
  const ofForm = state.consents.filter((consent) => consent.form === form);
  const given = ofForm.filter((consent) => consent.by === by);
  if (given.some((consent) => isValid(consent, consented, { now, zone: pathway.zone }))) return [];
  const needs = `${form}, signed by the ${by}`;
  const isOthers = given.length === 0 && ofForm.length > 0;
  const why = isOthers
    ? `needs the signature of the ${by} on this day`
    : whyNot(given.at(-1), stage, pathway.zone);
  return [
    {
      invariant: 'S1',
      says: `Consent ${form} ${why}.`,
      clears: [[{ kind: 'event', type: 'consent.recorded', needs, role: by }]],
    },
  ];
}

function whyNot(last: ConsentRecord | undefined, stage: Consented, zone: string): string {
  if (!last) return 'has not been signed';
  if (last.withdrawnAt !== undefined && last.signedOn === localDateOf(last.withdrawnAt, zone))
    return 'has been withdrawn on the day on which it was signed; signed again on that day, say at what time';
  if (last.withdrawnAt !== undefined) return 'has been withdrawn';
  return isUsedUp(last, stage) ? `was for one procedure, and ${last.usedFor} was it` : 'has expired';
}

const isUsedUp = ({ usedFor }: ConsentRecord, { consent }: Pick<Consented, 'consent'>): boolean =>
  consent.covers === 'one procedure' && usedFor !== undefined;

/** How long it holds good may differ from patient to patient. */
const forPlan = (pathway: Pathway, state: PlanState, { consent }: Consented): Lasting => ({
  consent: { ...consent, lasts: shortestFor(pathway, state, consent.lasts) },
});

interface Lasting {
  readonly consent: Consented['consent'] & { readonly lasts: Duration };
}

function isValid(
  consent: ConsentRecord,
  stage: Lasting,
  { now, zone }: { now: Instant; zone: string },
): boolean {
  return consent.withdrawnAt === undefined && !isUsedUp(consent, stage) && now < endOf(consent, stage, zone);
}

/** Valid through the last day of its duration. */
const endOf = (consent: ConsentRecord, stage: Lasting, zone: string): Instant =>
  startOfDay(addDays(addToDate(consent.signedOn, stage.consent.lasts), 1), zone);

/** The instants at which a consent that is valid now ends, or another has to sign: a gate's answer changes there. */
export function consentExpiries(
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): Instant[] {
  if (!isConsented(stage)) return [];
  const signer = signerOf(pathway, state, stage, now);
  const consented = forPlan(pathway, state, stage);
  const comesOfAge = signer.until === undefined ? [] : [signer.until];
  const ends = state.consents
    .filter(({ form, withdrawnAt }) => form === stage.consent.form && withdrawnAt === undefined)
    .map((consent) => endOf(consent, consented, pathway.zone));
  return [...ends, ...comesOfAge].filter((at) => at > now);
}

/**
 * A form signed before its withdrawal opens nothing, however late it comes. One of the very day of the withdrawal
 * counts as given again only if it says at what time it was signed. The same person's signature of one day is one,
 * whoever tells of it: told twice, it is no consent to two procedures.
 */
export function recordConsent(draft: Draft, { data, time }: EventOf<'consent.recorded'>): undefined {
  const withdrawnAt = draft.state.withdrawals[data.form];
  const isAgain =
    withdrawnAt === undefined ||
    data.signedOn > dayOf(draft, withdrawnAt) ||
    (time !== undefined && time >= withdrawnAt && data.signedOn === dayOf(draft, withdrawnAt));
  const isKnown = draft.state.consents.some(
    (one) => isSameSignature(one, data) && (one.withdrawnAt === undefined || !isAgain),
  );
  if (isKnown) return;
  const consent = isAgain ? { ...data } : { ...data, withdrawnAt };
  draft.state = { ...draft.state, consents: [...draft.state.consents, consent] };
}

const isSameSignature = (one: ConsentRecord, { form, by, signedOn }: typeof one): boolean =>
  one.form === form && one.by === by && one.signedOn === signedOn;

/** Ends every consent signed until then; one signed on a later day was given again. */
export function withdrawConsent(draft: Draft, { data, time }: EventOf<'consent.withdrawn'>): undefined {
  endConsents(draft, { form: data.form, at: time !== undefined && time < draft.now ? time : draft.now });
}

/** Whoever is before the gate, or behind it, hears of it. */
export function endConsents(
  draft: Draft,
  { form, at }: { readonly form: string; readonly at: Instant },
): void {
  const day = dayOf(draft, at);
  const consents = draft.state.consents.map((consent) =>
    consent.form === form && consent.withdrawnAt === undefined && consent.signedOn <= day
      ? { ...consent, withdrawnAt: at }
      : consent,
  );
  const before = draft.state.withdrawals[form];
  const last = before !== undefined && before > at ? before : at;
  draft.state = { ...draft.state, consents, withdrawals: { ...draft.state.withdrawals, [form]: last } };
  onEachLine(draft, () => tellWhoeverIsAtIt(draft, form));
}

/** The gate has opened on it: whoever is about to begin has to know. */
function tellWhoeverIsAtIt(draft: Draft, form: string): void {
  const { phase, stage: name } = placeOf(draft.state.chart);
  const stage = phase === 'procedure' ? draft.pathway.stage(name ?? '') : undefined;
  if (stage?.consent?.form !== form) return;
  const title = `${stage.title} must not begin: consent ${form} has been withdrawn`;
  askAPerson(draft, `withdrawn-${form}`, { title, role: COORDINATOR });
}

/** What was used for a stage is free again, and used anew by what is still known to have been performed. */
export function useConsentsAnew(draft: Draft, stage: StageDefinition): void {
  const consents = draft.state.consents.map(({ usedFor, ...consent }) =>
    usedFor === undefined || usedFor === stage.stage ? consent : { ...consent, usedFor },
  );
  draft.state = { ...draft.state, consents };
  for (const { stage: of, performedOn } of draft.state.performed)
    if (of === stage.stage) useConsent(draft, stage, performedOn);
}

/** A consent to one procedure is used up by it: of those valid on its day, the one that would end first. */
export function useConsent(draft: Draft, stage: StageDefinition, performedOn: string): void {
  if (!isConsented(stage)) return;
  const { form, covers } = stage.consent;
  if (covers !== 'one procedure') return;
  const { consents } = draft.state;
  const { zone } = draft.pathway;
  const day = startOfDay(performedOn, zone);
  const consented = forPlan(draft.pathway, draft.state, stage);
  const signer = signerOf(draft.pathway, draft.state, stage, day);
  const [used] = consents
    .filter(
      (one) =>
        one.form === form &&
        ('unknown' in signer || one.by === signer.by) &&
        one.signedOn <= performedOn &&
        isValid(one, consented, { now: day, zone }),
    )
    .toSorted((one, other) => (one.signedOn < other.signedOn ? -1 : 1));
  if (!used) return;
  const after = consents.map((one) => (one === used ? { ...one, usedFor: stage.stage } : one));
  draft.state = { ...draft.state, consents: after };
}

const dayOf = ({ pathway }: Draft, at: Instant): string => localDateOf(at, pathway.zone);
