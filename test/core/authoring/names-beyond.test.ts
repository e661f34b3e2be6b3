import { describeRefusals } from './refusals.ts';
import { HERE } from './sample.ts';

describeRefusals({ from: 'CC1049', to: 'CC1054' }, [
  [
    'CC1049',
    'a treatment of what the clinic has no word for',
    'pathway',
    {
      from: '"any of left breast, right breast"',
      refused: `${HERE}"any of left breast, right brest"`,
      taken: '"any of left breast, nose"',
    },
  ],
  [
    'CC1049',
    'findings in a part that there is not',
    'ruleSet',
    {
      from: 'includes infection or herpes in any area of this stage',
      refused: `${HERE}includes infection or herpes in the upper face`,
      taken: 'includes infection or herpes in upper face',
    },
  ],
  [
    'CC1050',
    'a due time from an anchor that there is not',
    'pathway',
    {
      from: '7 days after plan start',
      refused: `${HERE}7 days after plan begin`,
      taken: '7 days after consultation',
    },
  ],
  [
    'CC1051',
    'a task of the consultation due after the procedure',
    'pathway',
    {
      from: '7 days after plan start',
      refused: `${HERE}7 days after procedure`,
      taken: '8 days after plan start',
    },
  ],
  [
    'CC1050',
    'a call that is due after something else than its alert',
    'ruleSet',
    { from: '24 hours after alert', refused: `${HERE}24 hours after session`, taken: '0 days after alert' },
  ],
  [
    'CC1050',
    'an alert that watches from something else than the last session',
    'ruleSet',
    {
      from: '6 weeks after last session',
      refused: `${HERE}6 weeks after booking`,
      taken: '1 day after last session',
    },
  ],
  [
    'CC1051',
    'an interval from a stage to one before it',
    'pathway',
    {
      from: 'from: end of cut\n    to: start of fill',
      refused: `from: ${HERE}end of fill\n    to: start of cut`,
      taken: 'from: end of fill\n    to: start of fill',
    },
  ],
  [
    'CC1052',
    'a decision by a table that nobody wrote',
    'pathway',
    { from: '{ table: risk }', refused: `{ table: ${HERE}risks }`, taken: '{ table: "risk" }' },
  ],
  [
    'CC1053',
    'a row that gives an answer of no list',
    'ruleSet',
    {
      from: 'neuropathy: at least 3, then: high',
      refused: `neuropathy: at least 3, then: ${HERE}hihg`,
      taken: 'neuropathy: at least 2, then: high',
    },
  ],
  [
    'CC1053',
    'an outcome of no answer',
    'pathway',
    {
      from: 'outcomes: { standard: go, high:',
      refused: `outcomes: { standard: go, ${HERE}middling: go, high:`,
      taken: 'outcomes: { "standard": go, high:',
    },
  ],
  [
    'CC1054',
    'an override that the patient grants',
    'ruleSet',
    {
      from: 'override: { by: [surgeon], second',
      refused: `override: { by: [surgeon, ${HERE}patient], second`,
      taken: 'override: { by: [surgeon, nurse], second',
    },
  ],
  [
    'CC1054',
    'an override that the patient signs as the second',
    'ruleSet',
    { from: 'second: clinical-lead', refused: `second: ${HERE}patient`, taken: 'second: surgeon' },
  ],
  [
    'CC1054',
    'a hold that the patient signs away',
    'ruleSet',
    {
      from: 'by signature of surgeon',
      refused: `${HERE}by signature of patient`,
      taken: 'by signature of nurse',
    },
  ],
  [
    'CC1054',
    'a late interval that the patient is asked about',
    'ruleSet',
    {
      from: 'ifLate: { ask: surgeon }',
      refused: `ifLate: { ask: ${HERE}patient }`,
      taken: 'ifLate: { ask: nurse }',
    },
  ],
  [
    'CC1054',
    "a table's answer that the patient is asked about",
    'pathway',
    {
      from: 'high: { ask: surgeon }',
      refused: `high: { ask: ${HERE}patient }`,
      taken: 'high: { ask: nurse }',
    },
  ],
]);
