import type { Report } from '../../../src/core/authoring/issues.ts';
import { lowerProcedures } from '../../../src/core/authoring/lower-session-list.ts';

const VALUES = new Map([
  ...['mild', 'moderate', 'severe'].map((value) => [value, 'severity'] as const),
  ...['implant', 'own-tissue'].map((value) => [value, 'option'] as const),
]);

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
  const vocabulary = { procedures, values: VALUES } as unknown as Parameters<
    typeof lowerProcedures
  >[1]['vocabulary'];
  const stage = { sessions: { count: list.length, upTo: false, list } };
  lowerProcedures(stage as unknown as Parameters<typeof lowerProcedures>[0], {
    path: ['stage'],
    figures: new Map(),
    vocabulary,
    report,
  });
  return problems;
};

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
