import { endOfDay, shiftWorkingDays } from '../model/calendar.ts';
import type { Instant, LocalDate } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { stageNow } from './listed-sessions.ts';
import type { Booking, PlanState } from './plan-state.schema.ts';

/** By the end of the next working day after an appointment somebody has reported on it. */
export const reportedBy = ({ defaultCalendar, zone }: Pathway, on: LocalDate): Instant =>
  endOfDay(shiftWorkingDays(on, 1, defaultCalendar), zone);

/** The day that is booked for a stage, while the booking stands. */
export function bookedOn(
  { bookings }: Pick<PlanState, 'bookings'>,
  stage: string | undefined,
): LocalDate | undefined {
  const booking = stage !== undefined && Object.hasOwn(bookings, stage) ? bookings[stage] : undefined;
  return booking?.status === 'booked' ? booking.on : undefined;
}

/**
 * The bookings that nothing has ended, each with its stage as the session has it that is booked.
 */
export const standingBookings = (pathway: Pathway, state: PlanState): [StageDefinition, Booking][] =>
  Object.entries(state.bookings).flatMap(([name, booking]): [StageDefinition, Booking][] => {
    const stage = booking.status === 'booked' ? stageNow(pathway, state, name) : undefined;
    return stage ? [[stage, booking]] : [];
  });
