import { addDays, addElapsed, addToDate, isElapsed, localDateOf, startOfDay } from '../model/calendar.ts';
import type { Duration, Instant } from '../model/primitives.schema.ts';

/**
 * The first instant at which something observed is too old: good through the last day of `goodFor`, counted in days;
 * to the minute when it is counted in hours.
 */
export function staleFrom(observedAt: Instant, goodFor: Duration, zone: string): Instant {
  if (isElapsed(goodFor)) return addElapsed(observedAt, goodFor);
  return startOfDay(addDays(addToDate(localDateOf(observedAt, zone), goodFor), 1), zone);
}
