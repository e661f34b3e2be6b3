import { describeRefusals } from './refusals.ts';
import { HERE } from './sample.ts';

const IN_AREA = 'includes infection or herpes in any area of this stage';
const WINDOW = 'minimum: 3 weeks\n    recommended: 4 to 6 weeks\n    latest: 3 months';

describeRefusals({ from: 'CC1066', to: 'CC1070' }, [
  [
    'CC1066',
    'a rule that is asked by area, of a stage that takes place nowhere',
    'pathway',
    {
      from: '- stage: look-again\n    title: Look again\n    procedure: dressing',
      refused: `- ${HERE}stage: look-again\n    title: Look again\n    procedure: excision`,
      taken: '- stage: look-again\n    title: Look again\n    in: treatment\n    procedure: excision',
    },
  ],
  [
    'CC1066',
    'findings that are recorded by area, looked for nowhere',
    'ruleSet',
    {
      from: IN_AREA,
      refused: `${HERE}includes infection or herpes`,
      taken: 'includes infection or herpes in treatment',
    },
  ],
  [
    'CC1066',
    'findings of the whole patient, looked for in an area',
    'ruleSet',
    {
      from: 'rash: includes hives',
      refused: `rash: ${HERE}includes hives in nose`,
      taken: 'rash: includes blisters',
    },
  ],
  [
    'CC1066',
    'a medicine in an area',
    'ruleSet',
    {
      from: 'medicines: includes anticoagulant',
      refused: `medicines: ${HERE}includes anticoagulant in treatment`,
      taken: 'medicines: "includes anticoagulant, insulin or lithium"',
    },
  ],
  [
    'CC1066',
    'eligibility by a wound',
    'ruleSet',
    {
      from: 'for: pathway\n    when: { age: at least 18 years }',
      refused: `for: pathway\n    when: { wound: ${HERE}is clean }`,
      taken: 'for: pathway\n    when: { smokes: is no }',
    },
  ],
  [
    'CC1066',
    'eligibility by findings, though the area is named',
    'ruleSet',
    {
      from: 'for: pathway\n    when: { age: at least 18 years }',
      refused: `for: pathway\n    when: { none: [ { skin: ${HERE}includes herpes in nose } ] }`,
      taken: 'for: pathway\n    when: { none: [ { rash: includes hives } ] }',
    },
  ],
  [
    'CC1066',
    'a fact that is not believed because of an area',
    'catalogue',
    {
      from: '{ transfusion: within the last 3 months }',
      refused: `{ radiotherapy: ${HERE}within the last 3 months }`,
      taken: '{ any: [ { transfusion: within the last 3 months }, { smokes: is yes } ] }',
    },
  ],
  [
    'CC1066',
    'an interval of the whole patient that applies by area',
    'pathway',
    {
      from: 'onlyWhen: { age: at least 60 years }',
      refused: `onlyWhen: ${HERE}{ wound: is red }`,
      taken: 'area: same, onlyWhen: { wound: is red }',
    },
  ],
  [
    'CC1067',
    'a window that begins before the minimum',
    'ruleSet',
    {
      from: 'recommended: 4 to 6 weeks',
      refused: `recommended: ${HERE}2 to 6 weeks`,
      taken: 'recommended: 3 to 6 weeks',
    },
  ],
  [
    'CC1067',
    'a latest day before the earliest',
    'ruleSet',
    {
      from: WINDOW,
      refused: `minimum: 3 months\n    latest: ${HERE}2 months`,
      taken: 'minimum: 3 months\n    latest: 3 months',
    },
  ],
  [
    'CC1067',
    'a latest day before the end of the window',
    'ruleSet',
    {
      from: 'latest: 3 months',
      refused: `latest: ${HERE}5 weeks`,
      taken: 'latest: 6 weeks',
    },
  ],
  [
    'CC1067',
    'a minimum that is over before the latest day in no month',
    'ruleSet',
    {
      from: WINDOW,
      refused: `minimum: 1 month\n    latest: ${HERE}27 days`,
      taken: 'minimum: 1 month\n    latest: 28 days',
    },
  ],
  [
    'CC1067',
    'years and months, which are told apart exactly',
    'ruleSet',
    {
      from: WINDOW,
      refused: `minimum: 13 months\n    latest: ${HERE}1 year`,
      taken: 'minimum: 12 months\n    latest: 1 year',
    },
  ],
  [
    'CC1067',
    'a grace that leaves nothing of the minimum',
    'ruleSet',
    { from: 'grace: 2 days', refused: `grace: ${HERE}21 days`, taken: 'grace: 20 days' },
  ],
  [
    'CC1068',
    'a fact that is believed by its own word',
    'catalogue',
    {
      from: 'notValidWhen: { transfusion: within the last 3 months }',
      refused: `${HERE}notValidWhen: { glucose: above 50 mmol/L }`,
      taken: 'notValidWhen: { neuropathy: at least 3 }',
    },
  ],
  [
    'CC1069',
    'an absolute rule that somebody overrides',
    'ruleSet',
    {
      from: 'clears: by facts\n    tell: [patient, surgeon]',
      refused: `clears: by facts\n    ${HERE}override: { by: [surgeon], lasts: 1 day, covers: stage, reasons: [urgent] }\n    tell: [patient, surgeon]`,
      taken: 'clears: by signature of surgeon\n    tell: [patient, surgeon]',
    },
  ],
  [
    'CC1069',
    'an absolute rule that passes unknown',
    'ruleSet',
    {
      from: 'clears: by facts\n    tell: [patient, surgeon]',
      refused: `clears: by facts\n    ifUnknown: ${HERE}accept\n    tell: [patient, surgeon]`,
      taken: 'clears: by facts\n    ifUnknown: hold\n    tell: [patient, surgeon]',
    },
  ],
  [
    'CC1069',
    'a list that is known by area',
    'catalogue',
    {
      from: 'is: list of medicine classes, flag',
      refused: `is: list of medicine classes, ${HERE}byArea: yes, flag`,
      taken: 'is: list of allergies, flag',
    },
  ],
  [
    'CC1069',
    'another unit of what has none',
    'catalogue',
    {
      from: 'is: grade 0 to 4,',
      refused: `is: grade 0 to 4, ${HERE}alsoIn: [ { unit: points, factor: 2, source: x } ],`,
      taken: 'is: grade 0 to 5,',
    },
  ],
  [
    'CC1069',
    'a choice among the dates of a fact, which holds one',
    'ruleSet',
    {
      from: 'from: radiotherapy\n    to: start of excision\n    area: same',
      refused: `from: radiotherapy\n    to: start of excision\n    ${HERE}counts: first\n    area: same`,
      taken: 'from: radiotherapy\n    area: same\n    to: start of excision',
    },
  ],
  [
    'CC1069',
    'a date that is known by area, asked of the whole patient',
    'ruleSet',
    {
      from: 'from: radiotherapy\n    to: start of excision\n    area: same',
      refused: `from: ${HERE}radiotherapy\n    to: start of excision`,
      taken: 'from: transfusion\n    to: start of excision',
    },
  ],
  [
    'CC1069',
    'a date of the whole patient, asked by area',
    'ruleSet',
    {
      from: 'from: radiotherapy\n    to: start of excision\n    area: same',
      refused: `from: transfusion\n    to: start of excision\n    area: ${HERE}same`,
      taken: 'from: transfusion\n    to: start of excision\n    area: any',
    },
  ],
  [
    'CC1069',
    'one question about a wound, as fresh as it likes and not',
    'ruleSet',
    {
      from: 'when:\n      any:\n        - { skin: includes',
      refused: `when:\n      ${HERE}any:\n        - { wound: is red }\n        - { skin: includes`,
      taken:
        'when:\n      any:\n        - { wound: is red, taken: within 2 days }\n        - { skin: includes',
    },
  ],
  [
    'CC1070',
    'an answer that no row gives',
    'ruleSet',
    {
      from: 'answers: [a, b]',
      refused: `answers: [a, ${HERE}c, b]`,
      taken: 'answers: [b, a]',
    },
  ],
  [
    'CC1070',
    'an answer that leads nowhere',
    'pathway',
    {
      from: 'outcomes: { standard: go, high: { ask: surgeon } }',
      refused: `outcomes: ${HERE}{ standard: go }`,
      taken: 'outcomes: { standard: go, high: go }',
    },
  ],
  [
    'CC1070',
    'a gate that no answer opens',
    'pathway',
    {
      from: 'outcomes: { standard: go, high: { ask: surgeon } }',
      refused: `outcomes: ${HERE}{ standard: { ask: nurse }, high: { ask: surgeon } }`,
      taken: 'outcomes: { standard: { ask: nurse }, high: go }',
    },
  ],
]);
