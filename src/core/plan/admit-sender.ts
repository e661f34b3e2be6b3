import type { PlanEvent } from '../model/event.schema.ts';
import { observationsMeant } from './admit-observation.ts';
import { type Border, isStaff, type Rejection } from './border.ts';

/**
 * Who may state what. Staff state facts of any kind. A service states what the clinic's file registers it for. A
 * patient, or whoever speaks for one, states what they have seen themselves, does the tasks of their own role, and
 * gives and withdraws consent, cancels an appointment, and says how they pay; they take back only what they have stated, attest no history
 * and report neither procedures nor appointments.
 */
export function admitSender(event: PlanEvent, border: Border): Rejection | undefined {
  if (isPlansOwn(event)) return undefined;
  if (isStaff(event.actor)) return undefined;
  return event.actor.roles.includes('service')
    ? (admitService(event, border) ?? admitOwn(event, border))
    : (admitPatient(event, border) ?? admitOwn(event, border));
}

/** Only the plan's own workflow makes them. */
export const isPlansOwn = ({ type }: PlanEvent): boolean =>
  type === 'wake' || type === 'effect.failed' || type === 'message.refused' || type === 'otherPlans.changed';

function admitService({ actor, source, type }: PlanEvent, { pathway }: Border): Rejection | undefined {
  const registered = pathway.clinic.sources.find((one) => one.source === actor.id);
  return registered && source === actor.id && registered.states.includes(type)
    ? undefined
    : { code: 'CC2018', says: `The clinic has not registered ${actor.id} to send ${type} as ${source}.` };
}

function admitPatient(event: PlanEvent, { state }: Border): Rejection | undefined {
  const { actor, type } = event;
  const no = (what: string): Rejection => ({
    code: 'CC2018',
    says: `${what}; ${actor.id} is ${actor.roles.join(', ')}.`,
  });
  if (state && actor.roles.every((role) => role === 'patient') && actor.id !== state.patient)
    return { code: 'CC2018', says: `This is not the plan of ${actor.id}.` };
  switch (event.type) {
    case 'task.completed': {
      const task = Object.hasOwn(state?.tasks ?? {}, event.data.task)
        ? state?.tasks[event.data.task]
        : undefined;
      return !task || actor.roles.includes(task.role) ? undefined : no(`This is a task of the ${task.role}`);
    }
    case 'consent.recorded':
      return actor.roles.includes(event.data.by) ? undefined : no(`This is signed by the ${event.data.by}`);
    case 'history.recorded':
      return event.data.isComplete ? no('That the history is complete is attested by staff') : undefined;
    case 'procedure.performed':
    case 'procedure.notPerformed':
    case 'report.withdrawn':
    case 'appointment.booked':
    case 'appointment.missed':
    case 'payment.settled':
    case 'payment.failed':
      return no(`${type} is reported by staff`);
    default:
      return undefined;
  }
}

/** What somebody else stated is not theirs to take back. */
function admitOwn(event: PlanEvent, { pathway, state }: Border): Rejection | undefined {
  if ((event.type !== 'fact.corrected' && event.type !== 'fact.withdrawn') || !state) return undefined;
  const { actor, data } = event;
  const others = observationsMeant(pathway, state, data).filter((one) => one.actor !== actor.id);
  return others.length === 0
    ? undefined
    : { code: 'CC2018', says: `${actor.id} did not state this ${data.fact}, and may not take it back.` };
}
