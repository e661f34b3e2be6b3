import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { describeRows, type Row } from './refusals.ts';
import { alter, EVERYTHING, HERE, type Part, sourcesOf } from './sample.ts';

const made = (part: Part, from: string, to: string) => {
  const { compiled, problems } = compilePathway(sourcesOf(alter(EVERYTHING, part, from, to).texts));
  expect(problems).toEqual([]);
  return compiled;
};

const LATE = 'ifLate: { ask: surgeon }';
const HIGH = 'high: { ask: surgeon }';

describe('what a late interval of a rule set leads to, as it is written,', () => {
  it.each([
    ['{ ask: surgeon }', { ask: 'surgeon' }],
    ['{ exit: referral }', [{ do: 'exit', exit: 'referral' }]],
    [
      '{ wait: 7 days, atMost: 2, then: { ask: surgeon } }',
      [
        { do: 'wait', for: { count: 7, unit: 'day' }, atMost: 2 },
        { do: 'ask', role: 'surgeon' },
      ],
    ],
    [
      '{ again: 1, then: { exit: postponement, then: go } }',
      [{ do: 'again', atMost: 1 }, { do: 'exit', exit: 'postponement' }, { do: 'go' }],
    ],
    ['end', [{ do: 'end' }]],
    ['next stage', [{ do: 'next stage' }]],
  ])('%s', (written, lowered) => {
    const compiled = made('ruleSet', LATE, `ifLate: ${written}`);
    expect(compiled?.intervals.find(({ rule }) => rule === 'between-cuts')?.ifLate).toEqual(lowered);
  });
});

const OWN = 'to: start of fill\n    minimum: 2 weeks';
const own = (ifLate: string): string => `${OWN}\n    latest: 8 weeks\n    ifLate: ${ifLate}`;

it('a late interval of a pathway can lead to its stages', () => {
  const compiled = made('pathway', OWN, own('{ to: cut, atMost: 1, then: { ask: nurse } }'));
  expect(compiled?.intervals.find(({ rule }) => rule === 'fill-after-cut')?.ifLate).toEqual([
    { do: 'to', stage: 'cut', atMost: 1 },
    { do: 'ask', role: 'nurse' },
  ]);
});

it('what follows an exit stands behind it', () => {
  const compiled = made('pathway', HIGH, 'high: { exit: conservative, then: { again: 2, then: end } }');
  expect(compiled?.stages.find(({ stage }) => stage === 'fill')?.table?.outcomes.high).toEqual([
    { do: 'exit', exit: 'conservative' },
    { do: 'again', atMost: 2 },
    { do: 'end' },
  ]);
});

const late = (says: string, refused: string, taken: string, code: Row[0] = 'CC1142'): Row => [
  code,
  says,
  'ruleSet',
  { from: LATE, refused: `ifLate: ${refused}`, taken: `ifLate: ${taken}` },
];

const beside = (says: string, refused: string, taken: string): Row => [
  'CC1010',
  says,
  'pathway',
  { from: HIGH, refused: `high: ${refused}`, taken: `high: ${taken}` },
];

describeRows([
  late('a gate does not open because it is late', `${HERE}go`, '{ ask: nurse }'),
  late(
    'after waiting, somebody looks',
    `${HERE}{ wait: 7 days, atMost: 2 }`,
    '{ wait: 7 days, atMost: 2, then: { exit: referral } }',
  ),
  late('after doing it again, somebody looks', `${HERE}{ again: 1 }`, '{ again: 1, then: { ask: nurse } }'),
  late('nobody revises a plan who was not asked', `${HERE}revise`, '{ ask: nurse }'),
  late('a rule set names no decision', `{ ${HERE}decide: late }`, '{ ask: nurse }', 'CC1069'),
  late('a rule set starts no track', `{ ${HERE}start: physio }`, '{ ask: nurse }', 'CC1069'),
  late('a rule set names no stage', `{ ${HERE}to: fill }`, '{ exit: referral }', 'CC1069'),
  late(
    'a rule set lowers no dose of a pathway',
    `{ wait: 7 days, atMost: 1, then: { ${HERE}lower: dose, atEnd: go } }`,
    '{ wait: 7 days, atMost: 1, then: { ask: nurse } }',
    'CC1069',
  ),
  late(
    'a role that the clinic lacks',
    `{ wait: 7 days, atMost: 1, then: { ask: ${HERE}nusre } }`,
    '{ ask: nurse }',
    'CC1040',
  ),
  [
    'CC1142',
    'a late interval of a pathway ends with a person, too',
    'pathway',
    {
      from: OWN,
      refused: own(`${HERE}{ to: cut, atMost: 1 }`),
      taken: own('{ to: cut, atMost: 1, then: { ask: nurse } }'),
    },
  ],
  [
    'CC1072',
    'and goes back so many times',
    'pathway',
    {
      from: OWN,
      refused: own(`{ to: ${HERE}cut }`),
      taken: own('{ to: cut, atMost: 1, then: { ask: nurse } }'),
    },
  ],
  beside('whoever is asked says what follows', `{ ask: surgeon, ${HERE}then: go }`, '{ ask: surgeon }'),
  beside('they are asked each time', `{ ask: surgeon, ${HERE}atMost: 1 }`, '{ ask: surgeon }'),
  beside('nobody is asked for a session', `{ ask: surgeon, ${HERE}for: this session }`, '{ ask: surgeon }'),
  beside(
    'an exit is taken each time',
    `{ exit: referral, ${HERE}atMost: 1 }`,
    '{ exit: referral, then: go }',
  ),
]);

it('a key that belongs to another verb says what to write instead', () => {
  const { texts } = alter(EVERYTHING, 'pathway', HIGH, 'high: { ask: surgeon, then: go }');
  expect(compilePathway(sourcesOf(texts)).problems[0]?.help).toBe(
    'whoever is asked says what follows: write `{ decide: decision }`',
  );
});
