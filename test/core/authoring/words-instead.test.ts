import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { describeRows, type Row } from './refusals.ts';
import { alter, EVERYTHING, HERE, type Part, sourcesOf } from './sample.ts';

/** What somebody may look for in the format, and what they are told to write instead. */
type Instead = readonly [says: string, part: Part, from: string, to: string, help: string | RegExp];

const decision = (more: string): string =>
  `decisions: [ { decision: x, title: X, by: nurse, due: 1 day after asked, ${more}, outcomes: { a: go } } ]\nintervals:`;
const phase = (more: string): string =>
  `decisions: [ { decision: x, title: X, by: nurse, due: 1 day after asked, ${more}, outcomes: { a: go } } ]\n  tasks:\n    - { task: look,`;

const WORDS: readonly Instead[] = [
  [
    'a phase in the place of a procedure',
    'ruleSet',
    'of: [surgery, dressing]',
    `of: [${HERE}prep, dressing]`,
    /keeps gates closed/,
  ],
  [
    'an interval to an end',
    'ruleSet',
    'to: start of graft',
    `to: ${HERE}end of graft`,
    'write `start of graft`',
  ],
  [
    'an interval from a session without a name',
    'pathway',
    'from: end of cut',
    `from: ${HERE}end of session`,
    /name the stage.*`spacing`/,
  ],
  [
    'a due time before a stage',
    'pathway',
    '7 days after plan start',
    `${HERE}3 days before stage`,
    'write `before booking`',
  ],
  [
    'a due time after a booking',
    'pathway',
    '7 days after plan start',
    `${HERE}3 days after booking`,
    /after the procedure/,
  ],
  [
    'a due time after the end of the plan',
    'pathway',
    '7 days after plan start',
    `${HERE}1 day after end of plan`,
    /maintenance/,
  ],
  [
    'a due time after an alert',
    'pathway',
    '7 days after plan start',
    `${HERE}1 day after alert`,
    /only what an alert itself/,
  ],
  ...['declined', 'cancelled'].map(
    (exit): Instead => [
      `a way back from where nothing returns: ${exit}`,
      'pathway',
      'intervals:',
      `exits: { ${HERE}${exit}: { reviewEvery: 7 days } }\nintervals:`,
      /nothing returns/,
    ],
  ),
  ...['title', 'due', 'needs', 'noQuorum', 'ifUnknown', 'on', 'ladder'].map(
    (key): Instead => [
      `beside a table at a gate: ${key}`,
      'pathway',
      'by: { table: risk }\n',
      `by: { table: risk }\n        ${HERE}${key}: something\n`,
      /asked with it/,
    ],
  ),
  [
    'a table at a gate that somebody confirms',
    'pathway',
    '{ table: risk }',
    `{ table: risk, ${HERE}confirm: surgeon }`,
    /lead to `{ ask: role }`/,
  ],
  [
    'a decision of a phase that rules ask',
    'pathway',
    'tasks:\n    - { task: look,',
    phase(`${HERE}on: [red-wound]`),
    /stands under `decisions`/,
  ],
  ['a decision that a hold asks', 'pathway', 'intervals:', decision(`on: [${HERE}fever]`), /an alert/],
  [
    'a decision for some',
    'pathway',
    'intervals:',
    decision(`on: [red-wound], ${HERE}onlyFor: [x]`),
    /for everybody/,
  ],
  ...['every', 'from', 'until', 'needs', 'onlyFor', 'handsTo', 'clears', 'say'].map(
    (key): Instead => [
      `an alert's ${key}`,
      'ruleSet',
      'title: See it,',
      `title: See it, ${HERE}${key}: something,`,
      /./,
    ],
  ),
];

it.each(WORDS)('%s says what to write instead', (_says, part, from, to, help) => {
  const { texts, at } = alter(EVERYTHING, part, from, to);
  const { problems } = compilePathway(sourcesOf(texts));
  expect(problems.map(({ line, column }) => `${line}:${column}`)).toEqual([at]);
  expect(problems[0]?.code).not.toBe('CC1013');
  expect(problems[0]?.help).toMatch(help);
});

const CHOICE = `choices:
  - choice: way
    title: Which way
    by: surgeon and patient
    made: in assessment
    tiers: [first without surgery, surgical]
    values:
      cut-it: { title: Cut it, tier: surgical, scarring: A fine line, longevity: for good, alternatives: [wait] }
      freeze-it: { title: Freeze it, tier: first without surgery }
course:`;

const withChoice = (from: string, to: string): string => CHOICE.replace(from, to);
const tiers = (says: string, from: string, refused: string): Row => [
  'CC1143',
  says,
  'pathway',
  { from: 'course:', refused: withChoice(from, refused), taken: CHOICE },
];

describeRows([
  tiers('a tier that the choice lacks', 'tier: surgical,', `tier: ${HERE}surgica,`),
  tiers(
    'a value without a tier',
    'freeze-it: { title: Freeze it, tier: first without surgery }',
    `freeze-it: ${HERE}{ title: Freeze it }`.replace(
      '{ title: Freeze it }',
      '{ title: Freeze it }\n      burn-it: { title: Burn it, tier: first without surgery }',
    ),
  ),
  tiers(
    'a tier of nothing',
    'tiers: [first without surgery, surgical]',
    `tiers: [first without surgery, ${HERE}later, surgical]`,
  ),
  tiers(
    'a choice without tiers',
    '    tiers: [first without surgery, surgical]\n    values:\n      cut-it: { title: Cut it, tier: surgical, scarring: A fine line, longevity: for good, alternatives: [wait] }\n      freeze-it: { title: Freeze it, tier: first without surgery }',
    `    values:\n      cut-it: { title: Cut it }\n      freeze-it: { title: Freeze it, ${HERE}tier: surgical }`,
  ),
]);

it('options stand side by side as they are weighed, with what there is to weigh', () => {
  const { texts } = alter(EVERYTHING, 'pathway', 'course:', CHOICE);
  const { compiled, problems } = compilePathway(sourcesOf(texts));
  expect(problems).toEqual([]);
  expect(compiled?.choices[0]?.values).toEqual([
    { value: 'freeze-it', title: 'Freeze it', tier: 'first without surgery' },
    {
      value: 'cut-it',
      title: 'Cut it',
      tier: 'surgical',
      scarring: 'A fine line',
      longevity: 'for good',
      alternatives: ['wait'],
    },
  ]);
});

it('a call of an alert may have a first day, and be made only where it is needed', () => {
  const call = 'due: 1 to 2 days after alert, onlyWhen: { smokes: is yes }, ladder: emergency';
  const { texts } = alter(EVERYTHING, 'ruleSet', 'due: 24 hours after alert, ladder: emergency', call);
  const { compiled, problems } = compilePathway(sourcesOf(texts));
  expect(problems).toEqual([]);
  expect(compiled?.alerts[0]?.do[0]).toMatchObject({
    from: { count: 1, unit: 'day' },
    due: { count: 2, unit: 'day' },
    onlyWhen: { all: [{ fact: 'smokes' }] },
  });
  expect(compiled?.facts.map(({ fact }) => fact)).toContain('smokes');
});

it('a date may lie ahead where its fact says so', () => {
  const { texts } = alter(
    EVERYTHING,
    'catalogue',
    'is: date or never, goodFor: 90 days',
    'is: date or never, range: any future, goodFor: 90 days',
  );
  const { compiled, problems } = compilePathway(sourcesOf(texts));
  expect(problems).toEqual([]);
  const { is } = compiled?.facts.find(({ fact }) => fact === 'transfusion') ?? {};
  expect(is).toEqual({ kind: 'date or never', ahead: true });
});

it('the time since a date that may lie ahead is refused', () => {
  const { texts } = alter(
    EVERYTHING,
    'catalogue',
    'is: date, goodFor: ever, from: [record]',
    'is: date, range: any future, goodFor: ever, from: [record]',
  );
  const { compiled, problems } = compilePathway(sourcesOf(texts));
  expect(problems.map(({ code, message }) => [code, message])).toEqual([
    ['CC1060', '`birthDate` may lie ahead'],
  ]);
  expect(compiled).toBeUndefined();
});

it('a decision by a table may be confirmed, and needs what the table asks', () => {
  const confirmed =
    'decisions: [ { decision: x, title: X, by: { table: risk, confirm: surgeon }, due: 1 day after asked, on: [red-wound], outcomes: { high: go, standard: go } } ]\nintervals:';
  const { compiled, problems } = compilePathway(
    sourcesOf(alter(EVERYTHING, 'pathway', 'intervals:', confirmed).texts),
  );
  expect(problems).toEqual([]);
  expect(compiled?.decisions.find(({ decision }) => decision === 'x')).toMatchObject({
    by: { kind: 'roles', roles: ['surgeon'], confirms: 'risk' },
    needs: ['neuropathy', 'glucose', 'nicotine'],
  });
});

describeRows([
  [
    'CC1069',
    'who confirms decides in any case',
    'pathway',
    {
      from: 'intervals:',
      refused: `decisions: [ { decision: x, title: X, by: { table: risk, confirm: surgeon }, ${HERE}ifUnknown: high, due: 1 day after asked, on: [red-wound], outcomes: { high: go, standard: go } } ]\nintervals:`,
      taken:
        'decisions: [ { decision: x, title: X, by: { table: risk }, ifUnknown: high, due: 1 day after asked, on: [red-wound], outcomes: { high: go, standard: go } } ]\nintervals:',
    },
  ],
  [
    'CC1054',
    'the patient confirms no table',
    'pathway',
    {
      from: 'intervals:',
      refused: `decisions: [ { decision: x, title: X, by: { table: risk, confirm: ${HERE}patient }, due: 1 day after asked, on: [red-wound], outcomes: { high: go, standard: go } } ]\nintervals:`,
      taken:
        'decisions: [ { decision: x, title: X, by: { table: risk, confirm: nurse }, due: 1 day after asked, on: [red-wound], outcomes: { high: go, standard: go } } ]\nintervals:',
    },
  ],
]);
