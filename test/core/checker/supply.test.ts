import { describeFindings } from './findings.ts';

const BLOODS = 'due: 1 to 3 days before booking, records: [glucose, neuropathy, transfusion]';
const ON_THE_DAY = 'records: [temperature, smokes, nicotine]';
const FILL = ['pathway', 'stage: fill'] as const;

describeFindings([
  [
    'CC1228',
    'warning',
    'blood that may be taken earlier than the table takes it',
    'pathway',
    {
      from: BLOODS,
      wrong: BLOODS.replace('1 to 3', '1 to 4'),
      right: BLOODS.replace('1 to 3', '0 to 2'),
      found: FILL,
    },
  ],
  [
    'CC1229',
    'warning',
    'what was known before the first stage, and is too old at the second',
    'pathway',
    { from: ON_THE_DAY, wrong: 'records: [temperature, nicotine]', found: FILL },
  ],
  [
    'CC1235',
    'note',
    'what nobody records and somebody is asked for',
    'pathway',
    { from: ON_THE_DAY, wrong: 'records: [temperature, smokes]', found: FILL },
  ],
  [
    'CC1236',
    'warning',
    'what somebody is asked for who is not of the team',
    'pathway',
    {
      from: ON_THE_DAY,
      wrong: 'records: [temperature, smokes]',
      given: ['pathway', 'team: [surgeon, nurse]', 'team: [surgeon]'],
      found: FILL,
    },
  ],
]);
