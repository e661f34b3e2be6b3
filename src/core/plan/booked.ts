import type { EventOf } from '../model/event.schema.ts';
import type { Instant, LocalDate } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { type Draft, write } from './draft.ts';
import { askHoldsAgain } from './hold-owners.ts';
import { nextSession } from './listed-sessions.ts';
import type { Reason } from './outcome.schema.ts';
import { askAPerson, outside } from './outside.ts';
import type { Booking } from './plan-state.schema.ts';
import { cancelTask } from './tasks.ts';

/** What happens to a booking once it is there: made, moved, and ended in one of three ways. */

export function keepBooking(draft: Draft, stage: string, booking: Booking): void {
  draft.state = { ...draft.state, bookings: { ...draft.state.bookings, [stage]: booking } };
}

/** Made, or moved: another day is another booking. The same told again is the same. */
export function makeBooking(
  draft: Draft,
  stage: StageDefinition,
  { on, appointment }: EventOf<'bookAppointment'>['data'],
): void {
  const known = draft.state.bookings[stage.stage];
  const isSame = known?.status === 'booked' && known.on === on;
  if (isSame && (appointment === undefined || appointment === known.appointment)) return;
  dropMove(draft, stage.stage);
  keepBooking(draft, stage.stage, {
    on,
    ...(appointment === undefined ? {} : { appointment }),
    bookedAt: isSame ? known.bookedAt : saidAt(draft),
    by: draft.event.actor.id,
    status: 'booked',
    generation: (known?.generation ?? 0) + (isSame ? 0 : 1),
  });
  if (!isSame) askHoldsAgain(draft, stage.stage);
  const says = `${nextSession(draft.pathway, draft.state, stage)} is booked for ${on}`;
  write(draft, { kind: 'appointment.booked', says, details: { stage: stage.stage, on, appointment } });
}

/** When what is told of a booking was so, by whoever tells it. */
const saidAt = ({ event: { time }, now }: Draft): Instant => (time !== undefined && time < now ? time : now);

/** The booking that stands was made after what is told now: a calendar's messages may come out of their order. */
export const isSaidBefore = (draft: Draft, stage: string): boolean => {
  const booking = draft.state.bookings[stage];
  return booking?.status === 'booked' && saidAt(draft) < booking.bookedAt;
};

/** It was done: the appointment for it is over. One on a later day was not for this session. */
export function fulfilBooking(draft: Draft, stage: string, performedOn: LocalDate): void {
  const booking = draft.state.bookings[stage];
  if (booking?.status !== 'booked' || booking.on > performedOn) return;
  keepBooking(draft, stage, { ...booking, status: 'fulfilled' });
  dropMove(draft, stage);
}

/** @returns whether there was one */
export function endBooking(draft: Draft, stage: string, status: 'cancelled' | 'noshow'): boolean {
  const booking = draft.state.bookings[stage];
  if (booking?.status !== 'booked') return false;
  keepBooking(draft, stage, { ...booking, status });
  dropMove(draft, stage);
  askHoldsAgain(draft, stage);
  return true;
}

const moveOf = (stage: string): string => `move-${stage}`;

/** An appointment that stands in a calendar, and cannot be what the pathway asks for. */
export function askToMove(
  draft: Draft,
  stage: StageDefinition,
  { on, reasons }: { readonly on: LocalDate; readonly reasons: readonly Reason[] },
): void {
  const why = reasons.map(({ says }) => says).join(' ');
  const title = `Move the appointment for ${stage.title} on ${on}: ${why}`;
  askAPerson(draft, moveOf(stage.stage), { title, role: COORDINATOR });
}

/** Asked about this very booking, whatever has come of it. */
export function isAskedToMove({ state }: Draft, stage: string): boolean {
  const asked = state.tasks[outside(moveOf(stage))];
  const booking = state.bookings[stage];
  return asked !== undefined && booking !== undefined && asked.createdAt >= booking.bookedAt;
}

function dropMove(draft: Draft, stage: string): void {
  cancelTask(draft, outside(moveOf(stage)));
}
