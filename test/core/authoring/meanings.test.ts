import { describeRefusals } from './refusals.ts';
import { HERE } from './sample.ts';

describeRefusals({ from: 'CC1060', to: 'CC1065' }, [
  [
    'CC1060',
    'a date tested as a number',
    'ruleSet',
    {
      from: 'nicotine: at least 4 weeks ago or never',
      refused: `nicotine: ${HERE}at least 4 weeks`,
      taken: 'nicotine: at least 4 weeks ago',
    },
  ],
  [
    'CC1060',
    '`never` of a date that everybody has',
    'ruleSet',
    {
      from: 'nicotine: at least 4 weeks ago or never',
      refused: `birthDate: ${HERE}at least 4 weeks ago or never`,
      taken: 'birthDate: at least 4 weeks ago',
    },
  ],
  [
    'CC1061',
    'degrees of another scale',
    'ruleSet',
    { from: 'at least 38 Cel', refused: `${HERE}at least 38 degF`, taken: 'at least 38.5 Cel' },
  ],
  [
    'CC1061',
    'a number without its unit',
    'ruleSet',
    { from: 'at least 38 Cel', refused: `${HERE}at least 38`, taken: 'at most 38 Cel' },
  ],
  [
    'CC1062',
    'a temperature that nobody survives',
    'ruleSet',
    { from: 'at least 38 Cel', refused: `${HERE}at least 100.4 Cel`, taken: 'at least 45 Cel' },
  ],
  [
    'CC1062',
    'an answer that is neither yes nor no',
    'ruleSet',
    { from: 'smokes: is yes', refused: `smokes: ${HERE}is maybe`, taken: 'smokes: is no' },
  ],
  [
    'CC1062',
    'a word that the fact does not have',
    'ruleSet',
    { from: 'smokes: is yes', refused: `pregnancy: ${HERE}is pregnent`, taken: 'pregnancy: is pregnant' },
  ],
  [
    'CC1063',
    '`is not pregnant`, where `not pregnant` is an answer of its own',
    'ruleSet',
    {
      from: 'smokes: is yes',
      refused: `pregnancy: ${HERE}is not pregnant`,
      taken: 'pregnancy: is one of not pregnant',
    },
  ],
  [
    'CC1064',
    'a bound that every temperature keeps',
    'ruleSet',
    { from: 'at least 38 Cel', refused: `${HERE}at least 30 Cel`, taken: 'at least 30.1 Cel' },
  ],
  [
    'CC1064',
    'a bound that no temperature passes',
    'ruleSet',
    { from: 'at least 38 Cel', refused: `${HERE}above 45 Cel`, taken: 'above 44.9 Cel' },
  ],
  [
    'CC1064',
    'every word that there is',
    'ruleSet',
    {
      from: 'smokes: is yes',
      refused: `pregnancy: ${HERE}"is one of pregnant, not pregnant, cannot be pregnant"`,
      taken: 'pregnancy: "is one of pregnant, not pregnant"',
    },
  ],
  [
    'CC1065',
    'a step that comes before the one above it',
    'clinic',
    { from: 'at: 5 working days late', refused: `at: ${HERE}1 day before due`, taken: 'at: 1 hour late' },
  ],
]);
