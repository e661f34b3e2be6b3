import { z } from 'zod';
import { didYouMean } from './nearest.ts';
import { Refused } from './problem.ts';
import { refuse } from './words.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const NUMBERS = ['1', '2', '3', '4', '5', '6', '7'] as const;

type Hours = [opens: string, closes: string];
/** By weekday, 1 Monday to 7 Sunday; closed on those that are not there. */
export type OpeningHours = Partial<Record<(typeof NUMBERS)[number], Hours>>;

/** Every hour of every day. */
export const ALWAYS: OpeningHours = Object.fromEntries(NUMBERS.map((day) => [day, ['00:00', '24:00']]));

/** `monday to friday: 08:00 to 18:00`, as often as needed. */
export const openingHours = z.record(z.string(), z.string()).transform((written, context): OpeningHours => {
  const open: OpeningHours = {};
  for (const [days, times] of Object.entries(written)) {
    const weekdays = readDays(days);
    const hours = readHours(times);
    if (weekdays instanceof Refused) refuse(context, weekdays, [days], 'key');
    if (hours instanceof Refused) refuse(context, hours, [days]);
    if (weekdays instanceof Refused || hours instanceof Refused) continue;
    for (const day of weekdays) {
      if (open[day]) refuse(context, new Refused('CC1047', `\`${days}\` names a day twice`), [days], 'key');
      open[day] = hours;
    }
  }
  return open;
});

function readDays(written: string): readonly (typeof NUMBERS)[number][] | Refused {
  const [first = '', last = first, ...more] = written.split(' to ');
  const from = WEEKDAYS.indexOf(first);
  const to = WEEKDAYS.indexOf(last);
  if (from >= 0 && to >= from && more.length === 0) return NUMBERS.slice(from, to + 1);
  const wrong = from < 0 ? first : last;
  return new Refused(
    'CC1027',
    `\`${written}\` is no weekday, nor two in their order`,
    didYouMean(wrong, WEEKDAYS),
  );
}

function readHours(written: string): Hours | Refused {
  const [, opens, closes] =
    /^([01]\d:[0-5]\d|2[0-3]:[0-5]\d) to ([01]\d:[0-5]\d|2[0-3]:[0-5]\d|24:00)$/.exec(written) ?? [];
  return opens !== undefined && closes !== undefined && opens < closes
    ? [opens, closes]
    : new Refused('CC1027', `\`${written}\` is no time from opening to closing`);
}
