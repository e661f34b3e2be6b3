import type { PlanEvent } from './event.schema.ts';

/** What an event is about, in a few words for the journal: names, never values. */
export function summaryOf(event: PlanEvent): string {
  const about = aboutOf(event);
  return about === '' ? `${event.type} from ${event.source}` : `${event.type} from ${event.source}: ${about}`;
}

function aboutOf(event: PlanEvent): string {
  switch (event.type) {
    case 'observation.recorded':
      return [...new Set(event.data.observations.map(sited))].join(', ');
    case 'fact.corrected':
    case 'fact.withdrawn':
      return `${sited(event.data)} of ${event.data.on}`;
    case 'task.completed':
      return event.data.task;
    case 'consent.recorded':
    case 'consent.withdrawn':
      return event.data.form;
    case 'adherence.recorded':
      return `${event.data.care}, ${event.data.from}`;
    case 'history.recorded':
      return [...new Set(event.data.procedures.map(({ procedure }) => procedure))].join(', ');
    case 'procedure.performed':
    case 'report.withdrawn': {
      const { stage, session, performedOn } = event.data;
      return [stage, ...(session === undefined ? [] : [session]), performedOn].join(', ');
    }
    case 'appointment.booked':
    case 'bookAppointment':
    case 'appointment.missed':
    case 'procedure.notPerformed':
      return `${event.data.stage}, ${event.data.on}`;
    case 'appointment.cancelled':
    case 'startPrep':
    case 'startProcedure':
      return event.data.stage;
    case 'releaseHold':
      return event.data.hold;
    case 'grantOverride':
      return `${event.data.rule}, ${event.data.stage}`;
    case 'countersignOverride':
    case 'revokeOverride':
      return event.data.override;
    case 'decide':
      return `${event.data.question}, ${event.data.outcome}`;
    case 'revisePlan':
      return [...new Set(event.data.changes.map(({ change }) => change))].join(', ');
    case 'priority.stated':
    case 'barrier.recorded':
      return event.data.goal;
    case 'leaveCourse':
      return event.data.exit;
    case 'payment.settled':
    case 'payment.failed':
      return event.data.charge;
    case 'adoptVersion':
      return event.data.pathway.version;
    default:
      return '';
  }
}

const sited = ({ fact, area }: { readonly fact: string; readonly area?: string | undefined }): string =>
  area === undefined ? fact : `${fact} of the ${area}`;
