import { describeRows } from './refusals.ts';
import { HERE } from './sample.ts';

describe('kinds of facts', () => {
  const FINDINGS = 'is: "findings of hives, blisters"';
  describeRows([
    [
      'CC1026',
      'a list that does not say which words it is made of',
      'catalogue',
      {
        from: '{ fact: medicines, title: Medicines, is: list of medicine classes, flag: yes, words: [anticoagulant, steroid, aspirin, insulin, lithium, vitamin of any kind]',
        refused: `${HERE}{ fact: medicines, title: Medicines, is: list of medicine classes, flag: yes`,
        taken:
          '{ fact: medicines, title: Medicines, is: list of medicine classes, words: [anticoagulant, steroid, aspirin, insulin, lithium, vitamin of any kind]',
      },
    ],
    [
      'CC1047',
      'a word of a list that stands there twice',
      'catalogue',
      {
        from: 'words: [anticoagulant, steroid,',
        refused: `words: [anticoagulant, ${HERE}anticoagulant, steroid,`,
        taken: 'words: [anticoagulant, antiplatelet, steroid,',
      },
    ],
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
