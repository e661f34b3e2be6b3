import {
  addDays,
  addElapsed,
  addToDate,
  endOfDay,
  localDateOf,
  openingOn,
  shiftWorkingDays,
  startOfDay,
  type WorkingCalendar,
} from '../../../src/core/model/calendar.ts';
import { Instant } from '../../../src/core/model/primitives.schema.ts';
import { for_ } from '../../support/pathways.ts';

const NEW_YORK = 'America/New_York';

describe('a date and a duration', () => {
  it.each([
    ['2026-01-30', for_(1, 'month'), '2026-03-01'],
    ['2026-01-31', for_(1, 'month'), '2026-03-01'],
    ['2026-01-28', for_(1, 'month'), '2026-02-28'],
    ['2028-01-29', for_(1, 'month'), '2028-02-29'],
    ['2028-01-30', for_(1, 'month'), '2028-03-01'],
    ['2026-03-31', for_(1, 'month'), '2026-05-01'],
    ['2026-10-31', for_(4, 'month'), '2027-03-01'],
    ['2026-12-31', for_(1, 'month'), '2027-01-31'],
    ['2008-02-29', for_(18, 'year'), '2026-03-01'],
    ['2008-02-29', for_(20, 'year'), '2028-02-29'],
    ['2008-02-28', for_(18, 'year'), '2026-02-28'],
    ['2026-02-28', for_(1, 'day'), '2026-03-01'],
    ['2028-02-28', for_(1, 'day'), '2028-02-29'],
    ['2026-12-28', for_(1, 'week'), '2027-01-04'],
    ['2026-01-31', for_(0, 'month'), '2026-01-31'],
  ])('%s and %j is %s: a day that does not exist rolls forward', (date, duration, expected) => {
    expect(addToDate(date, duration)).toBe(expected);
  });

  it('agrees with the calendar on the last days of every month of four years', () => {
    const wrong: string[] = [];
    for (let month = 0; month < 48; month += 1) {
      for (const day of [1, 27, 28, 29, 30, 31]) {
        const from = new Date(Date.UTC(2025, month, day));
        if (from.getUTCDate() !== day) continue;
        for (const count of [1, 2, 3, 6, 11, 12, 14]) {
          // Overflowing days of Date.UTC land in the next month; a missing day is the first of it.
          const landed = new Date(Date.UTC(2025, month + count, day));
          if (landed.getUTCDate() !== day) landed.setUTCDate(1);
          const date = from.toISOString().slice(0, 10);
          const to = addToDate(date, for_(count, 'month'));
          if (to !== landed.toISOString().slice(0, 10)) wrong.push(`${date} + ${count} months = ${to}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each(['minute', 'hour', 'working day'] as const)('is not counted in %ss', (unit) => {
    expect(() => addToDate('2026-01-31', for_(1, unit))).toThrow(RangeError);
  });
});

describe('a day of the clinic', () => {
  it.each([
    ['an ordinary day', '2026-03-05', NEW_YORK, '2026-03-05T05:00:00.000Z', '2026-03-06T05:00:00.000Z', 24],
    [
      'the day clocks go forward',
      '2026-03-08',
      NEW_YORK,
      '2026-03-08T05:00:00.000Z',
      '2026-03-09T04:00:00.000Z',
      23,
    ],
    [
      'the day clocks go back',
      '2026-11-01',
      NEW_YORK,
      '2026-11-01T04:00:00.000Z',
      '2026-11-02T05:00:00.000Z',
      25,
    ],
    [
      'a day without midnight',
      '2018-11-04',
      'America/Sao_Paulo',
      '2018-11-04T03:00:00.000Z',
      '2018-11-05T02:00:00.000Z',
      23,
    ],
    [
      'a day whose eve has midnight twice',
      '2018-02-18',
      'America/Sao_Paulo',
      '2018-02-18T03:00:00.000Z',
      '2018-02-19T03:00:00.000Z',
      24,
    ],
    [
      'a day with 25 hours that ends in itself',
      '2018-02-17',
      'America/Sao_Paulo',
      '2018-02-17T02:00:00.000Z',
      '2018-02-18T03:00:00.000Z',
      25,
    ],
    [
      'a day without midnight in Beirut',
      '2026-03-29',
      'Asia/Beirut',
      '2026-03-28T22:00:00.000Z',
      '2026-03-29T21:00:00.000Z',
      23,
    ],
    [
      'a day without midnight in Cairo',
      '2026-04-24',
      'Africa/Cairo',
      '2026-04-23T22:00:00.000Z',
      '2026-04-24T21:00:00.000Z',
      23,
    ],
    [
      'a day of half an hour more',
      '2026-04-05',
      'Australia/Lord_Howe',
      '2026-04-04T13:00:00.000Z',
      '2026-04-05T13:30:00.000Z',
      24.5,
    ],
  ])('%s begins and ends where the zone says', (_name, date, zone, starts, ends, hours) => {
    expect(startOfDay(date, zone)).toBe(starts);
    expect(endOfDay(date, zone)).toBe(ends);
    expect((Date.parse(ends) - Date.parse(starts)) / 3_600_000).toBe(hours);
  });

  it.each([
    ['2026-03-08', NEW_YORK],
    ['2026-11-01', NEW_YORK],
    ['2018-11-04', 'America/Sao_Paulo'],
    ['2018-02-18', 'America/Sao_Paulo'],
    ['2026-03-29', 'Asia/Beirut'],
    ['2026-10-25', 'Asia/Beirut'],
    ['2026-04-24', 'Africa/Cairo'],
  ])('%s in %s: the instant before its start is the day before, its start the day itself', (date, zone) => {
    const start = startOfDay(date, zone);
    const before = new Date(Date.parse(start) - 1).toISOString();
    expect(localDateOf(before, zone)).toBe(addDays(date, -1));
    expect(localDateOf(start, zone)).toBe(date);
  });

  it('counts hours as elapsed time: 24 hours from noon before a clock change end at another hour', () => {
    const noon = '2026-03-07T17:00:00.000Z';
    expect(addElapsed(noon, for_(24, 'hour'))).toBe('2026-03-08T17:00:00.000Z');
    expect(localDateOf(addElapsed('2026-11-01T04:00:00.000Z', for_(24, 'hour')), NEW_YORK)).toBe(
      '2026-11-01',
    );
    expect(() => addElapsed(noon, for_(1, 'day'))).toThrow(RangeError);
  });

  it('writes every instant in one form, so that text order is time order', () => {
    expect(Instant.parse('2026-03-08T01:00:00+02:00')).toBe('2026-03-07T23:00:00.000Z');
    expect(Instant.parse('2026-03-08T01:00:00.1234567Z')).toBe('2026-03-08T01:00:00.123Z');
    expect(Instant.parse('2026-03-08T01:00:00.120Z')).toBe('2026-03-08T01:00:00.120Z');
    expect(Instant.safeParse('2026-02-30T01:00:00.120Z').success).toBe(false);
    expect(Instant.safeParse('2026-03-08T24:00:00.000Z').success).toBe(false);
    expect(Instant.safeParse('2026-03-08').success).toBe(false);
    expect(Instant.safeParse('2026-03-08T01:00:00').success).toBe(false);
  });
});

const weekdays: WorkingCalendar = {
  open: {
    '1': ['08:00', '18:00'],
    '2': ['08:00', '18:00'],
    '3': ['08:00', '18:00'],
    '4': ['08:00', '18:00'],
    '5': ['08:00', '24:00'],
  },
  closed: ['2026-12-25', '2027-01-01'],
};

describe('working days', () => {
  it.each([
    ['2026-03-06', 1, '2026-03-09', 'Friday to Monday'],
    ['2026-03-07', 1, '2026-03-09', 'from a Saturday'],
    ['2026-03-08', -1, '2026-03-06', 'back from a Sunday'],
    ['2026-03-09', -1, '2026-03-06', 'back over a weekend'],
    ['2026-12-24', 1, '2026-12-28', 'over Christmas and a weekend'],
    ['2026-12-24', 5, '2027-01-04', 'over two closed days and two weekends'],
    ['2027-01-04', -5, '2026-12-24', 'and back the same way'],
    ['2026-03-06', 0, '2026-03-06', 'none'],
  ])('%s and %d is %s: %s', (date, count, expected) => {
    expect(shiftWorkingDays(date, count, weekdays)).toBe(expected);
  });

  it('counts as far as a duration may go, however few days a week are open', () => {
    const mondays: WorkingCalendar = { open: { '1': ['08:00', '12:00'] }, closed: [] };
    expect(shiftWorkingDays('2026-03-02', 200, mondays)).toBe(addDays('2026-03-02', 200 * 7));
    expect(shiftWorkingDays('2026-03-02', -200, mondays)).toBe(addDays('2026-03-02', -200 * 7));
    expect(shiftWorkingDays('2026-03-02', 1_000, weekdays)).toBe('2030-01-02');
  });

  it('refuses to look for ever in a calendar that never opens', () => {
    expect(() => shiftWorkingDays('2026-03-02', 1, { open: {}, closed: [] })).toThrow('no open day');
  });

  it('opens and closes by the clock on the wall', () => {
    expect(openingOn('2026-03-06', weekdays, NEW_YORK)).toEqual([
      '2026-03-06T13:00:00.000Z',
      '2026-03-07T05:00:00.000Z',
    ]);
    expect(openingOn('2026-03-09', weekdays, NEW_YORK)).toEqual([
      '2026-03-09T12:00:00.000Z',
      '2026-03-09T22:00:00.000Z',
    ]);
    expect(openingOn('2026-03-08', weekdays, NEW_YORK)).toBeUndefined();
    expect(openingOn('2026-12-25', weekdays, NEW_YORK)).toBeUndefined();
  });
});
