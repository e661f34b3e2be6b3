import { type EventOf, isRequest, type PlanEventType } from '../model/event.schema.ts';
import { Defect } from '../model/failure.ts';
import { homeOf } from '../pathway/chart.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { recordAdherence } from './adherence.ts';
import { adoptVersion } from './adopt-version.ts';
import { returnToCourse } from './after-exit.ts';
import { answerQuestion } from './answers.ts';
import { bookAppointment, cancelBooking, recordBooking } from './bookings.ts';
import { completeTask } from './completions.ts';
import { recordConsent, withdrawConsent } from './consent.ts';
import { correctFact, withdrawFact } from './corrections.ts';
import type { Draft } from './draft.ts';
import { leaveCourse } from './exits.ts';
import { recordHistory } from './history.ts';
import { along, type Line, lineOfQuestion } from './lines.ts';
import { recordMissed } from './missed.ts';
import { recordObservations } from './observations.ts';
import { askAPerson } from './outside.ts';
import { countersignOverride, grantOverride, revokeOverride } from './overrides.ts';
import { recordBarrier, statePriority } from './patient-goals.ts';
import { recordPayment } from './payments.ts';
import { moveChart } from './phases.ts';
import { startPrep, startProcedure } from './prep.ts';
import { type Refusal, refuseOver } from './refusal.ts';
import { releaseHold } from './releases.ts';
import { revisePlan } from './revise.ts';
import { isCourseOver, stopTracks } from './running-tracks.ts';
import { recordNotPerformed, withdrawReport } from './take-back.ts';
import { takeReport } from './take-report.ts';

/** Takes an admitted event into the draft, or refuses it with every reason. */
export function apply(draft: Draft): Refusal | undefined {
  if (isTooLate(draft)) return refuseOver(draft);
  const of = lineOf(draft);
  return of ? along(draft, of.line, () => applyTo(draft)) : applyTo(draft);
}

/** What is open after the end of a course is answered, signed and revoked still; nothing else is asked of it. */
const isTooLate = ({ event, pathway, state }: Draft): boolean =>
  isRequest(event) && !OF_WHAT_IS_OPEN.has(event.type) && isCourseOver(pathway, state);

const OF_WHAT_IS_OPEN: ReadonlySet<PlanEventType> = new Set([
  'decide',
  'releaseHold',
  'countersignOverride',
  'revokeOverride',
]);

/** The line that an event is about; undefined: the plan as a whole. */
function lineOf({ pathway, state, event }: Draft): { readonly line: Line } | undefined {
  switch (event.type) {
    case 'procedure.performed':
    case 'procedure.notPerformed':
    case 'report.withdrawn':
    case 'appointment.booked':
    case 'appointment.cancelled':
    case 'appointment.missed':
    case 'bookAppointment':
    case 'startPrep':
    case 'startProcedure':
    case 'grantOverride':
      return { line: pathway.trackOf(event.data.stage) };
    case 'releaseHold':
      return { line: pathway.trackOf(state.holds[event.data.hold]?.stage ?? '') };
    case 'countersignOverride':
    case 'revokeOverride':
      return { line: pathway.trackOf(state.overrides[event.data.override]?.stage ?? '') };
    case 'decide':
      return { line: lineOfQuestion(pathway, state, event.data.question) };
    case 'leaveCourse':
    case 'returnToCourse':
      return { line: undefined };
    default:
      return undefined;
  }
}

function applyTo(draft: Draft, event = draft.event): Refusal | undefined {
  switch (event.type) {
    case 'startPlan':
    case 'wake':
      throw new Defect(`${event.type} is taken by the step itself`);
    case 'observation.recorded':
      return recordObservations(draft, event);
    case 'fact.corrected':
      return correctFact(draft, event);
    case 'fact.withdrawn':
      return withdrawFact(draft, event);
    case 'history.recorded':
      return recordHistory(draft, event);
    case 'adherence.recorded':
      return recordAdherence(draft, event);
    case 'task.completed':
      return completeTask(draft, event);
    case 'consent.recorded':
      return recordConsent(draft, event);
    case 'consent.withdrawn':
      return withdrawConsent(draft, event);
    case 'procedure.performed':
      return takeReport(draft, event);
    case 'procedure.notPerformed':
      return recordNotPerformed(draft, event);
    case 'report.withdrawn':
      return withdrawReport(draft, event);
    case 'appointment.booked':
      return recordBooking(draft, event);
    case 'appointment.cancelled':
      return cancelBooking(draft, event);
    case 'appointment.missed':
      return recordMissed(draft, event);
    case 'priority.stated':
    case 'barrier.recorded':
      return event.type === 'priority.stated' ? statePriority(draft, event) : recordBarrier(draft, event);
    case 'startPrep':
      return startPrep(draft, event);
    case 'bookAppointment':
      return bookAppointment(draft, event);
    case 'leaveCourse':
      return leaveCourse(draft, event);
    case 'returnToCourse':
      return returnToCourse(draft, event);
    case 'startProcedure':
      return startProcedure(draft, event);
    case 'cancelPlan':
      return cancelPlan(draft);
    case 'releaseHold':
      return releaseHold(draft, event);
    case 'grantOverride':
      return grantOverride(draft, event);
    case 'countersignOverride':
      return countersignOverride(draft, event);
    case 'revokeOverride':
      return revokeOverride(draft, event);
    case 'decide':
      return answerQuestion(draft, event);
    case 'revisePlan':
      return revisePlan(draft, event);
    case 'adoptVersion':
      return adoptVersion(draft, event);
    case 'payment.arranged':
    case 'payment.settled':
    case 'payment.failed':
      return recordPayment(draft, event);
    case 'otherPlans.changed':
      return undefined;
    case 'effect.failed':
    case 'message.refused':
      return askAboutFailure(draft, event);
  }
}

/** What could not be done outside, and what came in and could not be read. */
function askAboutFailure(
  draft: Draft,
  { type, data }: EventOf<'effect.failed' | 'message.refused'>,
): undefined {
  const [task, what] =
    type === 'effect.failed'
      ? [`failed-${data.kind === 'charge' ? nameOf(data.effect) : data.kind}`, `Could not ${data.kind}`]
      : ['unreadable-message', 'A message was not taken'];
  askAPerson(draft, task, { title: `${what}: ${data.detail}`, role: COORDINATOR });
}

/** Each charge that the payment service could not be asked for is somebody's to see to. */
const nameOf = (effect: string): string => effect.slice(effect.indexOf('/') + 1).replaceAll('/', '-');

/** The course, or what runs beside one that has come to its end. */
function cancelPlan(draft: Draft): undefined {
  const { pathway, state } = draft;
  if (!pathway.chart.isFinal(homeOf(state))) {
    along(draft, undefined, () => moveChart(draft, { type: 'plan.cancelled' }));
    return;
  }
  stopTracks(draft);
}
