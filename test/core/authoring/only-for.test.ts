import type { Report } from '../../../src/core/authoring/issues.ts';
import { lowerOnlyFor } from '../../../src/core/authoring/lower-only-for.ts';
import { lowerProcedures } from '../../../src/core/authoring/lower-session-list.ts';

const CHOICES = [
  { choice: 'severity', values: ['mild', 'moderate', 'severe'] },
  { choice: 'option', values: ['implant', 'own-tissue'] },
];

const reported = () => {
  const problems: string[] = [];
  const report: Report = (path, { code }) => problems.push(`${code} ${path.join('.')}`);
  return { problems, report };
};

/** A stage of sessions that are for these values each. */
const problemsOf = (...sessions: string[][]): string[] => {
  const { problems, report } = reported();
  const list = sessions.map((onlyFor, index) => ({
    session: `session-${index + 1}`,
    title: 'A session',
    procedures: ['peel'],
    ...(onlyFor.length === 0 ? {} : { onlyFor }),
  }));
  const procedures = new Map([['peel', []]]);
  const vocabulary = { procedures } as unknown as Parameters<typeof lowerProcedures>[1]['vocabulary'];
  const stage = { sessions: { count: list.length, upTo: false, list } };
  lowerProcedures(stage as unknown as Parameters<typeof lowerProcedures>[0], {
    path: ['stage'],
    choices: CHOICES,
    vocabulary,
    report,
  });
  return problems;
};

it.each([
  [['mild'], [{ choice: 'severity', values: ['mild'] }]],
  [['severe', 'mild'], [{ choice: 'severity', values: ['mild', 'severe'] }]],
  [
    ['implant', 'mild'],
    [
      { choice: 'severity', values: ['mild'] },
      { choice: 'option', values: ['implant'] },
    ],
  ],
])('values name their choices: %j', (written, lowered) => {
  const { problems, report } = reported();
  expect(lowerOnlyFor(written, { choices: CHOICES, path: ['onlyFor'], report })).toEqual(lowered);
  expect(problems).toEqual([]);
});

it.each([
  ['a value of no choice', ['mild', 'mindl'], ['CC1053 onlyFor.1']],
  ['a value that stands there twice', ['mild', 'mild'], ['CC1047 onlyFor.1']],
])('%s is a problem', (_says, written, expected) => {
  const { problems, report } = reported();
  lowerOnlyFor(written, { choices: CHOICES, path: ['onlyFor'], report });
  expect(problems).toEqual(expected);
});

it.each([
  ['one is for everybody', [['mild'], []], []],
  ['each value has one', [['mild', 'moderate'], ['severe']], []],
  ['one value has none', [['mild'], ['severe']], ['CC1081 stage.sessions']],
  [
    'each has one, but not with each of the other choice',
    [
      ['mild', 'implant'],
      ['moderate', 'severe'],
    ],
    ['CC1081 stage.sessions'],
  ],
  ['together they are for all', [['mild', 'implant'], ['own-tissue'], ['moderate', 'severe']], []],
])('of the sessions of a stage: %s', (_says, sessions, expected) => {
  expect(problemsOf(...sessions)).toEqual(expected);
});
