import { endOfDay, shiftWorkingDays } from '../model/calendar.ts';
import type { Instant, LocalDate } from '../model/primitives.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';

/** By the end of the next working day after an appointment somebody has reported on it. */
export const reportedBy = ({ defaultCalendar, zone }: Pathway, on: LocalDate): Instant =>
  endOfDay(shiftWorkingDays(on, 1, defaultCalendar), zone);
