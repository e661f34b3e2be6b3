import { asking, NOON, said } from '../../../support/asking.ts';
import { type Stated, shifted } from '../../../support/oracle.ts';
import { factOf, for_, leaf } from '../../../support/pathways.ts';

const from = ['laboratory', 'clinician', 'patient'];
const number = { kind: 'number', unit: 'Cel', from: 30, to: 45 } as const;
const facts = [
  factOf('byDay', number, { from, goodFor: for_(3, 'day') }),
  factOf('byHour', number, { from, goodFor: for_(24, 'hour') }),
  factOf('byMinute', number, { from, goodFor: for_(90, 'minute') }),
  factOf('forEver', number, { from }),
  factOf('medicines', { kind: 'list', of: 'medicine classes' }, { from }),
];
const { leafOf, wordOf } = asking({ facts });
const HOUR = 3_600_000;

/** Hours before noon, source, value. */
type Told = readonly [hours: number, source: string, value: number];
const toldOf = (fact: string, told: readonly Told[]): Stated[] =>
  told.map(([hours, source, value]) =>
    said(fact, value, { source, unit: 'Cel', observedAt: shifted(NOON, -hours * HOUR) }),
  );
/** The value that counts, or why none does. */
const counts = (fact: string, told: readonly Told[]): unknown => {
  const { cause, value } = leafOf(leaf(fact, 'greaterThan', 30), toldOf(fact, told));
  return cause ?? value;
};

describe('of a fact that is counted in days or for ever, a moment is a day in the clinic', () => {
  it.each<[string, Told[], unknown]>([
    [
      'the newest day',
      [
        [30, 'laboratory', 36],
        [1, 'patient', 39],
      ],
      39,
    ],
    [
      'whatever the order in which it was told',
      [
        [1, 'patient', 39],
        [30, 'laboratory', 36],
      ],
      39,
    ],
    [
      'of one day the most trusted, also when it is the earlier',
      [
        [3, 'laboratory', 36],
        [1, 'patient', 39],
      ],
      36,
    ],
    [
      'of one day the most trusted of three',
      [
        [1, 'patient', 39],
        [2, 'clinician', 38],
        [3, 'laboratory', 36],
      ],
      36,
    ],
    [
      'equal trust and equal values',
      [
        [3, 'clinician', 38],
        [1, 'clinician', 38],
      ],
      38,
    ],
    [
      'equal trust and different values',
      [
        [3, 'clinician', 38],
        [1, 'clinician', 39],
      ],
      'in conflict',
    ],
    [
      'a conflict below a more trusted word',
      [
        [3, 'patient', 38],
        [1, 'patient', 39],
        [2, 'laboratory', 37],
      ],
      37,
    ],
    [
      'a conflict among the most trusted, beside others who agree',
      [
        [1, 'laboratory', 37],
        [2, 'laboratory', 38],
        [3, 'clinician', 38],
      ],
      'in conflict',
    ],
    [
      'a conflict of yesterday is over',
      [
        [30, 'clinician', 38],
        [31, 'clinician', 39],
        [1, 'patient', 37],
      ],
      37,
    ],
    [
      'three of equal trust, the last like the first',
      [
        [3, 'clinician', 38],
        [2, 'clinician', 39],
        [1, 'clinician', 38],
      ],
      'in conflict',
    ],
    [
      'a stranger of today beside somebody of yesterday',
      [
        [30, 'patient', 38],
        [1, 'stranger', 36],
      ],
      38,
    ],
    [
      'a stranger beside a conflict',
      [
        [1, 'stranger', 36],
        [2, 'clinician', 38],
        [3, 'clinician', 39],
      ],
      'in conflict',
    ],
    [
      'a day begins at midnight in the clinic: an hour after it',
      [
        [13, 'laboratory', 36],
        [11, 'patient', 39],
      ],
      39,
    ],
    [
      '… and both after it',
      [
        [11.5, 'laboratory', 36],
        [11, 'patient', 39],
      ],
      36,
    ],
  ])('%s', (_name, told, expected) => {
    expect(counts('byDay', told)).toBe(expected);
    expect(counts('forEver', told)).toBe(expected);
  });
});

describe('of a fact that is counted in hours or minutes, a moment is an instant', () => {
  it.each<[string, Told[], unknown]>([
    [
      'the newest instant, whoever said it',
      [
        [0.5, 'laboratory', 36],
        [0.25, 'patient', 39],
      ],
      39,
    ],
    [
      'different values at different instants are no conflict',
      [
        [0.5, 'clinician', 36],
        [0.25, 'clinician', 39],
      ],
      39,
    ],
    [
      'of one instant the most trusted',
      [
        [0.5, 'patient', 39],
        [0.5, 'laboratory', 36],
      ],
      36,
    ],
    [
      'of one instant equal trust and different values',
      [
        [0.5, 'clinician', 36],
        [0.5, 'clinician', 39],
      ],
      'in conflict',
    ],
    [
      'of one instant equal trust and equal values',
      [
        [0.5, 'clinician', 36],
        [0.5, 'clinician', 36],
      ],
      36,
    ],
  ])('%s', (_name, told, expected) => {
    expect(counts('byHour', told)).toBe(expected);
    expect(counts('byMinute', told)).toBe(expected);
  });
});

describe('on a day on which clocks change', () => {
  // 8 March 2026 in New York begins at 05:00 UTC and ends at 04:00 UTC: it has 23 hours.
  it.each<[string, string, string, string, unknown]>([
    [
      'its first and last millisecond are one day',
      '2026-03-08T05:00:00.000Z',
      '2026-03-09T03:59:59.999Z',
      'clinician',
      'in conflict',
    ],
    [
      'the millisecond before belongs to the day before',
      '2026-03-08T04:59:59.999Z',
      '2026-03-09T03:59:59.999Z',
      'clinician',
      39,
    ],
    [
      'the millisecond after belongs to the next',
      '2026-03-08T05:00:00.000Z',
      '2026-03-09T04:00:00.000Z',
      'clinician',
      39,
    ],
  ])('%s', (_name, one, other, source, expected) => {
    const stated = [
      said('byDay', 36, { source, unit: 'Cel', observedAt: one }),
      said('byDay', 39, { source, unit: 'Cel', observedAt: other }),
    ];
    const now = '2026-03-09T12:00:00.000Z';
    const { cause, value } = leafOf(leaf('byDay', 'greaterThan', 30), stated, { now });
    expect(cause ?? value).toBe(expected);
  });
});

describe('lists', () => {
  const takes = leaf('medicines', 'contains', 'retinoid');
  it.each<[string, string[], string[], string]>([
    ['of the same words in another order agree', ['retinoid', 'steroid'], ['steroid', 'retinoid'], 'met'],
    ['that say a word twice agree', ['retinoid'], ['retinoid', 'retinoid'], 'met'],
    ['of which one has more are in conflict', ['retinoid'], ['retinoid', 'steroid'], 'in conflict'],
    ['of which one is empty are in conflict', ['retinoid'], [], 'in conflict'],
    ['of as many other words are in conflict', ['retinoid'], ['steroid'], 'in conflict'],
  ])('%s', (_name, one, other, expected) => {
    expect(wordOf(takes, [said('medicines', one), said('medicines', other)])).toBe(expected);
  });
});

it('what is in conflict says what it was and when, so that somebody can say which is right', () => {
  const told: Told[] = [
    [3, 'clinician', 38],
    [1, 'clinician', 39],
  ];
  const evidence = leafOf(leaf('byDay', 'greaterThan', 30), toldOf('byDay', told));
  expect(evidence).toMatchObject({
    cause: 'in conflict',
    source: 'clinician',
    observedAt: '2026-03-05T16:00:00.000Z',
  });
});
