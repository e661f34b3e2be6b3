import { Temporal } from 'temporal-polyfill';
import {
  addDays,
  addElapsed,
  addToDate,
  daysBetween,
  lastInstantOf,
  lastRepeat,
  localDateOf,
  openingOn,
  shifted,
  startOfDay,
} from '../../../src/core/model/calendar.ts';
import { for_ } from '../../support/pathways.ts';
import { Random } from '../../support/random.ts';

/** Clocks that are set by an hour, by half of one, at midnight, over the date line, in Ramadan, or never. */
const ZONES = [
  ...['America/New_York', 'America/Sao_Paulo', 'Australia/Lord_Howe', 'Asia/Beirut', 'Africa/Cairo', 'UTC'],
  ...['Africa/Casablanca', 'Pacific/Apia', 'Asia/Kathmandu', 'Africa/Monrovia', 'Europe/Berlin'],
];

const HOUR = 3_600_000;
const instantText = (instant: Temporal.Instant): string => instant.toString({ fractionalSecondDigits: 3 });
const at = (epochMs: number): string => new Date(epochMs).toISOString();

/** Of the years that a plan may speak of. */
const anyInstant = (random: Random): string =>
  at(random.between(Date.parse('1900-01-01'), Date.parse('2199-12-31')) + random.between(0, 24 * HOUR - 1));
const anyDate = (random: Random): string => anyInstant(random).slice(0, 10);

/** What differs, of so many tries from one seed. */
function differences(
  tries: number,
  one: (random: Random) => readonly [what: unknown, mine: unknown, other: unknown],
) {
  const random = new Random(20_260_302);
  const all = Array.from({ length: tries }, () => one(random));
  return all.filter(([, mine, other]) => mine !== other).slice(0, 5);
}

const temporalDate = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString();

describe('the calendar says what Temporal says', () => {
  it('of days counted from a date, to and fro', () => {
    const wrong = differences(4_000, (random) => {
      const [date, days] = [anyDate(random), random.between(-80_000, 80_000)];
      const other = Temporal.PlainDate.from(date).add({ days });
      const back = Temporal.PlainDate.from(date).until(other, { largestUnit: 'day' }).days;
      const mine = addDays(date, days);
      return [[date, days], `${mine} ${daysBetween(date, mine)}`, `${other} ${back}`];
    });
    expect(wrong).toEqual([]);
  });

  it('of every day of two centuries, 1900 and 2100 without a leap day', () => {
    let date = '1899-01-01';
    let other = Temporal.PlainDate.from(date);
    while (date !== '2101-01-01' && date === other.toString()) {
      date = addDays(date, 1);
      other = other.add({ days: 1 });
    }
    expect([date, other.toString()]).toEqual(['2101-01-01', '2101-01-01']);
  });

  it('of years that have more than four digits', () => {
    const far = addToDate('2199-12-31', for_(10_000, 'year'));
    expect(far).toBe('+012199-12-31');
    expect(addDays(far, 1)).toBe(Temporal.PlainDate.from(far).add({ days: 1 }).toString());
    expect(daysBetween('2026-03-02', far)).toBe(
      Temporal.PlainDate.from('2026-03-02').until(far, { largestUnit: 'day' }).days,
    );
  });

  it('of months counted from a date, the first of the next where a day does not exist', () => {
    const wrong = differences(4_000, (random) => {
      const [from, months] = [Temporal.PlainDate.from(anyDate(random)), random.between(0, 400)];
      const to = from.add({ months });
      const other = to.day === from.day ? to : to.add({ months: 1 }).with({ day: 1 });
      return [[String(from), months], addToDate(String(from), for_(months, 'month')), String(other)];
    });
    expect(wrong).toEqual([]);
  });

  it('of elapsed time', () => {
    const wrong = differences(2_000, (random) => {
      const [instant, to, count] = [anyInstant(random), anyInstant(random), random.between(0, 10_000)];
      const first = Temporal.Instant.from(instant);
      const hours = Temporal.Instant.from(instant).until(to).total('hour');
      const mine = [
        addElapsed(instant, for_(count, 'minute')),
        shifted(instant, { from: instant, to }),
        lastRepeat(instant, for_(7, 'hour'), to),
      ];
      const other = [
        first.add({ minutes: count }),
        first.add(first.until(to)),
        first.add({ hours: 7 * Math.floor(hours / 7) }),
      ];
      return [[instant, to, count], mine.join(), other.map(instantText).join()];
    });
    expect(wrong).toEqual([]);
  });

  it('of the weekday, by which a clinic opens', () => {
    const wrong = differences(2_000, (random) => {
      const date = anyDate(random);
      const weekday = Temporal.PlainDate.from(date).dayOfWeek;
      const calendar = { open: { [weekday]: ['08:00', '18:00'] as const }, closed: [] };
      return [date, openingOn(date, calendar, 'UTC')?.[0], `${date}T08:00:00.000Z`];
    });
    expect(wrong).toEqual([]);
  });

  it.each(ZONES)('of the day on the wall in %s at any time, and of its first and last instant', (zone) => {
    const wrong = differences(400, (random) => {
      const instant = anyInstant(random);
      const date = localDateOf(instant, zone);
      const day = Temporal.PlainDate.from(date);
      const startOf = (one: Temporal.PlainDate) => one.toZonedDateTime(zone).toInstant();
      const last = startOf(day.add({ days: 1 })).subtract({ milliseconds: 1 });
      return [
        instant,
        [date, startOfDay(date, zone), lastInstantOf(date, zone)].join(),
        [temporalDate(instant, zone), ...[startOf(day), last].map(instantText)].join(),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it.each(ZONES.flatMap((zone) => [1965, 2020].map((year) => [zone, year] as const)))(
    'of the day on the wall in %s through every half hour around each change of its clock from %s on',
    (zone, year) => {
      const wrong: unknown[] = [];
      const first = Temporal.Instant.from(`${year}-01-01T00:00:00Z`).toZonedDateTimeISO(zone);
      let change = first.getTimeZoneTransition('next');
      for (let changes = 0; change && changes < 40; changes += 1) {
        for (let off = -26 * HOUR; off <= 26 * HOUR; off += HOUR / 2)
          for (const instant of [at(change.epochMilliseconds + off - 1), at(change.epochMilliseconds + off)])
            if (localDateOf(instant, zone) !== temporalDate(instant, zone)) wrong.push(instant);
        change = change.getTimeZoneTransition('next');
      }
      expect(wrong).toEqual([]);
    },
  );

  it.each(['2026-02-30', '2026-13-01', '2026-00-10', '2026-01-00', '20260101x', ''])(
    'that %s is no day',
    (date) => {
      expect(() => addDays(date, 1)).toThrow(RangeError);
      expect(() => Temporal.PlainDate.from(date)).toThrow(RangeError);
    },
  );
});
