import type { LeafParams } from '../../../../src/core/pathway/facts.schema.ts';
import { type Around, asking, NOON, said } from '../../../support/asking.ts';
import { factOf, for_, leaf, stageOf } from '../../../support/pathways.ts';

const yes = { kind: 'yes or no' } as const;
const facts = [
  factOf('days', yes, { goodFor: for_(7, 'day') }),
  factOf('hours', yes, { goodFor: for_(24, 'hour') }),
  factOf('minutes', yes, { goodFor: for_(30, 'minute') }),
  factOf('months', yes, { goodFor: for_(1, 'month') }),
  factOf('today', yes, { goodFor: for_(0, 'day') }),
  factOf('forEver', yes),
  factOf('date', { kind: 'date' }, { goodFor: for_(30, 'day') }),
];
const { leafOf, wordOf } = asking({ facts });
const asks = (fact: string, taken?: LeafParams['taken']) => ({
  ...leaf(fact, 'equal', true),
  ...(taken ? { params: { taken } } : {}),
});
const when = (
  fact: string,
  observedAt: string,
  now: string,
  taken?: LeafParams['taken'],
  around: Around = {},
) => wordOf(asks(fact, taken), [said(fact, true, { observedAt })], { now, ...around });

describe('a fact is good through the last day, or to the minute', () => {
  it.each([
    ['days', NOON, '2026-03-13T03:59:59.999Z', '2026-03-13T04:00:00.000Z'],
    ['days', '2026-03-05T05:00:00.000Z', '2026-03-13T03:59:59.999Z', '2026-03-13T04:00:00.000Z'],
    ['days', '2026-03-06T04:59:59.999Z', '2026-03-13T03:59:59.999Z', '2026-03-13T04:00:00.000Z'],
    ['days', '2026-03-06T05:00:00.000Z', '2026-03-14T03:59:59.999Z', '2026-03-14T04:00:00.000Z'],
    ['today', NOON, '2026-03-06T04:59:59.999Z', '2026-03-06T05:00:00.000Z'],
    ['months', '2026-01-31T17:00:00.000Z', '2026-03-02T04:59:59.999Z', '2026-03-02T05:00:00.000Z'],
    ['months', '2026-02-28T17:00:00.000Z', '2026-03-29T03:59:59.999Z', '2026-03-29T04:00:00.000Z'],
    // Clocks go forward in the night of 8 March: 24 hours end an hour later on the clock on the wall.
    ['hours', '2026-03-07T17:00:00.000Z', '2026-03-08T16:59:59.999Z', '2026-03-08T17:00:00.000Z'],
    ['minutes', NOON, '2026-03-05T17:29:59.999Z', '2026-03-05T17:30:00.000Z'],
  ])('%s, observed at %s: good at %s, stale at %s', (fact, observedAt, last, first) => {
    expect(when(fact, observedAt, last)).toBe('met');
    expect(when(fact, observedAt, first)).toBe('stale');
    const { validUntil } = leafOf(asks(fact), [said(fact, true, { observedAt })], { now: last });
    expect(validUntil).toBe(first);
  });

  it('a fact that is good for ever has no end', () => {
    expect(when('forEver', '1990-01-01T12:00:00.000Z', NOON)).toBe('met');
    expect(leafOf(asks('forEver'), [said('forEver', true)]).validUntil).toBeUndefined();
  });

  it('what is stale says what it was', () => {
    const stale = leafOf(asks('days'), [said('days', true)], { now: '2026-04-01T12:00:00.000Z' });
    expect(stale).toMatchObject({ cause: 'stale', value: true, observedAt: NOON });
    expect(stale.validUntil).toBeUndefined();
  });
});

describe('taken within: the stricter of it and of what the fact is good for', () => {
  it.each<[string, LeafParams['taken'], string, string]>([
    ['days', { within: for_(3, 'day') }, '2026-03-09T03:59:59.999Z', '2026-03-09T04:00:00.000Z'],
    ['days', { within: for_(30, 'day') }, '2026-03-13T03:59:59.999Z', '2026-03-13T04:00:00.000Z'],
    ['days', { within: for_(6, 'hour') }, '2026-03-05T22:59:59.999Z', '2026-03-05T23:00:00.000Z'],
    ['hours', { within: for_(1, 'day') }, '2026-03-06T16:59:59.999Z', '2026-03-06T17:00:00.000Z'],
    ['hours', { within: for_(0, 'day') }, '2026-03-06T04:59:59.999Z', '2026-03-06T05:00:00.000Z'],
    ['forEver', { within: for_(1, 'week') }, '2026-03-13T03:59:59.999Z', '2026-03-13T04:00:00.000Z'],
  ])('%s taken %j: good at %s, stale at %s', (fact, taken, last, first) => {
    expect(when(fact, NOON, last, taken)).toBe('met');
    expect(when(fact, NOON, first, taken)).toBe('stale');
    expect(leafOf(asks(fact, taken), [said(fact, true)], { now: last }).validUntil).toBe(first);
  });

  it('one rule may ask for it fresher than another', () => {
    const now = '2026-03-10T12:00:00.000Z';
    expect(when('days', NOON, now)).toBe('met');
    expect(when('days', NOON, now, { within: for_(3, 'day') })).toBe('stale');
  });

  it('the edge of a window ends an answer where it comes before the fact is too old', () => {
    const within = leaf('date', 'withinTheLast', for_(7, 'day'));
    const until = (taken?: LeafParams['taken']) =>
      leafOf(taken ? { ...within, params: { taken } } : within, [said('date', '2026-03-03')]).validUntil;
    expect(until()).toBe('2026-03-10T04:00:00.000Z');
    expect(until({ within: for_(9, 'day') })).toBe('2026-03-10T04:00:00.000Z');
    expect(until({ within: for_(2, 'day') })).toBe('2026-03-08T05:00:00.000Z');
  });
});

describe('taken since the last session: of its own day nobody knows which came first', () => {
  const since = { since: 'last session' } as const;
  it.each([
    ['on its day, before or after it', '2026-03-05T06:00:00.000Z', [['2026-03-05', '2026-03-05']], 'stale'],
    ['the day before', '2026-03-05T04:59:59.999Z', [['2026-03-05', '2026-03-05']], 'stale'],
    ['the day after', '2026-03-06T06:00:00.000Z', [['2026-03-05', '2026-03-05']], 'met'],
    [
      'on the first day of one that took three',
      '2026-03-03T12:00:00.000Z',
      [['2026-03-03', '2026-03-05']],
      'stale',
    ],
    [
      'on the last day of one that took three',
      '2026-03-05T12:00:00.000Z',
      [['2026-03-03', '2026-03-05']],
      'stale',
    ],
    [
      'after the last of two, whatever their order',
      '2026-03-06T12:00:00.000Z',
      [
        ['2026-03-05', '2026-03-05'],
        ['2026-03-01', '2026-03-01'],
      ],
      'met',
    ],
    [
      'between two',
      '2026-03-03T12:00:00.000Z',
      [
        ['2026-03-05', '2026-03-05'],
        ['2026-03-01', '2026-03-01'],
      ],
      'stale',
    ],
    ['with no session yet: there is none that it could be older than', '2026-03-03T12:00:00.000Z', [], 'met'],
    ['with a session only after today', '2026-03-03T12:00:00.000Z', [['2026-03-20', '2026-03-20']], 'met'],
  ] as const)('%s', (_name, observedAt, sessions, expected) => {
    expect(when('forEver', observedAt, '2026-03-07T12:00:00.000Z', since, { sessions })).toBe(expected);
  });

  it('does not end by time, but what the fact is good for does', () => {
    const sessions = [['2026-03-04', '2026-03-04']] as const;
    const until = (fact: string) => leafOf(asks(fact, since), [said(fact, true)], { sessions }).validUntil;
    expect([until('forEver'), until('days')]).toEqual([undefined, '2026-03-13T04:00:00.000Z']);
  });
});

describe('taken since this stage: since it was entered', () => {
  const since = { since: 'this stage' } as const;
  const place = { stage: stageOf('excision') };
  it.each<[string, NonNullable<Around['enteredAt']>, string]>([
    ['entered the millisecond before', { 'excision.ready': '2026-03-05T16:59:59.999Z' }, 'met'],
    ['entered at that moment', { 'excision.ready': NOON }, 'met'],
    ['entered the millisecond after', { 'excision.ready': '2026-03-05T17:00:00.001Z' }, 'stale'],
    [
      'entered again after it',
      { 'excision.ready': '2026-03-06T12:00:00.000Z', 'excision.closure': '2026-03-04T12:00:00.000Z' },
      'stale',
    ],
    ['entered by a report, before it', { 'excision.closure': '2026-03-04T12:00:00.000Z' }, 'met'],
    [
      'entered by a report, after it',
      { 'excision.closure': '2026-03-06T12:00:00.000Z', 'excision.recovery': '2026-03-06T13:00:00.000Z' },
      'stale',
    ],
    ['not entered', {}, 'stale'],
    ['another stage entered', { 'flap.ready': '2026-03-04T12:00:00.000Z' }, 'stale'],
  ])('%s', (_name, enteredAt, expected) => {
    const around = { enteredAt, place };
    expect(when('forEver', NOON, '2026-03-07T12:00:00.000Z', since, around)).toBe(expected);
  });

  it('asked of no stage, it is the one that the plan is in; in none it cannot be fresh', () => {
    expect(
      when('forEver', NOON, NOON, since, { enteredAt: { 'excision.ready': '2026-03-04T12:00:00.000Z' } }),
    ).toBe('stale');
  });
});

describe('a date that lies ahead, which the border refuses', () => {
  const within = leaf('date', 'withinTheLast', for_(7, 'day'));
  const ahead = said('date', '2026-03-07');
  it.each([
    ['2026-03-07T04:59:59.999Z', 'unmet', '2026-03-07T05:00:00.000Z'],
    ['2026-03-07T05:00:00.000Z', 'met', '2026-03-14T04:00:00.000Z'],
    ['2026-03-14T04:00:00.000Z', 'unmet', '2026-04-05T04:00:00.000Z'],
  ])('is not within the last days before its day has come: at %s %s, until %s', (now, result, validUntil) => {
    expect(leafOf(within, [ahead], { now })).toMatchObject({ result, validUntil });
  });
});
