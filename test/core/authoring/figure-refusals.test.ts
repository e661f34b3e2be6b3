import { FIGURED } from './figure-sample.ts';
import { describeRows, type Row } from './refusals.ts';
import { HERE } from './sample.ts';

/** What is wrong, by code and in words; what stands there, what is refused in its place, and what is taken. */
type Line = readonly [code: Row[0], says: string, from: string, refused: string, taken: string];

const drawn = (lines: readonly Line[]): Row[] =>
  lines.map(([code, says, from, refused, taken]) => [code, says, 'pathway', { from, refused, taken }]);

const FIXED = '{ figure: fixed, title: The same for all, value: 5 weeks }';
const fixed = (more: string, value = '5 weeks'): string =>
  `{ figure: fixed, title: The same for all, value: ${value}${more} }`;
const COUNT = 'value: 6\n    adjust: { by: [surgeon], from: 2, to: 8, when: start }';
const count = (more: string, value = '6'): string =>
  `value: ${value}\n    adjust: { by: [surgeon], ${more}when: start }`;
const ACID = 'oneOf: [lactic 30, mandelic 20]\n    adjust: { by: [nurse], when: any time }';
const LEVELS = 'levels: [half, most, full]\n    startsAt: full';
const LIMIT = '{ limit: { dose: most }, for: this session }';
const LOWER = '{ lower: dose, atEnd: { decide: problem }, then: { wait';
const MORE = 'more: { wait: 2 working days, atMost: 1, then: { decide: problem } }';
const LEAVE = 'leave-out: next stage,';
const FINE = 'outcomes: { fine: go,';
const LENGTHS = 'minimum: the cycle, recommended: the cycle, latest: the fixed';

describe('figures', () => {
  describeRows(
    drawn([
      ['CC1011', 'no value', FIXED, `${HERE}{ figure: fixed, title: X }`, FIXED],
      [
        'CC1011',
        'levels that start nowhere',
        `- figure: dose\n    title: Dose\n    ${LEVELS}`,
        `- ${HERE}figure: dose\n    title: Dose\n    levels: [half, most, full]`,
        `- figure: dose\n    title: Dose\n    ${LEVELS}`,
      ],
      ['CC1016', 'one level alone', LEVELS, `levels: ${HERE}[full]\n    startsAt: full`, LEVELS],
      [
        'CC1047',
        'a level twice',
        LEVELS,
        `levels: [half, most, ${HERE}most, full]\n    startsAt: full`,
        LEVELS,
      ],
      [
        'CC1079',
        'a start that is no level',
        LEVELS,
        `levels: [half, most, full]\n    startsAt: ${HERE}most of it`,
        LEVELS,
      ],
      ['CC1069', 'levels and a value', LEVELS, `${LEVELS}\n    ${HERE}value: 4`, LEVELS],
      [
        'CC1069',
        'levels and bounds',
        'when: any time, because: required',
        `when: any time, ${HERE}from: 1, because: required`,
        'when: any time, because: required',
      ],
      ['CC1069', 'a start of what has no levels', FIXED, fixed(`, ${HERE}startsAt: 4 weeks`), FIXED],
      [
        'CC1047',
        'two of one name',
        FIXED,
        `${FIXED}
  - { figure: ${HERE}fee, title: Again, value: 1 }`,
        `${FIXED}
  - { figure: fee-again, title: Again, value: 1 }`,
      ],
      ['CC1021', 'a duration of hours', COUNT, COUNT.replace('value: 6', `value: ${HERE}6 hours`), COUNT],
      ['CC1012', 'a part of a number', COUNT, COUNT.replace('value: 6', `value: ${HERE}6.5`), COUNT],
      ['CC1012', 'yes or no', FIXED, fixed('', `${HERE}true`), fixed('', '5 weeks')],
      ['CC1014', 'a reference to another', FIXED, fixed('', `${HERE}the cycle`), FIXED],
      ['CC1078', 'values for no choice', FIXED, fixed('', `${HERE}{ mild: 5 weeks }`), FIXED],
      [
        'CC1069',
        'a list of what nobody sets',
        FIXED,
        fixed(`, ${HERE}oneOf: [5 weeks, 6 weeks]`),
        fixed(', oneOf: [5 weeks, 6 weeks], adjust: { by: [nurse], when: start }'),
      ],
      [
        'CC1011',
        'words that may be set to anything',
        ACID,
        `adjust: ${HERE}{ by: [nurse], when: any time }`,
        ACID,
      ],
      [
        'CC1078',
        'words between bounds',
        ACID,
        `adjust: { by: [nurse], from: ${HERE}alpha, to: beta, when: any time }`,
        ACID,
      ],
      [
        'CC1011',
        'a number without a most',
        COUNT,
        `value: 6\n    adjust: ${HERE}{ by: [surgeon], from: 2, when: start }`,
        COUNT,
      ],
      [
        'CC1069',
        'a list and bounds',
        COUNT,
        count(`${HERE}from: 2, `).replace('\n', '\n    oneOf: [6, 8]\n'),
        count('').replace('\n', '\n    oneOf: [6, 8]\n'),
      ],
      ['CC1078', 'a bound of another kind', COUNT, count(`from: 2, to: ${HERE}8 weeks, `), COUNT],
      [
        'CC1078',
        'a bound that has no order with the value',
        FIXED,
        fixed(`, adjust: { by: [nurse], from: 4 weeks, to: ${HERE}2 months, when: start }`),
        fixed(', adjust: { by: [nurse], from: 4 weeks, to: 60 days, when: start }'),
      ],
      ['CC1078', 'amounts in two currencies', 'from: 0 USD', `from: ${HERE}0 EUR`, 'from: 1 USD'],
      ['CC1079', 'bounds the wrong way round', COUNT, count(`from: 8, to: ${HERE}2, `), COUNT],
      [
        'CC1079',
        'a value outside its bounds',
        COUNT,
        COUNT.replace('value: 6', `value: ${HERE}9`),
        COUNT.replace('value: 6', 'value: 8'),
      ],
      [
        'CC1079',
        'a value that its list lacks',
        'value: lactic 30',
        `value: ${HERE}lactic 20`,
        'value: mandelic 20',
      ],
      [
        'CC1047',
        'a value listed twice',
        'oneOf: [lactic 30, mandelic 20]',
        `oneOf: [lactic 30, mandelic 20, ${HERE}lactic 30]`,
        'oneOf: [lactic 30, mandelic 20]',
      ],
      [
        'CC1040',
        'somebody whom the clinic lacks',
        'by: [surgeon, nurse], from',
        `by: [surgeon, ${HERE}nurze], from`,
        'by: [nurse], from',
      ],
      [
        'CC1054',
        'the patient, who sets nothing for the clinic',
        'by: [surgeon, nurse], from',
        `by: [surgeon, ${HERE}patient], from`,
        'by: [nurse], from',
      ],
      [
        'CC1045',
        'a source that no rule set gives',
        'when: start }\n    source: protocol',
        `when: start }\n    source: ${HERE}protokoll`,
        'when: start }\n    source: protocol',
      ],
      [
        'CC1014',
        'a time of which the format knows nothing',
        'when: any time }',
        `when: ${HERE}later }`,
        'when: start }',
      ],
    ]),
    FIGURED,
  );
});

describe('references to figures', () => {
  describeRows(
    [
      ...drawn([
        [
          'CC1077',
          'a length that nothing says',
          'minimum: the cycle, recommended',
          `minimum: ${HERE}the cycles, recommended`,
          'minimum: 1 week, recommended',
        ],
        ['CC1077', 'sessions that nothing says', 'up to the count', `${HERE}up to the counts`, 'up to 6'],
        [
          'CC1077',
          'a figure shown that there is not',
          'with: [dose, acid]',
          `with: [dose, ${HERE}acids]`,
          'with: [dose]',
        ],
        ['CC1047', 'a figure shown twice', 'with: [dose, acid]', `with: [dose, ${HERE}dose]`, 'with: [dose]'],
        [
          'CC1078',
          'a length that is a number',
          'latest: the fixed',
          `latest: ${HERE}the count`,
          'latest: 5 weeks',
        ],
        ['CC1078', 'a length in levels', 'latest: the fixed', `latest: ${HERE}the dose`, 'latest: 5 weeks'],
        [
          'CC1078',
          'a number of sessions that is a length',
          'up to the count',
          `${HERE}up to the cycle`,
          'up to the count',
        ],
        [
          'CC1067',
          'a latest day before every minimum that may be',
          LENGTHS,
          `minimum: the cycle, latest: ${HERE}6 days`,
          'minimum: the cycle, latest: 8 days',
        ],
        [
          'CC1067',
          'what is recommended before every minimum',
          LENGTHS,
          `minimum: 22 days, recommended: ${HERE}the cycle, latest: the fixed`,
          'minimum: 21 days, recommended: the cycle, latest: the fixed',
        ],
        [
          'CC1013',
          'a grace that a figure says',
          LENGTHS,
          `minimum: the cycle, latest: the fixed, grace: ${HERE}the cycle`,
          `${LENGTHS}, grace: 2 days`,
        ],
        [
          'CC1013',
          'a task that comes round as often as a figure says',
          'every: 2 days',
          `every: ${HERE}the cycle`,
          'every: 3 days',
        ],
      ]),
      [
        'CC1069',
        'a figure in a rule set, which knows none',
        'ruleSet',
        { from: 'minimum: 3 weeks', refused: `minimum: ${HERE}the cycle`, taken: 'minimum: 21 days' },
      ],
      [
        'CC1069',
        'a window in a rule set that a figure says',
        'ruleSet',
        {
          from: 'recommended: 4 to 6 weeks',
          refused: `recommended: ${HERE}the cycle`,
          taken: 'recommended: 5 weeks',
        },
      ],
    ],
    FIGURED,
  );
});

describe('what changes a figure', () => {
  describeRows(
    drawn([
      [
        'CC1077',
        'of which there is none',
        LOWER,
        `{ lower: ${HERE}dosis, atEnd: { decide: problem }, then: { wait`,
        LOWER,
      ],
      [
        'CC1078',
        'that has no levels',
        LOWER,
        `{ lower: ${HERE}cycle, atEnd: { decide: problem }, then: { wait`,
        LOWER,
      ],
      ['CC1011', 'and says not what follows at its end', LOWER, `${HERE}{ lower: dose, then: { wait`, LOWER],
      [
        'CC1069',
        'and once more at its end',
        LOWER,
        `{ lower: dose, atEnd: ${HERE}{ limit: { dose: most } }, then: { wait`,
        LOWER,
      ],
      [
        'CC1069',
        'twice in one go',
        `standard: ${LIMIT}`,
        `standard: ${HERE}{ limit: { dose: most }, then: { lower: dose, atEnd: { decide: problem } } }`,
        'standard: { limit: { dose: half } }',
      ],
      [
        'CC1079',
        'to a level that it does not have',
        LIMIT,
        `{ limit: { dose: ${HERE}mostly }, for: this session }`,
        LIMIT,
      ],
      [
        'CC1069',
        'to its highest level, which limits nothing',
        LIMIT,
        `{ limit: { dose: ${HERE}full }, for: this session }`,
        LIMIT,
      ],
      [
        'CC1010',
        'with an end that a limit does not have',
        LIMIT,
        `{ limit: { dose: most }, ${HERE}atEnd: go }`,
        LIMIT,
      ],
      [
        'CC1014',
        'for a time of which the format knows nothing',
        LIMIT,
        `{ limit: { dose: most }, for: ${HERE}this week }`,
        LIMIT,
      ],
      [
        'CC1069',
        'for a session where none comes next: in a phase',
        MORE,
        `more: { limit: { dose: most }, ${HERE}for: this session }`,
        'more: { limit: { dose: most } }',
      ],
      [
        'CC1069',
        'for a session where none comes next: after the last',
        FINE,
        `outcomes: { fine: { limit: { dose: most }, ${HERE}for: this session },`,
        'outcomes: { fine: { limit: { dose: most } },',
      ],
      [
        'CC1069',
        'for a session where none comes next: the stage is left with it',
        LEAVE,
        `leave-out: { limit: { dose: most }, ${HERE}for: this session, then: next stage },`,
        'leave-out: { limit: { dose: most }, then: next stage },',
      ],
    ]),
    FIGURED,
  );
});
