import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { alter, EVERYTHING, HERE, type Part, sourcesOf } from './sample.ts';

/** Keys of the format that this version would ignore, each with the line that it is put before. */
const KEYS: readonly (readonly [part: Part, before: string, indent: string, keys: readonly string[]])[] = [
  ['clinic', 'timeZone:', '', ['areas']],
  ['clinic', 'everyFurther: 30 minutes', '    ', ['higherRisk']],
  ['catalogue', 'procedures:', '', ['derived', 'care']],
  ['catalogue', 'code: loinc 8310-5', '    ', ['byArea', 'flag', 'notValidWhen', 'alsoIn']],
  ['ruleSet', 'say: We will wait', '    ', ['override', 'ifUnknown']],
  [
    'pathway',
    'course:',
    '',
    ['areas', 'choices', 'figures', 'decisions', 'intervals', 'alongside', 'goals', 'charges', 'exits'],
  ],
  ['pathway', 'tasks:\n    - { task: history', '  ', ['decisions']],
  ['pathway', 'tasks:\n        - { task: stitches', '      ', ['packs']],
  [
    'pathway',
    'say: The mole is cut out.',
    '    ',
    [
      ...[
        'sessions',
        'spacing',
        'missed',
        'untilWhen',
        'beforeEach',
        'afterEach',
        'lasts',
        'prep',
        'reassess',
      ],
      ...['in', 'andIn', 'anaesthesia', 'with', 'onlyFor', 'onlyWhen', 'optional', 'price', 'elsewhere'],
    ],
  ],
];

/** Items, sentences and words of the format. */
const WORDS: readonly (readonly [says: string, part: Part, from: string, to: string])[] = [
  ...['interval', 'table', 'alert', 'eligibility'].map(
    (kind) =>
      [
        `a rule: ${kind}`,
        'ruleSet',
        '- contraindication: smoking\n',
        `- ${HERE}${kind}: x\n    anything: at all\n  - contraindication: smoking\n`,
      ] as const,
  ),
  ...['decision', 'maintenance'].map(
    (kind) =>
      [
        `an item of the course: ${kind}`,
        'pathway',
        '- stage: look-again',
        `- ${HERE}${kind}: x\n    anything: at all\n  - stage: look-again`,
      ] as const,
  ),
  ...['every', 'from', 'until', 'needs', 'onlyWhen', 'onlyFor', 'handsTo', 'clears', 'outcome'].map(
    (key) =>
      [`a task's ${key}`, 'pathway', 'title: History,', `title: History, ${HERE}${key}: something,`] as const,
  ),
  ...['grade 0 to 4', 'list of medicines', 'findings of eczema'].map(
    (kind) => [`a fact: ${kind}`, 'catalogue', 'is: yes or no', `is: ${HERE}${kind}`] as const,
  ),
  ...['prep', 'care'].map(
    (stopped) =>
      [
        `stops: ${stopped}`,
        'ruleSet',
        'stops: [procedure]\n    of',
        `stops: [procedure, ${HERE}${stopped}]\n    of`,
      ] as const,
  ),
  ['only when', 'clinic', 'tell: [owner, coordinator] }', `tell: [coordinator], ${HERE}onlyWhen: late }`],
  ['the range of a date', 'catalogue', 'is: date,', `is: date, range: ${HERE}any past,`],
  ['a rule that stops a phase', 'ruleSet', 'of: [surgery,', `of: [${HERE}prep,`],
  [
    'clearing by signature',
    'ruleSet',
    'clears: by facts\n    tell: [patient]',
    `clears: ${HERE}by signature of surgeon\n    tell: [patient]`,
  ],
  ['findings in an area', 'ruleSet', 'smokes: is yes', `smokes: ${HERE}includes infection in face`],
  ['a bound that a figure gives', 'ruleSet', 'at least 38 Cel', `${HERE}at least the limit`],
  [
    'a fresher fact for one test',
    'ruleSet',
    '{ smokes: is yes }',
    `{ smokes: is yes, ${HERE}taken: within 7 days }`,
  ],
  [
    'consent to a whole course',
    'pathway',
    'covers: one procedure, lasts: 6 months',
    `covers: ${HERE}course, lasts: 6 months`,
  ],
  [
    'a guardian who consents',
    'pathway',
    'lasts: 6 months',
    `lasts: 6 months, ${HERE}orGuardianBelow: 16 years`,
  ],
  ['a duration that a figure gives', 'pathway', 'lasts: 6 months', `lasts: ${HERE}the validity`],
  ['a due time before a booking', 'pathway', '7 days after plan start', `${HERE}3 days before booking`],
  ['a due time after a session', 'pathway', '7 days after plan start', `${HERE}3 days after last session`],
  [
    'a due time after a date that is a fact',
    'pathway',
    '7 days after plan start',
    `${HERE}3 days after birthDate`,
  ],
];

const refusedAlone = (part: Part, from: string, to: string): void => {
  const { texts, at } = alter(EVERYTHING, part, from, to);
  const { compiled, problems } = compilePathway(sourcesOf(texts));
  expect(problems.map(({ code, line, column }) => [code, `${line}:${column}`])).toEqual([['CC1013', at]]);
  expect(compiled).toBeUndefined();
};

describe('what this version would ignore is refused by its key, and not as unknown:', () => {
  const rows = KEYS.flatMap(([part, before, indent, keys]) =>
    keys.map((key) => [key, part, before, `${HERE}${key}: something\n${indent}${before}`] as const),
  );
  it.each(rows)('%s in the %s, before %j', (_key, part, before, to) => refusedAlone(part, before, to));
});

describe('what this version would ignore is refused by its words:', () => {
  it.each(WORDS)('%s', (_says, part, from, to) => refusedAlone(part, from, to));
});
