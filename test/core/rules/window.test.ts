import { addDays } from '../../../src/core/model/calendar.ts';
import type { Duration } from '../../../src/core/model/primitives.schema.ts';
import {
  excusedFrom,
  isTooEarly,
  type Member,
  type Spacing,
  together,
  windowFrom,
} from '../../../src/core/rules/window.ts';
import { shifted } from '../../support/oracle.ts';
import { for_ } from '../../support/pathways.ts';
import { Random } from '../../support/random.ts';

const spacing = (minimum: Duration, more: Partial<Spacing> = {}): Spacing => ({
  minimum,
  sameDay: false,
  ...more,
});

describe('a minimum', () => {
  it.each<[Duration, string, string]>([
    [for_(14, 'day'), '2026-03-02', '2026-03-16'],
    [for_(14, 'day'), '2026-02-20', '2026-03-06'],
    [for_(2, 'week'), '2026-12-25', '2027-01-08'],
    [for_(1, 'month'), '2026-01-15', '2026-02-15'],
    [for_(1, 'month'), '2026-01-29', '2026-03-01'],
    [for_(1, 'month'), '2026-01-31', '2026-03-01'],
    [for_(1, 'month'), '2028-01-29', '2028-02-29'],
    [for_(3, 'month'), '2026-11-30', '2027-03-01'],
    [for_(6, 'month'), '2026-08-31', '2027-03-01'],
    [for_(1, 'year'), '2028-02-29', '2029-03-01'],
    [for_(18, 'year'), '2008-02-29', '2026-03-01'],
    [for_(0, 'day'), '2026-03-02', '2026-03-02'],
  ])(
    'of %j after %s ends on %s: a day that does not exist becomes the first of the next month',
    (by, from, to) => {
      expect(windowFrom(from, spacing(by)).earliest).toBe(to);
      expect(isTooEarly(addDays(to, -1), from, spacing(by))).toBe(true);
      expect(isTooEarly(to, from, spacing(by))).toBe(false);
      expect(isTooEarly(addDays(to, 1), from, spacing(by))).toBe(false);
    },
  );

  it.each([
    ['the day itself, where both on one day are fine', '2026-03-02', true, false],
    ['the day itself, where they are not', '2026-03-02', false, true],
    ['the day after, where both on one day are fine', '2026-03-03', true, true],
    ['the last day of it', '2026-03-29', true, true],
    ['the first day after it', '2026-03-30', true, false],
  ])('of four weeks from 2 March is breached on %s', (_name, on, sameDay, isEarly) => {
    expect(isTooEarly(on, '2026-03-02', spacing(for_(4, 'week'), { sameDay }))).toBe(isEarly);
  });
});

describe('a window', () => {
  it('has its recommended days and its latest day counted from the same day', () => {
    const all = spacing(for_(3, 'month'), {
      recommended: { from: for_(4, 'month'), to: for_(6, 'month') },
      latest: for_(9, 'month'),
    });
    expect(windowFrom('2026-03-02', all)).toEqual({
      earliest: '2026-06-02',
      recommended: { from: '2026-07-02', to: '2026-09-02' },
      latest: '2026-12-02',
    });
  });

  it('says nothing of what its rule says nothing of', () => {
    expect(windowFrom('2026-03-02', spacing(for_(1, 'week')))).toEqual({ earliest: '2026-03-09' });
  });
});

describe('grace', () => {
  it.each([
    ['is taken off after the minimum has been added', '2026-06-02', for_(4, 'day'), '2026-05-29'],
    ['in weeks', '2026-06-02', for_(1, 'week'), '2026-05-26'],
    ['over the end of February', '2026-03-01', for_(1, 'day'), '2026-02-28'],
    ['of no days', '2026-06-02', for_(0, 'day'), '2026-06-02'],
    [
      'of a month, to a day that does not exist: the first of the next',
      '2026-03-31',
      for_(1, 'month'),
      '2026-03-01',
    ],
  ])('%s', (_name, earliest, grace, from) => {
    expect(excusedFrom(earliest, grace)).toBe(from);
  });

  it('that a rule does not give excuses nothing', () => {
    expect(excusedFrom('2026-06-02', undefined)).toBe('2026-06-02');
  });
});

const member = (
  earliest: string,
  more: { recommended?: [string, string]; latest?: string; isFromBirth?: boolean } = {},
): Member => ({
  window: {
    earliest,
    ...(more.recommended ? { recommended: { from: more.recommended[0], to: more.recommended[1] } } : {}),
    ...(more.latest ? { latest: more.latest } : {}),
  },
  isFromBirth: more.isFromBirth ?? false,
});

describe('several intervals', () => {
  it('bind together: the latest of the minimums, the earliest of the latests', () => {
    const loose = member('2026-06-02', { latest: '2026-12-02' });
    const strict = member('2026-09-01', { latest: '2026-11-01' });
    const none = member('2026-05-01');
    expect(together([loose, strict, none])).toMatchObject({
      earliest: '2026-09-01',
      latest: '2026-11-01',
      binding: { earliest: [strict], recommended: [], latest: [strict] },
    });
  });

  it('recommend the later window', () => {
    const one = member('2026-04-01', { recommended: ['2026-05-01', '2026-09-01'] });
    const later = member('2026-04-01', { recommended: ['2026-06-01', '2026-07-01'] });
    const all = together([one, later]);
    expect(all.recommended).toEqual({ from: '2026-06-01', to: '2026-07-01' });
    expect(all.binding.recommended).toEqual([later]);
  });

  it('recommend by age if anything is counted from birth, however late the others are', () => {
    const birth = member('2026-04-01', { recommended: ['2026-05-01', '2026-06-01'], isFromBirth: true });
    const later = member('2026-04-15', { recommended: ['2026-08-01', '2026-09-01'] });
    const all = together([later, birth]);
    expect(all.recommended).toEqual({ from: '2026-05-01', to: '2026-06-01' });
    expect(all.binding.recommended).toEqual([birth]);
  });

  it('from birth that recommend nothing leave it to the others', () => {
    const birth = member('2026-04-01', { isFromBirth: true });
    const other = member('2026-04-15', { recommended: ['2026-08-01', '2026-09-01'] });
    expect(together([birth, other]).recommended).toEqual({ from: '2026-08-01', to: '2026-09-01' });
  });

  it.each([
    ['before the earliest day', ['2026-05-01', '2026-05-20'], { from: '2026-06-02', to: '2026-06-02' }],
    ['begun before it', ['2026-05-01', '2026-07-01'], { from: '2026-06-02', to: '2026-07-01' }],
    ['after it', ['2026-07-01', '2026-08-01'], { from: '2026-07-01', to: '2026-08-01' }],
  ])('never recommend what is %s', (_name, [from = '', to = ''], recommended) => {
    const all = together([member('2026-06-02'), member('2026-04-01', { recommended: [from, to] })]);
    expect(all.recommended).toEqual(recommended);
  });

  it('name every rule that binds when two set one day', () => {
    const one = member('2026-06-02', { latest: '2026-07-01' });
    const other = member('2026-06-02', { latest: '2026-07-01' });
    expect(together([one, other]).binding).toEqual({
      earliest: [one, other],
      recommended: [],
      latest: [one, other],
    });
  });

  it('of which there are none say nothing', () => {
    expect(together([])).toEqual({ binding: { earliest: [], recommended: [], latest: [] } });
  });

  it('come to the same in whatever order they stand, and hold each one of them', () => {
    const random = new Random(7);
    const day = (from: number): string =>
      shifted('2026-01-01T12:00:00.000Z', (from + random.between(0, 90)) * 86_400_000).slice(0, 10);
    for (let round = 0; round < 500; round += 1) {
      const members = Array.from({ length: random.between(1, 5) }, () => {
        const from = day(40);
        return member(day(0), {
          ...(random.chance(0.5) ? { recommended: [from, addDays(from, random.between(0, 60))] } : {}),
          ...(random.chance(0.5) ? { latest: day(120) } : {}),
          isFromBirth: random.chance(0.3),
        });
      });
      const { binding: _binding, ...all } = together(members);
      const { binding: _turned, ...turned } = together(members.toReversed());
      expect(turned).toEqual(all);
      for (const { window } of members) {
        expect(all.earliest !== undefined && all.earliest >= window.earliest).toBe(true);
        expect(window.latest === undefined || (all.latest ?? '9999') <= window.latest).toBe(true);
      }
      expect(all.recommended === undefined || all.recommended.from >= (all.earliest ?? '')).toBe(true);
      expect(all.recommended === undefined || all.recommended.to >= all.recommended.from).toBe(true);
    }
  });
});
