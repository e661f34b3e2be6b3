import { describeRows } from './refusals.ts';
import { HERE } from './sample.ts';

describe('kinds of facts', () => {
  const FINDINGS = 'is: "findings of hives, blisters"';
  describeRows([
    [
      'CC1025',
      'half a grade',
      'catalogue',
      { from: 'grade 0 to 4', refused: `${HERE}grade 0 to 4.5`, taken: 'grade 1 to 5' },
    ],
    [
      'CC1025',
      'grades from more to less',
      'catalogue',
      { from: 'grade 0 to 4', refused: `${HERE}grade 4 to 0`, taken: 'grade -4 to 4' },
    ],
    [
      'CC1004',
      'a grade in other digits',
      'catalogue',
      { from: 'grade 0 to 4', refused: `${HERE}grade 00 to 4`, taken: 'grade 0 to 10' },
    ],
    [
      'CC1025',
      'findings that a test would take apart',
      'catalogue',
      {
        from: FINDINGS,
        refused: `is: ${HERE}"findings of hives, hives or blisters"`,
        taken: 'is: "findings of hives, hivesor"',
      },
    ],
    [
      'CC1025',
      'a finding that a test would take for an area',
      'catalogue',
      {
        from: FINDINGS,
        refused: `is: ${HERE}"findings of hives, in folds"`,
        taken: 'is: "findings of hives, infection"',
      },
    ],
    [
      'CC1025',
      'a finding twice',
      'catalogue',
      { from: FINDINGS, refused: `is: ${HERE}"findings of hives, hives"`, taken: 'is: findings of hives' },
    ],
    [
      'CC1026',
      'a number of any past',
      'catalogue',
      { from: 'range: 0 to 60', refused: `range: ${HERE}any past`, taken: 'range: 0 to 61' },
    ],
    [
      'CC1026',
      'a grade with a range beside it',
      'catalogue',
      {
        from: 'is: grade 0 to 4,',
        refused: `is: grade 0 to 4, range: ${HERE}0 to 4,`,
        taken: 'is: grade 0 to 4, flag: yes,',
      },
    ],
    [
      'CC1014',
      'a mark that is anything but yes',
      'catalogue',
      { from: 'flag: yes', refused: `flag: ${HERE}no`, taken: 'flag: "yes"' },
    ],
    [
      'CC1012',
      'a mark that another YAML would have read',
      'catalogue',
      { from: 'flag: yes', refused: `flag: ${HERE}true`, taken: 'flag: yes' },
    ],
  ]);
});

describe('other units', () => {
  const UNIT = '{ unit: mg/dL, factor: 0.0555, source: "180.16 g in a mole" }';
  describeRows([
    [
      'CC1012',
      'a factor of nothing',
      'catalogue',
      { from: UNIT, refused: UNIT.replace('0.0555', `${HERE}0`), taken: UNIT.replace('0.0555', '0.056') },
    ],
    [
      'CC1011',
      'a factor that cites nothing',
      'catalogue',
      {
        from: UNIT,
        refused: `${HERE}{ unit: mg/dL, factor: 0.0555 }`,
        taken: '{ unit: mg/dL, factor: 0.0555, source: mine }',
      },
    ],
    [
      'CC1047',
      "the fact's own unit",
      'catalogue',
      { from: UNIT, refused: UNIT.replace('mg/dL', `${HERE}mmol/L`), taken: UNIT.replace('mg/dL', 'g/L') },
    ],
    [
      'CC1047',
      'one unit twice',
      'catalogue',
      {
        from: UNIT,
        refused: `${UNIT}, ${UNIT.replace('mg/dL', `${HERE}mg/dL`)}`,
        taken: `${UNIT}, ${UNIT.replace('mg/dL', 'g/L')}`,
      },
    ],
    [
      'CC1025',
      'a unit in two words',
      'catalogue',
      {
        from: UNIT,
        refused: UNIT.replace('mg/dL', `${HERE}mg per dL`),
        taken: UNIT.replace('mg/dL', 'mg/dl'),
      },
    ],
  ]);
});

describe('derived facts', () => {
  const AGE = '{ derived: age, is: time since birthDate }';
  describeRows([
    [
      'CC1041',
      'what is derived of a fact that there is not',
      'catalogue',
      {
        from: 'sum of glucose',
        refused: `${HERE}sum of glucos`,
        taken: 'sum of neuropathy',
      },
    ],
    [
      'CC1041',
      'what is derived of what is derived',
      'catalogue',
      { from: 'sum of glucose', refused: `${HERE}sum of nadir`, taken: 'sum of height' },
    ],
    [
      'CC1060',
      'the time since what may never have been',
      'catalogue',
      {
        from: AGE,
        refused: `${AGE}\n  - { derived: abstinent, is: ${HERE}time since nicotine }`,
        taken: `${AGE}\n  - { derived: oldness, is: time since birthDate }`,
      },
    ],
    [
      'CC1060',
      'the sum of words',
      'catalogue',
      { from: 'sum of glucose', refused: `${HERE}sum of pregnancy`, taken: 'sum of height' },
    ],
    [
      'CC1060',
      'the time since a number',
      'catalogue',
      { from: 'sum of glucose', refused: `${HERE}time since glucose`, taken: 'time since birthDate' },
    ],
    [
      'CC1047',
      'what is derived, named as a fact is',
      'catalogue',
      {
        from: 'derived: glucoseSum',
        refused: `derived: ${HERE}glucose`,
        taken: 'derived: glucoseTotal',
      },
    ],
    [
      'CC1047',
      'what is derived twice',
      'catalogue',
      { from: 'derived: glucoseSum', refused: `derived: ${HERE}nadir`, taken: 'derived: zenith' },
    ],
    [
      'CC1015',
      'what is derived, named as a word of conditions is',
      'catalogue',
      { from: 'derived: glucoseSum', refused: `derived: ${HERE}taken`, taken: 'derived: takings' },
    ],
  ]);
});

describe('tests', () => {
  const test = (fact: string, sentence: string): string => `${fact}: ${sentence}`;
  const FROM = 'smokes: is yes';
  describeRows([
    [
      'CC1061',
      'a grade in a unit',
      'ruleSet',
      {
        from: FROM,
        refused: test('neuropathy', `${HERE}at least 3 points`),
        taken: test('neuropathy', 'at least 3'),
      },
    ],
    [
      'CC1062',
      'half a grade',
      'ruleSet',
      {
        from: FROM,
        refused: test('neuropathy', `${HERE}at least 2.5`),
        taken: test('neuropathy', '2 to below 3'),
      },
    ],
    [
      'CC1062',
      'a grade that there is not',
      'ruleSet',
      {
        from: FROM,
        refused: test('neuropathy', `${HERE}at least 5`),
        taken: test('neuropathy', 'at least 4'),
      },
    ],
    [
      'CC1064',
      'every grade',
      'ruleSet',
      { from: FROM, refused: test('neuropathy', `${HERE}at most 4`), taken: test('neuropathy', 'at most 3') },
    ],
    [
      'CC1062',
      'a finding that is none of the fact',
      'ruleSet',
      { from: FROM, refused: test('rash', `${HERE}includes hivs`), taken: test('rash', 'includes hives') },
    ],
    [
      'CC1047',
      'a finding twice in one test',
      'ruleSet',
      {
        from: FROM,
        refused: test('rash', `${HERE}includes hives or hives`),
        taken: test('rash', 'includes hives or blisters'),
      },
    ],
    [
      'CC1023',
      'an `or` with nothing behind it',
      'ruleSet',
      {
        from: FROM,
        refused: `rash: ${HERE}"includes hives, "`,
        taken: test('rash', 'includes blisters'),
      },
    ],
    [
      'CC1060',
      'findings of what is one word',
      'ruleSet',
      {
        from: FROM,
        refused: test('pregnancy', `${HERE}includes pregnant`),
        taken: test('pregnancy', 'is pregnant'),
      },
    ],
    [
      'CC1060',
      'a list that is one word',
      'ruleSet',
      {
        from: FROM,
        refused: test('medicines', `${HERE}is aspirin`),
        taken: test('medicines', 'includes aspirin'),
      },
    ],
    [
      'CC1060',
      'an age above a birthday',
      'ruleSet',
      { from: FROM, refused: test('age', `${HERE}above 18 years`), taken: test('age', 'at least 19 years') },
    ],
    [
      'CC1060',
      'an age at most that of a birthday',
      'ruleSet',
      { from: FROM, refused: test('age', `${HERE}at most 18 years`), taken: test('age', 'below 19 years') },
    ],
    [
      'CC1060',
      'an age as a date',
      'ruleSet',
      {
        from: FROM,
        refused: test('age', `${HERE}within the last 18 years`),
        taken: test('birthDate', 'within the last 18 years'),
      },
    ],
    [
      'CC1020',
      'an age in halves',
      'ruleSet',
      {
        from: FROM,
        refused: test('age', `${HERE}at least 17.5 years`),
        taken: test('age', 'at least 210 months'),
      },
    ],
    [
      'CC1020',
      'an age in nothing',
      'ruleSet',
      { from: FROM, refused: test('age', `${HERE}at least 18`), taken: test('age', '1 to below 18 years') },
    ],
    [
      'CC1021',
      'an age in hours',
      'ruleSet',
      { from: FROM, refused: test('age', `${HERE}at least 48 hours`), taken: test('age', 'at least 2 days') },
    ],
    [
      'CC1061',
      'a number in a unit that only another fact has',
      'ruleSet',
      {
        from: FROM,
        refused: test('glucose', `${HERE}above 200 g/L`),
        taken: test('glucose', 'above 200 mg/dL'),
      },
    ],
    [
      'CC1062',
      'a number outside the range once it is in the unit of the fact',
      'ruleSet',
      {
        from: FROM,
        refused: test('glucose', `${HERE}above 1082 mg/dL`),
        taken: test('glucose', 'above 1081 mg/dL'),
      },
    ],
    [
      'CC1061',
      'a percentage in the unit of what it is taken from',
      'ruleSet',
      {
        from: FROM,
        refused: test('glucosePart', `${HERE}at least 10 mmol/L`),
        taken: test('glucosePart', 'at least 10 %'),
      },
    ],
    [
      'CC1062',
      'a fall of more than everything',
      'ruleSet',
      {
        from: FROM,
        refused: test('glucosePart', `${HERE}above 101 %`),
        taken: test('glucosePart', 'above 99 %'),
      },
    ],
    [
      'CC1064',
      'a sum that is never so little',
      'ruleSet',
      {
        from: FROM,
        refused: test('glucoseSum', `${HERE}below 0 mmol/L`),
        taken: test('glucoseSum', 'below 10000 mmol/L'),
      },
    ],
    [
      'CC1024',
      'freshness of several tests at once',
      'ruleSet',
      {
        from: 'when: { temperature: at least 38 Cel }',
        refused: `when: { any: [ { temperature: at least 38 Cel } ], ${HERE}taken: within 2 days }`,
        taken: 'when: { temperature: at least 38 Cel, taken: within 2 days }',
      },
    ],
    [
      'CC1024',
      'freshness in words of its own',
      'ruleSet',
      {
        from: 'taken: within 2 days',
        refused: `taken: ${HERE}lately`,
        taken: 'taken: since this stage',
      },
    ],
    [
      'CC1021',
      'freshness in working days',
      'ruleSet',
      {
        from: 'taken: within 2 days',
        refused: `taken: ${HERE}within 2 working days`,
        taken: 'taken: within 48 hours',
      },
    ],
    [
      'CC1041',
      'a test of what is neither recorded nor derived',
      'ruleSet',
      { from: FROM, refused: `${HERE}ages: below 18 years`, taken: test('age', 'below 18 years') },
    ],
  ]);
});
