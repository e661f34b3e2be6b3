import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { describeRows } from './refusals.ts';
import { alter, EVERYTHING, HERE, sourcesOf } from './sample.ts';

it('work may be due after a date that is a fact, which becomes part of the pathway', () => {
  const { texts } = alter(
    EVERYTHING,
    'pathway',
    '7 days after plan start',
    '5 to 6 months after transfusion',
  );
  const { compiled, problems } = compilePathway(sourcesOf(texts));
  expect(problems).toEqual([]);
  expect(compiled?.consultation[0]?.when).toEqual({
    due: {
      from: { count: 5, unit: 'month' },
      to: { count: 6, unit: 'month' },
      after: 'date',
      fact: 'transfusion',
    },
  });
  expect(compiled?.facts.map(({ fact }) => fact)).toContain('transfusion');
});

const due = '7 days after plan start';
const asked = (phrase: string): string =>
  `decisions: [ { decision: x, title: X, by: nurse, due: ${phrase}, on: [red-wound], outcomes: { a: go } } ]\nintervals:`;

describeRows(
  [
    [
      'CC1060',
      'what is no date',
      'pathway',
      { from: due, refused: `${HERE}3 days after glucose`, taken: '3 days after birthDate' },
    ],
    [
      'CC1066',
      'a date that each area has its own of',
      'pathway',
      { from: due, refused: `${HERE}3 days after radiotherapy`, taken: '3 days after transfusion' },
    ],
    [
      'CC1050',
      'the word for such a date, and no name of one',
      'pathway',
      { from: due, refused: `${HERE}3 days after date`, taken: '3 days after birthDate' },
    ],
    [
      'CC1050',
      'a decision counts from no fact',
      'pathway',
      {
        from: 'intervals:',
        refused: asked(`${HERE}3 days after birthDate`),
        taken: asked('3 days after asked'),
      },
    ],
    [
      'CC1060',
      'no time has passed since a date that may lie ahead',
      'catalogue',
      {
        from: 'derived:\n  - { derived: age, is: time since birthDate }',
        refused: `derived:\n  - { derived: age, is: time since birthDate }\n  - { derived: gone, is: ${HERE}time since due }`,
        taken: 'derived:\n  - { derived: age, is: time since birthDate }',
      },
    ],
  ],
  {
    ...EVERYTHING,
    catalogue: alter(
      EVERYTHING,
      'catalogue',
      'derived:\n',
      '  - { fact: due, title: Due, is: date, range: any future, goodFor: ever, from: [record], ask: { role: nurse, within: 1 day } }\nderived:\n',
    ).texts.catalogue,
  },
);
