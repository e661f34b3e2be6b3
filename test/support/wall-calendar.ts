import type { Duration } from '../../src/core/model/primitives.schema.ts';

/**
 * The calendar on the wall, for a second opinion: by Intl and UTC dates, and without one line of the core's.
 */
const formats = new Map<string, Intl.DateTimeFormat>();
const days = new Map<string, string>();

/** The day on the calendar on the wall. */
export function dayOn(instant: string, zone: string): string {
  const known = days.get(instant + zone);
  if (known) return known;
  let format = formats.get(zone);
  if (!format) {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, ...parts });
    formats.set(zone, format);
  }
  const day = format.format(new Date(instant));
  if (days.size > 50_000) days.clear();
  days.set(instant + zone, day);
  return day;
}

const beginnings = new Map<string, string>();

const MINUTE = 60_000;

/** The first instant at which the calendar on the wall shows the day: clocks are set by whole minutes. */
export function beginningOf(day: string, zone: string): string {
  const key = `${zone} ${day}`;
  const known = beginnings.get(key);
  if (known) return known;
  const utc = Date.parse(`${day}T00:00:00.000Z`) / MINUTE;
  let low = utc - 30 * 60;
  let high = utc + 30 * 60;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (dayOn(new Date(middle * MINUTE).toISOString(), zone) >= day) high = middle;
    else low = middle;
  }
  const beginning = new Date(high * MINUTE).toISOString();
  if (beginnings.size > 50_000) beginnings.clear();
  beginnings.set(key, beginning);
  return beginning;
}

const laterDays = new Map<string, string>();

/** A date and a duration of days; a day that does not exist becomes the first of the next month. */
export function daysLater(day: string, by: Duration): string {
  const key = `${day} ${by.count} ${by.unit}`;
  const known = laterDays.get(key);
  if (known) return known;
  const later = workedOut(day, by);
  if (laterDays.size > 50_000) laterDays.clear();
  laterDays.set(key, later);
  return later;
}

function workedOut(day: string, { count, unit }: Duration): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const months = unit === 'month' ? count : unit === 'year' ? 12 * count : 0;
  const days = unit === 'day' ? count : unit === 'week' ? 7 * count : 0;
  const landed = new Date(Date.UTC(year, month - 1 + months, date + days));
  if (months > 0 && landed.getUTCDate() !== date) landed.setUTCDate(1);
  return landed.toISOString().slice(0, 10);
}

export const shifted = (instant: string, milliseconds: number): string =>
  new Date(Date.parse(instant) + milliseconds).toISOString();

const MILLISECONDS = { minute: 60_000, hour: 3_600_000 } as const;

/** The first instant at which something seen is older than `limit`. */
export function tooOldFrom(seenAt: string, limit: Duration | undefined, zone: string): string {
  if (!limit) return '9999';
  if (limit.unit === 'minute' || limit.unit === 'hour')
    return shifted(seenAt, limit.count * MILLISECONDS[limit.unit]);
  const last = daysLater(dayOn(seenAt, zone), limit);
  return beginningOf(daysLater(last, { count: 1, unit: 'day' }), zone);
}
