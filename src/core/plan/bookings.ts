import type { EventOf } from '../model/event.schema.ts';
import type { Draft } from './draft.ts';
import type { Answer } from './outcome.schema.ts';

type Refusal = Extract<Answer, { outcome: 'refused' }>;

/** Asks for a day, and books it. */
export function bookAppointment(_draft: Draft, _event: EventOf<'bookAppointment'>): Refusal | undefined {
  return undefined;
}

/** An appointment stands in somebody's calendar, whatever its day. */
export function recordBooking(_draft: Draft, _event: EventOf<'appointment.booked'>): undefined {
  return undefined;
}

export function cancelBooking(_draft: Draft, _event: EventOf<'appointment.cancelled'>): undefined {
  return undefined;
}

/** As time passes: asks what became of an appointment that nobody has reported on. */
export function askAfterAppointments(_draft: Draft): void {}

/** The patient did not come: still owed, or passed over. */
export function recordMissed(_draft: Draft, _event: EventOf<'appointment.missed'>): undefined {
  return undefined;
}
