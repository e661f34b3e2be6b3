import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { CHOICES } from './choice-sample.ts';
import { describeRows, type Row } from './refusals.ts';
import { alter, HERE, sourcesOf } from './sample.ts';

const option = (from: string, refused: string, taken: string) => ({ from, refused, taken });

const ROWS: readonly Row[] = [
  [
    'CC1074',
    'a value of two choices',
    'pathway',
    option('slow: { title: Slow }', `${HERE}wide: { title: Slow }`, 'broad: { title: Slow }'),
  ],
  [
    'CC1075',
    'a stage for a value that no choice has',
    'pathway',
    option('onlyFor: [implant]\n    in', `onlyFor: [${HERE}implants]\n    in`, 'onlyFor: [fast]\n    in'),
  ],
  [
    'CC1075',
    'a task for such a value',
    'pathway',
    option('onlyFor: [implant, wide]', `onlyFor: [implant, ${HERE}broad]`, 'onlyFor: [implant, narrow]'),
  ],
  [
    'CC1075',
    'another choice to be made again',
    'pathway',
    option('{ choose: pace }', `{ choose: ${HERE}speed }`, '{ choose: width }'),
  ],
  [
    'CC1075',
    'what counts for the unknown being nothing that there is',
    'pathway',
    option('ifUnknown: nurse', `ifUnknown: ${HERE}broad`, 'ifUnknown: wide'),
  ],
  [
    'CC1076',
    'a risk that is never high',
    'pathway',
    {
      from: 'by: { table: risk, confirm: surgeon }\n    due: 5 days after asked\n    made: in assessment\n    values: { high: { title: High }, standard: { title: Standard } }',
      refused: `by: surgeon\n    made: in assessment\n    values: ${HERE}{ raised: { title: High }, standard: { title: Standard } }`,
      taken:
        'by: surgeon\n    made: in assessment\n    values: { high: { title: High }, low: { title: Low } }',
    },
  ],
  [
    'CC1076',
    'a ladder for higher risk that names one itself',
    'clinic',
    option('higherRisk: emergency', `higherRisk: ${HERE}standard`, 'calendar: always'),
  ],
  [
    'CC1043',
    'a ladder for higher risk that there is not',
    'clinic',
    option('higherRisk: emergency', `higherRisk: ${HERE}urgent`, 'calendar: always'),
  ],
  [
    'CC1047',
    'a choice with the name of a stage',
    'pathway',
    option('choice: width', `choice: ${HERE}cut`, 'choice: breadth'),
  ],
  [
    'CC1047',
    'a value that stands twice in a list',
    'pathway',
    option('onlyFor: [implant, wide]', `onlyFor: [implant, ${HERE}implant]`, 'onlyFor: [implant]'),
  ],
  [
    'CC1011',
    'a choice that is made in no phase',
    'pathway',
    option(
      '- choice: width\n    title: Width\n    by: { table: width }\n    ifUnknown: nurse\n    made: in consultation\n',
      `- ${HERE}choice: width\n    title: Width\n    by: { table: width }\n    ifUnknown: nurse\n`,
      '- choice: width\n    title: Width\n    by: { table: width }\n    made: in assessment\n',
    ),
  ],
  [
    'CC1014',
    'a choice that is made in the course',
    'pathway',
    option('made: in consultation', `made: ${HERE}in course`, 'made: in assessment'),
  ],
  [
    'CC1010',
    'what is not shown of a value',
    'pathway',
    option('mechanism: restore volume', `${HERE}colour: restore volume`, 'mechanism: fill it'),
  ],
  [
    'CC1015',
    'a value that is no name',
    'pathway',
    option('fast: { title: Fast }', `${HERE}very fast: { title: Fast }`, 'quick: { title: Fast }'),
  ],
  [
    'CC1040',
    'a choice of a role that there is not',
    'pathway',
    option('by: patient and surgeon', `by: ${HERE}patient and painter`, 'by: patient and nurse'),
  ],
  [
    'CC1040',
    'an answer that nobody there is confirms',
    'pathway',
    option('confirm: surgeon', `confirm: ${HERE}painter`, 'confirm: nurse'),
  ],
  [
    'CC1054',
    'an answer that the patient confirms',
    'pathway',
    option('confirm: surgeon', `confirm: ${HERE}patient`, 'confirm: nurse'),
  ],
  [
    'CC1040',
    'a stage that nobody there is may leave out',
    'pathway',
    option('optional: surgeon and patient', `optional: ${HERE}surgeon and painter`, 'optional: nurse'),
  ],
  [
    'CC1051',
    'a choice that is due after what lies ahead of it',
    'pathway',
    option(
      'due: 7 days after assessment',
      `due: ${HERE}7 days after course`,
      'due: 7 days after consultation',
    ),
  ],
  [
    'CC1052',
    'a table that there is not',
    'pathway',
    option('{ table: width }', `{ table: ${HERE}breadth }`, '{ table: "width" }'),
  ],
  [
    'CC1053',
    'a value that is no answer of the table',
    'pathway',
    option(
      'narrow: { title: Narrow } }',
      `narrow: { title: Narrow }, ${HERE}slim: { title: Slim } }`,
      'narrow: { title: Slim } }',
    ),
  ],
  [
    'CC1070',
    'an answer of the table that is no value',
    'pathway',
    option(
      'values: { wide: { title: Wide }, narrow: { title: Narrow } }',
      `values: ${HERE}{ wide: { title: Wide } }`,
      'values: { narrow: { title: Narrow }, wide: { title: Wide } }',
    ),
  ],
  [
    'CC1066',
    'what is offered by what is known by area',
    'pathway',
    option(
      'offeredWhen: { smokes: is no }',
      `offeredWhen: { wound: ${HERE}is red }`,
      'offeredWhen: { smokes: is yes }',
    ),
  ],
  [
    'CC1041',
    'what is offered by a fact that there is not',
    'pathway',
    option(
      'offeredWhen: { smokes: is no }',
      `offeredWhen: { ${HERE}smoking: is no }`,
      'offeredWhen: { age: below 50 years }',
    ),
  ],
  [
    'CC1069',
    'something unknown where people choose',
    'pathway',
    option(
      'by: patient and surgeon\n',
      `by: patient and surgeon\n    ${HERE}ifUnknown: implant\n`,
      'by: patient and surgeon\n    ladder: emergency\n',
    ),
  ],
  [
    'CC1069',
    'a due time where nobody is asked',
    'pathway',
    option(
      'ifUnknown: nurse\n',
      `${HERE}due: 7 days after asked\n`,
      'ifUnknown: nurse\n    due: 7 days after asked\n',
    ),
  ],
  [
    'CC1069',
    'what is offered where the table chooses alone',
    'pathway',
    option(
      'wide: { title: Wide }',
      `wide: { title: Wide, ${HERE}offeredWhen: { smokes: is no } }`,
      'wide: { title: Wide, cost: 5 USD }',
    ),
  ],
  [
    'CC1069',
    'a role for the unknown beside the one that decides in any case',
    'pathway',
    option(
      'by: { table: risk, confirm: surgeon }\n',
      `by: { table: risk, confirm: surgeon }\n    ${HERE}ifUnknown: nurse\n`,
      'by: { table: risk, confirm: surgeon }\n    ifUnknown: high\n',
    ),
  ],
  [
    'CC1069',
    'a clearance that is for some only',
    'packs',
    option(
      'clears: anaesthesia }',
      `clears: anaesthesia, ${HERE}onlyFor: [implant] }`,
      'clears: anaesthesia, say: Come fasting. }',
    ),
  ],
  [
    'CC1010',
    'so often that a choice is made again',
    'pathway',
    option('{ choose: pace }', `{ choose: pace, ${HERE}atMost: 2 }`, '{ choose: pace, then: end }'),
  ],
];

describe('choices', () => {
  describeRows(ROWS, CHOICES);

  it('of a table that asks of an area are refused: a choice is made for the whole patient', () => {
    const { texts } = alter(
      CHOICES,
      'ruleSet',
      '{ height: above 100 cm, then: wide }',
      '{ wound: is red, then: wide }',
    );
    const { problems } = compilePathway(sourcesOf(texts));
    expect(problems.map(({ file, code, message }) => [file, code, message])).toEqual([
      [
        'choices.pathway.yaml',
        'CC1066',
        '`width` asks of `wound`, which is known by area, and a choice is made for the patient as a whole',
      ],
    ]);
  });

  it('are named by a pack that is used: what no choice has is reported where it is', () => {
    const { texts } = alter(CHOICES, 'packs', 'onlyFor: [implant]', 'onlyFor: [implants]');
    const { problems } = compilePathway(sourcesOf(texts));
    expect(problems.map(({ file, code, message, help }) => [file, code, message, help])).toEqual([
      [
        'choices.pathway.yaml',
        'CC1075',
        'the task `visit` of this pack: no choice has a value `implants`',
        'did you mean `implant`?',
      ],
    ]);
  });

  it('leave no decision of the name that is asked before an optional stage', () => {
    const { texts } = alter(CHOICES, 'pathway', 'decision: on\n', 'decision: extra-or-not\n');
    const { problems } = compilePathway(sourcesOf(texts));
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['CC1047', 'there is a decision `extra-or-not` already'],
    ]);
  });

  it('made again when a board had no quorum say what follows', () => {
    const from = 'by: surgeon\n      due: 7 days after procedure\n';
    const board =
      'by: { board: [surgeon, nurse], quorum: 2, agree: all }\n      due: 7 days after procedure\n';
    const { texts, at } = alter(
      CHOICES,
      'pathway',
      from,
      `${board}      noQuorum: ${HERE}{ choose: pace }\n`,
    );
    const { problems } = compilePathway(sourcesOf(texts));
    expect(problems.map(({ code, line, column }) => [code, `${line}:${column}`])).toEqual([['CC1011', at]]);
  });
});
