import { HERE } from '../authoring/sample.ts';
import { describeFindings } from './findings.ts';

const OWN =
  '- { interval: fill-after-cut, title: Filling after the cut, from: end of cut, to: start of fill, minimum: 14 weeks }';
const BETWEEN = 'minimum: 3 weeks\n    recommended: 4 to 6 weeks\n    latest: 5 months';
const SPACING = 'spacing: { from: start, minimum: the gap, latest: 10 weeks, ifLate: { ask: surgeon } }';
const STITCHES = 'due: 7 to 10 days after procedure';

describeFindings([
  [
    'CC1225',
    'error',
    'a minimum that is longer than the latest day of another',
    'pathway',
    {
      from: OWN,
      wrong: OWN.replace('14 weeks', '6 months'),
      right: OWN.replace('14 weeks', '5 months'),
      found: ['ruleSet', '5 months'],
    },
  ],
  [
    'CC1226',
    'warning',
    'a minimum in days beside a latest day in months',
    'pathway',
    {
      from: OWN,
      wrong: OWN.replace('14 weeks', '152 days'),
      right: OWN.replace('14 weeks', '150 days'),
      found: ['ruleSet', '5 months'],
    },
  ],
  [
    'CC1230',
    'warning',
    'a minimum in months, and a latest day that some of them reach',
    'ruleSet',
    {
      from: `${BETWEEN}\n    ifLate: { ask: surgeon }`,
      wrong: `minimum: 5 months\n    latest: ${HERE}151 days\n    ifLate: { ask: surgeon }`,
      right: `minimum: 4 months\n    latest: 151 days\n    ifLate: { ask: surgeon }`,
    },
  ],
  [
    'CC1227',
    'warning',
    'waiting as often as may be until it is too late',
    'pathway',
    {
      from: 'some: { wait: 7 days, atMost: 2',
      wrong: `some: ${HERE}{ wait: 14 days, atMost: 3`,
      right: 'some: { wait: 7 days, atMost: 5',
    },
  ],
  [
    'CC1230',
    'warning',
    'a figure that may be set beyond the latest day',
    'pathway',
    {
      from: SPACING,
      wrong: SPACING.replace('10 weeks', `${HERE}30 days`),
      right: SPACING.replace('10 weeks', '7 weeks'),
    },
  ],
  [
    'CC1225',
    'error',
    'work that is planned for after the latest day of what follows it',
    'pathway',
    {
      from: STITCHES,
      wrong: 'due: 6 to 7 months after procedure',
      right: 'due: 3 to 4 months after procedure',
      found: ['ruleSet', '5 months'],
    },
  ],
  [
    'CC1231',
    'warning',
    'a visit that is due after what it belongs to',
    'pathway',
    { from: 'every: 1 year }', wrong: `every: ${HERE}3 years }`, right: 'every: 2 years }' },
  ],
  [
    'CC1231',
    'error',
    'a row of visits that ends before it begins',
    'pathway',
    {
      from: 'every: 12 hours, until: 48 hours after procedure',
      wrong: `every: 2 days, from: 3 weeks after procedure, until: ${HERE}2 weeks after procedure`,
      right: 'every: 2 days, from: 2 weeks after procedure, until: 3 weeks after procedure',
    },
  ],
  [
    'CC1221',
    'warning',
    'hours that end by the day',
    'pathway',
    {
      from: '- { task: wound-check, title: The wound, role: nurse, every: 12 hours, until: 48 hours after procedure }',
      wrong: `- ${HERE}{ task: wound-check, title: The wound, role: nurse, every: 12 hours, until: 2 days after procedure }`,
    },
  ],
  [
    'CC1221',
    'warning',
    'a fact of 7 days that is asked within 180 hours',
    'ruleSet',
    {
      from: 'taken: within 3 days',
      wrong: 'taken: within 180 hours',
      right: 'taken: within 144 hours',
      found: ['ruleSet', 'table: risk'],
    },
  ],
]);
