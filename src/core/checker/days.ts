import { addDays, addToDate, daysBetween } from '../model/calendar.ts';
import type { Duration, LocalDate } from '../model/primitives.schema.ts';

/** How months are counted: all as short as they can be, or all as long. */
export const MONTHS = ['short', 'long'] as const;
export type Months = (typeof MONTHS)[number];

/** How many days a length has; of hours, whole days, however few are left over. */
export function daysOf({ count, unit }: Duration, months: Months): number {
  switch (unit) {
    case 'minute':
      return Math.floor(count / (24 * 60));
    case 'hour':
      return Math.floor(count / 24);
    case 'day':
      return count;
    case 'week':
      return 7 * count;
    case 'working day':
      return months === 'short' ? count : Math.ceil((7 * count) / 5) + 2;
    case 'month':
      return spanOf(count)[months];
    case 'year':
      return spanOf(12 * count)[months];
  }
}

type Span = Readonly<Record<Months, number>>;

const spans = new Map<number, Span>();

/** The fewest and the most days that so many months have, whenever they begin. */
function spanOf(months: number): Span {
  const known = spans.get(months);
  if (known) return known;
  const lengths = BEGINNINGS.map((day) => daysBetween(day, addToDate(day, { count: months, unit: 'month' })));
  const span = { short: Math.min(...lengths), long: Math.max(...lengths) };
  spans.set(months, span);
  return span;
}

/** Days of every month of four years, a leap year among them: at its ends, where months differ. */
const BEGINNINGS: readonly LocalDate[] = Array.from({ length: 48 }, (_, month) =>
  addToDate('2027-01-01', { count: month, unit: 'month' }),
).flatMap((first) => [0, 14, 27].map((days) => addDays(first, days)));

/** Whether one length is more than another in every month, in some, or in none. */
export function exceeds(one: Duration, other: Duration): 'always' | 'sometimes' | 'never' {
  const more = MONTHS.filter((months) => daysOf(one, months) > daysOf(other, months));
  return more.length === MONTHS.length ? 'always' : more.length === 0 ? 'never' : 'sometimes';
}

export const inWords = ({ count, unit }: Duration): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
