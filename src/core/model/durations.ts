import type { Duration, DurationUnit } from './primitives.schema.ts';
import { Refused } from './refused.ts';
import { type Phrase, readDuration, readPhrase, readRange } from './sentences.ts';

/** Time counted in dates, from which no hour is left over. */
export const DATES: readonly DurationUnit[] = ['day', 'week', 'month', 'year'];
/** Time that passes at every hour of every day. */
export const PASSING: readonly DurationUnit[] = ['minute', 'hour', ...DATES];
/** Working days too: only in tasks, ladders, and what somebody is asked. */
export const ANY_TIME: readonly DurationUnit[] = [...PASSING, 'working day'];

/** Counting further could leave the two years that a calendar is looked through. */
export const MOST_WORKING_DAYS = 60;

/** Longer ones are typing mistakes, and leave the calendar: LocalDate has four digits for the year. */
const MOST: Readonly<Record<DurationUnit, number>> = {
  minute: 10_000,
  hour: 10_000,
  day: 10_000,
  week: 5_000,
  month: 1_200,
  year: 100,
  'working day': MOST_WORKING_DAYS,
};

/** A duration for a place that counts in `units`, and not less than `least` of them. */
export function readDurationIn(units: readonly DurationUnit[], text: string, least = 1): Duration | Refused {
  const read = readDuration(text);
  return read instanceof Refused ? read : (refusedDuration(read, units, least) ?? read);
}

/** So long after something, or before a booking. */
export function readDue(text: string): Phrase | Refused {
  const phrase = readPhrase(text);
  if (phrase instanceof Refused) return phrase;
  const { from, to } = phrase;
  const units = 'after' in phrase ? ANY_TIME : BOOKED_AHEAD;
  return (from && refusedDuration(from, units, 0)) ?? refusedDuration(to, units, 0) ?? phrase;
}

/** A booking is a day, and going back from one, months have no length. */
const BOOKED_AHEAD: readonly DurationUnit[] = ['day', 'week', 'working day'];

/** How often something is done again, counted from one day: working days have no length there. */
export const REPEATED: readonly DurationUnit[] = ['hour', ...DATES];

/** `4 to 6 months`; one duration is a window of one day. */
export function readWindow(text: string): Window | Refused {
  const range = readRange(text);
  if (range instanceof Refused) return range;
  const { from = range.to, to } = range;
  return refusedDuration(to, DATES, 0) ?? { from, to };
}

interface Window {
  readonly from: Duration;
  readonly to: Duration;
}

/** Days that a month has, at the least and at the most. */
const MONTH = [28, 31] as const;

/** Whether one duration is longer than another however long the months between are. */
export const isSurelyLonger = (one: Duration, other: Duration): boolean => leastDifference(one, other) > 0;
export const isNeverShorter = (one: Duration, other: Duration): boolean => leastDifference(one, other) >= 0;

function leastDifference(one: Duration, other: Duration): number {
  const [months, otherMonths] = [inMonths(one), inMonths(other)];
  if (months !== undefined && otherMonths !== undefined) return months - otherMonths;
  return inDays(one, MONTH[0]) - inDays(other, MONTH[1]);
}

const inMonths = ({ count, unit }: Duration): number | undefined =>
  unit === 'year' ? 12 * count : unit === 'month' ? count : undefined;

function inDays(duration: Duration, month: number): number {
  const { count, unit } = duration;
  return unit === 'day' ? count : unit === 'week' ? 7 * count : (inMonths(duration) ?? 0) * month;
}

/** Why a duration does not stand in a place that counts in `units`, and not less than `least` of them. */
export function refusedDuration(
  { count, unit }: Duration,
  units: readonly DurationUnit[],
  least: number,
): Refused | undefined {
  if (!units.includes(unit)) {
    return new Refused(
      'CC1021',
      `${unit}s are not counted here`,
      `count in ${units.map((one) => `${one}s`).join(', ')}`,
    );
  }
  if (count < least) return new Refused('CC1021', `${count} ${unit}s is no time at all`);
  if (count > MOST[unit])
    return new Refused('CC1021', `${count} ${unit}s is longer than ${MOST[unit]} ${unit}s`);
  return undefined;
}
