import { describeRefusals } from './refusals.ts';
import { HERE } from './sample.ts';

describeRefusals({ from: 'CC1001', to: 'CC1009' }, [
  [
    'CC1001',
    'a bracket that is never closed',
    'clinic',
    { from: '[en, es]', refused: `[en, es\n${HERE}x: 1`, taken: '[en,\n  es]' },
  ],
  [
    'CC1002',
    'a key that stands twice',
    'pathway',
    { from: 'title: A mole', refused: `title: A mole\n${HERE}title: Another`, taken: 'title: Another' },
  ],
  [
    'CC1003',
    'a second document',
    'catalogue',
    {
      from: '  - { procedure: dressing }',
      refused: `  - { procedure: dressing }\n${HERE}---\na: 1`,
      taken: '  - { procedure: dressing }\n...',
    },
  ],
  [
    'CC1004',
    'a number with a leading zero',
    'clinic',
    { from: 'raise: 1 }', refused: `raise: ${HERE}01 }`, taken: 'raise: 1 }' },
  ],
  [
    'CC1004',
    'a number with an exponent inside a sentence',
    'ruleSet',
    { from: 'at least 38 Cel', refused: `${HERE}at least 3.8e1 Cel`, taken: 'at least 38.0 Cel' },
  ],
  [
    'CC1005',
    'a file of more than half a mebibyte',
    'pathway',
    {
      from: 'pathway: mole',
      refused: `${HERE}pathway: mole\n#${'x'.repeat(512 * 1024)}`,
      taken: `pathway: mole\n#${'x'.repeat(512 * 1000)}`,
    },
  ],
  [
    'CC1006',
    'brackets without end',
    'ruleSet',
    {
      from: '[patient, surgeon]',
      refused: `${'['.repeat(24)}${HERE}${'['.repeat(60_000)}`,
      taken: '[surgeon, patient]',
    },
  ],
  [
    'CC1007',
    'an alias',
    'pathway',
    { from: 'title: Cut', refused: `title: ${HERE}*cut`, taken: 'title: "*cut"' },
  ],
  [
    'CC1007',
    'an anchor',
    'pathway',
    { from: 'title: Cut', refused: `title: &cut ${HERE}Cut`, taken: 'title: "&cut"' },
  ],
  [
    'CC1007',
    'a tag',
    'pathway',
    { from: 'title: Cut', refused: `title: !!str ${HERE}Cut`, taken: 'title: "!!str Cut"' },
  ],
  [
    'CC1007',
    'a directive that makes it another YAML',
    'pathway',
    { from: 'pathway: mole', refused: `${HERE}%YAML 1.1\n---\npathway: mole`, taken: '---\npathway: mole' },
  ],
  [
    'CC1008',
    'prose whose comma ends the value',
    'pathway',
    { from: 'title: History,', refused: `title: History, ${HERE}scars,`, taken: 'title: "History, scars",' },
  ],
  [
    'CC1008',
    'a key with nothing after it',
    'ruleSet',
    { from: 'because: Fever may mean an infection.', refused: `${HERE}because:`, taken: 'because: Fever.' },
  ],
  [
    'CC1008',
    'a list without items',
    'pathway',
    { from: 'uses: [surgery]', refused: `uses: ${HERE}[]`, taken: 'uses: [ surgery ]' },
  ],
  [
    'CC1009',
    'a version that is not quoted',
    'ruleSet',
    { from: 'version: "1.0.0"', refused: `version: ${HERE}1.0.0`, taken: "version: '1.0.0'" },
  ],
]);
