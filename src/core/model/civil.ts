import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate } from './primitives.schema.ts';

/**
 * Dates and instants as whole numbers and back: days and milliseconds since 1970-01-01 UTC. What Temporal answers, in
 * a twentieth of its time; what is not in the one form that plans keep goes to Temporal itself.
 */

export const DAY_MS = 86_400_000;

const PLAIN_DATE = /^\d{4}-\d\d-\d\d$/;
const PLAIN_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** A day of the Gregorian calendar; months and days count from 1. */
interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** @throws RangeError when there is no such day */
export function civilOf(date: LocalDate): Civil {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8));
  const isPlain = PLAIN_DATE.test(date) && day >= 1 && day <= daysIn(year, month);
  return isPlain ? { year, month, day } : Temporal.PlainDate.from(date);
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** 0 of a month that there is not. */
export const daysIn = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (MONTHS[month - 1] ?? 0);
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Years of four digits as they are, others as ISO 8601 expands them. */
export function dateOf({ year, month, day }: Civil): LocalDate {
  const isExpanded = year < 0 || year > 9999;
  const sign = year < 0 ? '-' : '+';
  const text = isExpanded ? sign + String(Math.abs(year)).padStart(6, '0') : String(year).padStart(4, '0');
  return `${text}-${two(month)}-${two(day)}`;
}

const two = (count: number): string => (count < 10 ? `0${count}` : `${count}`);

const ERA_DAYS = 146_097;
/** From 0000-03-01 on: a year that begins in March has its leap day last. */
const MARCH_EPOCH = 719_468;

/** Days since 1970-01-01. */
export function dayNumberOf(date: LocalDate): number {
  const { year, month, day } = civilOf(date);
  const years = month > 2 ? year : year - 1;
  const inYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return 365 * years + leaps + inYear - MARCH_EPOCH;
}

export function dateOfDay(dayNumber: number): LocalDate {
  const days = dayNumber + MARCH_EPOCH;
  const era = Math.floor(days / ERA_DAYS);
  const inEra = days - era * ERA_DAYS;
  const years = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const inYear = inEra - (365 * years + Math.floor(years / 4) - Math.floor(years / 100));
  const fromMarch = Math.floor((5 * inYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const day = inYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  return dateOf({ year: years + 400 * era + (month <= 2 ? 1 : 0), month, day });
}

/** Milliseconds since 1970-01-01 UTC. */
export function epochMsOf(instant: Instant): number {
  if (!PLAIN_INSTANT.test(instant)) return Temporal.Instant.from(instant).epochMilliseconds;
  const hours = Number(instant.slice(11, 13));
  const minutes = 60 * hours + Number(instant.slice(14, 16));
  const ofDay = 60_000 * minutes + Number(instant.slice(17, 19)) * 1000 + Number(instant.slice(20, 23));
  return dayNumberOf(instant.slice(0, 10)) * DAY_MS + ofDay;
}

/** In the one form that plans keep. */
export function instantAt(epochMs: number): Instant {
  const day = Math.floor(epochMs / DAY_MS);
  const ofDay = epochMs - day * DAY_MS;
  const seconds = Math.floor(ofDay / 1000);
  const minutes = Math.floor(seconds / 60);
  const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}`;
  return `${dateOfDay(day)}T${time}.${String(ofDay % 1000).padStart(3, '0')}Z`;
}
