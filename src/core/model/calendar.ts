import { Temporal } from 'temporal-polyfill';
import { civilOf, DAY_MS, dateOf, dateOfDay, dayNumberOf, daysIn, epochMsOf, instantAt } from './civil.ts';
import type { Duration, Instant, LocalDate } from './primitives.schema.ts';

/** Working time of a clinic: opening and closing by weekday (1 Monday to 7 Sunday), and days closed. */
export interface WorkingCalendar {
  readonly open: Readonly<Record<string, readonly [opens: string, closes: string] | undefined>>;
  readonly closed: readonly LocalDate[];
}

/** How many answers of one question about the calendar are kept, at about 150 bytes each. */
const MOST_KEPT = 20_000;

/**
 * The same question asked again of a zone gets the answer that it got: plans ask about the same days over and over, and
 * the calendar library takes a tenth of a millisecond each time. Sound, for a zone's rules do not change while a program
 * runs.
 */
function kept<Of, Answer>(answer: (of: Of, zone: string) => Answer): (of: Of, zone: string) => Answer {
  const answers = new Map<string, Map<Of, Answer>>();
  let size = 0;
  return (of, zone) => {
    const known = answers.get(zone)?.get(of);
    if (known !== undefined) return known;
    if (size >= MOST_KEPT) {
      answers.clear();
      size = 0;
    }
    const found = answer(of, zone);
    const asked = answers.get(zone) ?? new Map<Of, Answer>();
    answers.set(zone, asked.set(of, found));
    size += 1;
    return found;
  };
}

export const localDateOf: (instant: Instant, zone: string) => LocalDate = kept((instant, zone) => {
  const at = epochMsOf(instant);
  const offset = offsetThrough(Math.floor(at / DAY_MS), zone) ?? offsetAt(at, zone);
  return dateOfDay(Math.floor((at + offset) / DAY_MS));
});

/**
 * How far the wall clock is ahead all through a day of UTC, in milliseconds; null when it is set on that day: no zone
 * sets its clock and sets it back in one.
 */
const offsetThrough = kept((dayNumber: number, zone) => {
  const [first, last] = [dayNumber * DAY_MS, (dayNumber + 1) * DAY_MS - 1].map((at) => offsetAt(at, zone));
  return first !== undefined && first === last ? first : null;
});

const offsetAt = (epochMs: number, zone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;

/** What the clock on the wall of `zone` shows: `2026-03-02 09:30`. */
export const wallClockOf: (instant: Instant, zone: string) => string = kept((instant, zone) => {
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  return `${local.toPlainDate()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
});

/** First instant of a day in `zone`; on a day that begins with a clock change, the first that exists. */
export const startOfDay: (date: LocalDate, zone: string) => Instant = kept((date, zone) =>
  instantText(Temporal.PlainDate.from(date).toZonedDateTime(zone).toInstant()),
);

/** A thing due on a day is late from the first instant of the next. */
export const endOfDay = (date: LocalDate, zone: string): Instant => startOfDay(addDays(date, 1), zone);

/** The last day of what ends at an instant: a thing due at the first instant of a day was due on the day before. */
export function lastDayBefore(end: Instant, zone: string): LocalDate {
  const day = localDateOf(end, zone);
  return end === startOfDay(day, zone) ? addDays(day, -1) : day;
}

/** The last instant that still belongs to a day, to the millisecond. */
export const lastInstantOf = (date: LocalDate, zone: string): Instant =>
  instantAt(epochMsOf(endOfDay(date, zone)) - 1);

export const addDays = (date: LocalDate, days: number): LocalDate => dateOfDay(dayNumberOf(date) + days);

/** How many days later the second is. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => dayNumberOf(to) - dayNumberOf(from);

/** An instant, later by exactly as long as lies between two others. */
export const shifted = (instant: Instant, by: { readonly from: Instant; readonly to: Instant }): Instant =>
  instantAt(epochMsOf(instant) + epochMsOf(by.to) - epochMsOf(by.from));

/**
 * A date a calendar duration later. A day that does not exist becomes the first of the next month (31 January and
 * one month is 1 March), so that a minimum is never cut short.
 */
export function addToDate(date: LocalDate, { count, unit }: Duration): LocalDate {
  if (unit === 'day') return addDays(date, count);
  if (unit === 'week') return addDays(date, 7 * count);
  if (unit !== 'month' && unit !== 'year') throw new RangeError(`${unit} is not counted in days`);
  return monthsLater(date, unit === 'month' ? count : 12 * count);
}

function monthsLater(date: LocalDate, count: number): LocalDate {
  const { year, month, day } = civilOf(date);
  const months = 12 * year + month - 1 + count;
  const to = { year: Math.floor(months / 12), month: (months % 12) + 1 };
  return day <= daysIn(to.year, to.month)
    ? dateOf({ ...to, day })
    : dateOf({ ...to, month: to.month + 1, day: 1 });
}

/** In their form, text order is time order. */
export function laterOf(one: Instant, other: Instant): Instant {
  const isLater = other > one;
  return isLater ? other : one;
}

export const isElapsed = ({ unit }: Duration): boolean => unit === 'minute' || unit === 'hour';

/** Hours and minutes are elapsed time: a day with a clock change has 23 or 25 of them. */
export function addElapsed(instant: Instant, { count, unit }: Duration): Instant {
  if (unit !== 'minute' && unit !== 'hour') throw new RangeError(`${unit} is not elapsed time`);
  return instantAt(epochMsOf(instant) + count * ELAPSED_MS[unit]);
}

const ELAPSED_MS = { minute: 60_000, hour: 3_600_000 } as const;

/** The last of the instants `from`, one duration of elapsed time later, two … that is not after `until`. */
export function lastRepeat(from: Instant, by: Duration, until: Instant): Instant {
  if (by.unit !== 'minute' && by.unit !== 'hour') throw new RangeError(`${by.unit} is not elapsed time`);
  const start = epochMsOf(from);
  const every = by.count * ELAPSED_MS[by.unit];
  return instantAt(start + Math.floor((epochMsOf(until) - start) / every) * every);
}

/**
 * The `count`-th open day after (or, negative, before) a date.
 * @throws RangeError when the calendar has no open day within two years of another
 */
export function shiftWorkingDays(date: LocalDate, count: number, calendar: WorkingCalendar): LocalDate {
  const direction = count < 0 ? -1 : 1;
  let day = date;
  let left = Math.abs(count);
  for (let closed = 0; left > 0; ) {
    if (closed > 731) throw new RangeError('the calendar has no open day within two years');
    day = addDays(day, direction);
    const isOpen = hoursOf(day, calendar) !== undefined;
    closed = isOpen ? 0 : closed + 1;
    if (isOpen) left -= 1;
  }
  return day;
}

/** Opening and closing on a date, as instants; undefined when closed. */
export function openingOn(
  date: LocalDate,
  calendar: WorkingCalendar,
  zone: string,
): [Instant, Instant] | undefined {
  const hours = hoursOf(date, calendar);
  if (!hours) return undefined;
  const at = (time: string): Instant =>
    time === '24:00' ? endOfDay(date, zone) : instantOf(`${date}T${time}`, zone);
  return [at(hours[0]), at(hours[1])];
}

/** A time of the wall clock, `2026-03-02T09:30`; one that a clock change leaves out is as much later. */
export const instantOf: (local: string, zone: string) => Instant = kept((local, zone) =>
  instantText(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant()),
);

function hoursOf(date: LocalDate, calendar: WorkingCalendar): readonly [string, string] | undefined {
  if (calendar.closed.includes(date)) return undefined;
  return calendar.open[weekdayOf(date)];
}

/** 1970-01-01 was a Thursday. */
function weekdayOf(date: LocalDate): number {
  const sinceMonday = (dayNumberOf(date) + 3) % 7;
  return 1 + (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday);
}

function instantText(instant: Temporal.Instant): Instant {
  return instant.toString({ fractionalSecondDigits: 3 });
}
