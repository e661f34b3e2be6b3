import type { Duration } from '../../../src/core/model/primitives.schema.ts';
import { beginningOf, daysLater } from '../wall-calendar.ts';

export const nextDay = (day: string): string => daysLater(day, { count: 1, unit: 'day' });

/** The first instant after a day. */
export const afterDay = (day: string, zone: string): string => beginningOf(nextDay(day), zone);

/** The same many days, weeks, months or years the other way. */
export const daysBefore = (day: string, { count, unit }: Duration): string =>
  daysLater(day, { count: -count, unit });

/** Of two instants. */
export const laterOf = (one: string, other: string): string => [one, other].sort()[1] ?? other;
