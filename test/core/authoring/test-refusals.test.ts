import { describeRows } from './refusals.ts';
import { HERE } from './sample.ts';

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
