import { HERE } from '../authoring/sample.ts';
import { describeFindings } from './findings.ts';

const PLACE = 'intervals:\n';

/** Less glucose half a year on; before that, the effect is looked at. */
const goal = (from = '', to = ''): string =>
  `goals:
  - goal: better
    title: Less sugar
    objectives:
      - objective: sugar
        measure: glucosePart
        target: at least 20 %
        by: 6 months after plan start
        ineffectiveWhen: { glucosePart: below 5 % }
        from: 3 months after first session
${PLACE}`.replace(from, to);

const care = (until: string): string => `alongside:
  - { care: home, title: Home care, from: 10 days after first session, until: ${until}, say: Wash gently. }
${PLACE}`;

describeFindings([
  [
    'CC1237',
    'warning',
    'a goal whose measure no task records',
    'pathway',
    {
      from: PLACE,
      wrong: goal(
        'measure: glucosePart\n        target: at least 20 %',
        `measure: ${HERE}height\n        target: at least 180 cm`,
      ).replace(
        '        ineffectiveWhen: { glucosePart: below 5 % }\n        from: 3 months after first session\n',
        '',
      ),
      right: goal(),
    },
  ],
  [
    'CC1238',
    'error',
    'a goal that whoever reaches it is said to be treated without effect',
    'pathway',
    {
      from: PLACE,
      wrong: goal('{ glucosePart: below 5 % }', `${HERE}{ glucosePart: at least 5 % }`),
      right: goal(),
    },
  ],
  [
    'CC1215',
    'error',
    'an effect that nothing can be said of',
    'pathway',
    {
      from: PLACE,
      wrong: goal(
        '{ glucosePart: below 5 % }',
        `${HERE}{ all: [ { glucosePart: below 5 % }, { glucosePart: at least 10 % } ] }`,
      ),
      right: goal(),
    },
  ],
  [
    'CC1232',
    'error',
    'home care that ends before it begins',
    'pathway',
    {
      from: PLACE,
      given: ['catalogue', 'procedures:\n', 'care: [home]\nprocedures:\n'],
      wrong: care(`${HERE}9 days after first session`),
      right: care('10 days after first session'),
    },
  ],
]);
