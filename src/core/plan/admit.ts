import { addToDate, localDateOf } from '../model/calendar.ts';
import type { EventOf, PlanEvent } from '../model/event.schema.ts';
import { LIMITS } from '../model/limits.ts';
import type { LocalDate } from '../model/primitives.schema.ts';
import { sessionsIn } from '../pathway/pathway.ts';
import { GUARDIAN } from '../pathway/roles.ts';
import { admitGoal } from './admit-goal.ts';
import { admitDays, admitHistory } from './admit-history.ts';
import { admitCorrection, admitObservations, admitWithdrawal } from './admit-observation.ts';
import { admitPast, cameWithPlan } from './admit-past.ts';
import { admitPayment, admitReference, chargeExists } from './admit-payment.ts';
import { admitChoiceOfAreas, admitSignature, questionExists } from './admit-request.ts';
import { admitSender } from './admit-sender.ts';
import { admitVersion } from './admit-version.ts';
import {
  type Border,
  inFuture,
  isAhead,
  isStaff,
  listed,
  notInFuture,
  overLimit,
  type Rejection,
} from './border.ts';
import { admitRevision } from './revise.ts';
import { admitFigures } from './set-figures.ts';
import { isOverSize, mayAlways } from './size.ts';
import { definitionOf } from './tasks.ts';

/**
 * Checks what a schema cannot know: that the named things exist in this plan, that units and ranges are the
 * catalogue's, that nothing lies in the future, and that the sender may send it.
 * @returns the first problem; undefined when the event can be taken
 */
export function admit(event: PlanEvent, border: Border): Rejection | undefined {
  if (isAhead(event.time, border)) return inFuture(`time ${event.time}`, border);
  const isService = border.pathway.clinic.sources.some(({ source }) => source === event.source);
  if (isService && event.actor.id !== event.source) {
    return { code: 'CC2018', says: `${event.source} is a service; ${event.actor.id} may not speak for it.` };
  }
  return (
    cameWithPlan(event, border) ?? mayBe(event, border) ?? admitSender(event, border) ?? fits(event, border)
  );
}

const fits = (event: PlanEvent, { state }: Border): Rejection | undefined =>
  state && !mayAlways(event) && isOverSize(state, event)
    ? { code: 'CC4004', says: `The plan keeps at most ${LIMITS.stateBytes} bytes, and is at its limit.` }
    : undefined;

/** Whether what is said can be so, whoever says it. */
function mayBe(event: PlanEvent, border: Border): Rejection | undefined {
  switch (event.type) {
    case 'observation.recorded':
      return admitObservations(event, border);
    case 'fact.corrected':
      return admitCorrection(event, border);
    case 'fact.withdrawn':
      return admitWithdrawal(event.data, border);
    case 'history.recorded':
      return admitHistory(event, border);
    case 'adherence.recorded':
      return admitAdherence(event.data, border);
    case 'task.completed':
      return admitCompletion(event, border);
    case 'consent.recorded':
      return admitConsent(event, border);
    case 'consent.withdrawn':
      return formExists(event.data.form, border);
    case 'procedure.performed':
      return admitReport(event, border);
    case 'procedure.notPerformed':
      return stageExists(event.data.stage, border) ?? notInFuture('on', event.data.on, border);
    case 'report.withdrawn':
      return admitTakenBack(event, border);
    case 'appointment.booked':
      return admitDay(event.data, border);
    case 'appointment.missed':
      return admitDay(event.data, border) ?? notInFuture('on', event.data.on, border);
    case 'appointment.cancelled':
      return stageExists(event.data.stage, border);
    case 'priority.stated':
    case 'barrier.recorded':
      return admitGoal(event, border);
    case 'leaveCourse':
    case 'returnToCourse':
    case 'cancelPlan':
      return mayRequest(event);
    case 'bookAppointment':
      return mayRequest(event) ?? admitDay(event.data, border);
    case 'startPrep':
    case 'startProcedure':
      return mayRequest(event) ?? stageExists(event.data.stage, border);
    case 'startPlan':
      return (
        mayRequest(event) ??
        admitChoiceOfAreas(event.data.areas ?? {}, border) ??
        admitFigures(event.data.figures ?? {}, event.actor, border) ??
        admitPayment(event) ??
        admitPast(event, border)
      );
    case 'revisePlan':
      return mayRequest(event) ?? notForOneself(event, border) ?? admitRevision(event, border);
    case 'adoptVersion':
      return mayRequest(event) ?? notForOneself(event, border) ?? admitVersion(event, border);
    case 'releaseHold':
    case 'grantOverride':
    case 'countersignOverride':
    case 'revokeOverride':
      return mayRequest(event) ?? notForOneself(event, border) ?? admitSignature(event, border);
    case 'decide':
      return mayRequest(event) ?? notForOneself(event, border) ?? questionExists(event, border);
    case 'payment.arranged':
      return admitReference(event.data);
    case 'payment.settled':
    case 'payment.failed':
      return chargeExists(event.data.charge, border);
    case 'wake':
    case 'effect.failed':
    case 'message.refused':
    case 'otherPlans.changed':
      return undefined;
  }
}

const admitCompletion = (
  event: EventOf<'task.completed'> & PlanEvent,
  border: Border,
): Rejection | undefined =>
  Object.hasOwn(border.state?.tasks ?? {}, event.data.task)
    ? admitClearance(event, border)
    : unknownTask(event, border);

function admitAdherence(
  { care, from, to = from }: EventOf<'adherence.recorded'>['data'],
  border: Border,
): Rejection | undefined {
  const known = [...new Set(border.pathway.care.map((one) => one.care))];
  if (!known.includes(care))
    return { code: 'CC2060', says: `The pathway has no home care ${care}; it has: ${listed(known)}.` };
  if (to < from) return { code: 'CC2061', says: `${to} is before ${from}.` };
  return notInFuture('to', to, border);
}
const admitTakenBack = ({ data }: EventOf<'report.withdrawn'>, border: Border): Rejection | undefined =>
  stageExists(data.stage, border) ??
  sessionExists(data, border) ??
  notInFuture('performedOn', data.performedOn, border);

const admitDay = (
  { stage, on }: EventOf<'appointment.booked'>['data'],
  border: Border,
): Rejection | undefined => stageExists(stage, border) ?? admitAppointment(on, border);

function unknownTask({ data }: EventOf<'task.completed'>, { state }: Border): Rejection {
  const open = Object.entries(state?.tasks ?? {}).flatMap(([id, { status }]) =>
    status === 'requested' ? [id] : [],
  );
  return {
    code: 'CC2015',
    says: `The plan has no task ${data.task}; open are: ${listed(open)}.`,
  };
}

/** S5 rests on whoever clears a patient for anaesthesia: somebody of that task's own role, and never the patient. */
function admitClearance(
  { data, actor }: EventOf<'task.completed'> & PlanEvent,
  { pathway, state }: Border,
): Rejection | undefined {
  const task = definitionOf(pathway, data.task);
  if (task?.clears !== 'anaesthesia') return undefined;
  if (actor.id === state?.patient)
    return { code: 'CC2018', says: `${actor.id} is the patient of this plan, and clears nobody.` };
  return actor.roles.includes(task.role)
    ? undefined
    : { code: 'CC2018', says: `${task.title} is done by the ${task.role}; ${actor.id} is not.` };
}

function stageExists(stage: string, { pathway }: Border): Rejection | undefined {
  if (pathway.stage(stage)?.period)
    return { code: 'CC2065', says: `Nothing is performed in ${stage}: it goes on for its time.` };
  if (pathway.stage(stage)) return undefined;
  const stages = pathway.stages.map((one) => one.stage).join(', ');
  return { code: 'CC2016', says: `The pathway has no stage ${stage}; it has: ${stages}.` };
}

function sessionExists(
  { stage: name, session }: { readonly stage: string; readonly session?: string | undefined },
  { pathway }: Border,
): Rejection | undefined {
  const stage = pathway.stage(name);
  const listed = stage ? sessionsIn(stage).map((one) => one.session) : [];
  if (session === undefined || listed.includes(session)) return undefined;
  const has = listed.length === 0 ? 'its sessions are all alike' : `it has: ${listed.join(', ')}`;
  return { code: 'CC2016', says: `The stage ${name} has no session ${session}; ${has}.` };
}

function admitReport({ data }: EventOf<'procedure.performed'>, border: Border): Rejection | undefined {
  const missing = stageExists(data.stage, border) ?? sessionExists(data, border);
  if (missing) return missing;
  return (border.state?.performed.length ?? 0) >= LIMITS.reportsPerPlan
    ? overLimit('reports', LIMITS.reportsPerPlan)
    : admitDays(data, border);
}

/** An appointment of a plan lies within it, and not beyond what anybody books. */
function admitAppointment(on: LocalDate, { pathway, state, now }: Border): Rejection | undefined {
  const began = localDateOf(state?.startedAt ?? now, pathway.zone);
  const last = addToDate(localDateOf(now, pathway.zone), LIMITS.bookedAhead);
  if (on >= began && on <= last) return undefined;
  return {
    code: 'CC2031',
    says: `An appointment of this plan is between ${began} and ${last}, not on ${on}.`,
  };
}

const consentsIn = ({ stages }: Border['pathway']) => stages.flatMap(({ consent }) => consent ?? []);

function formExists(form: string, { pathway }: Border): Rejection | undefined {
  const forms = consentsIn(pathway).map((consent) => consent.form);
  if (forms.includes(form)) return undefined;
  return { code: 'CC2017', says: `The pathway has no consent form ${form}; it has: ${forms.join(', ')}.` };
}

function admitConsent({ data }: EventOf<'consent.recorded'>, border: Border): Rejection | undefined {
  const missing = formExists(data.form, border);
  if (missing) return missing;
  if ((border.state?.consents.length ?? 0) >= LIMITS.consentsPerPlan) {
    return overLimit('consents', LIMITS.consentsPerPlan);
  }
  const signers = consentsIn(border.pathway)
    .filter(({ form }) => form === data.form)
    .flatMap(({ by, orGuardianBelow }) => (orGuardianBelow ? [by, GUARDIAN] : [by]));
  if (!signers.includes(data.by)) {
    return {
      code: 'CC2017',
      says: `${data.form} is signed by the ${[...new Set(signers)].join(' or the ')}, not by ${data.by}.`,
    };
  }
  return notInFuture('signedOn', data.signedOn, border);
}

/** Nobody signs and decides on their own treatment, whatever else they are here. */
const notForOneself = ({ actor, type }: PlanEvent, { state }: Border): Rejection | undefined =>
  state && actor.id === state.patient
    ? { code: 'CC2018', says: `${actor.id} is the patient of this plan: ${type} is another person's.` }
    : undefined;

function mayRequest({ actor, type }: PlanEvent): Rejection | undefined {
  return isStaff(actor)
    ? undefined
    : {
        code: 'CC2018',
        says: `${type} is a request of the clinic's staff; ${actor.id} is ${actor.roles.join(', ')}.`,
      };
}
