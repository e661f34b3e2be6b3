import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { readScenario } from '../../../src/core/authoring/read-scenario.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { filesEnding, sourcesFor } from '../../support/content-files.ts';

/** How a scenario speaks of goals, of what a patient says of them, and of what work leaves behind. */

const [source] = filesEnding('pathways', 'acne-resolution.pathway.yaml');
if (!source) throw new Error('there is no pathway for acne');
const compiled = CompiledPathway.parse(compilePathway(sourcesFor(source)).compiled);

const problemsOf = (lines: readonly string[]): string[] => {
  const head = [
    'scenario: acne',
    'of: acne-resolution',
    'start: { day: "2026-03-02", areas: { treatment: face } }',
    'steps:',
  ];
  const text = [...head, ...lines.map((line) => `  - { ${line} }`), ''].join('\n');
  const read = readScenario({ file: 'x.yaml', text }, new Map([['acne-resolution', compiled]]));
  return [...read.problems, ...(read.scenario?.run().problems ?? [])].map(formatProblem);
};

const COUNTED = [
  'day: "2026-03-03", fact: { lesions: 40 }',
  'day: "2026-03-10", fact: { lesions: 30 }',
] as const;

it.each([
  ['how it stands', [...COUNTED, 'day: "2026-03-10", expect: objective fewer is improving'], undefined],
  [
    'how it does not stand',
    [...COUNTED, 'day: "2026-03-10", expect: objective fewer is achieved'],
    /CC1090 expected objective fewer is achieved; seen: objective fewer: improving/,
  ],
  ['why somebody is asked', ['day: "2026-09-03", expect: objective fewer is unknown'], undefined],
  [
    'an objective that there is not',
    ['day: "2026-03-10", expect: objective few is improving'],
    /x.yaml:5:34\nCC1111 .*`few`/,
  ],
  [
    'no word for how one stands',
    ['day: "2026-03-10", expect: objective fewer is better'],
    /CC1096 .*objective O is in-progress\|improving/s,
  ],
])('an objective is expected to be so: %s', (_says, lines, problem) => {
  const [first = ''] = problemsOf(lines);
  expect(first).toMatch(problem ?? /^$/);
});

it.each([
  [
    'what is in the way',
    'barrier: { clear: It stings. }, expect: [task barrier-clear, dermatologist is told]',
    undefined,
  ],
  ['how much it matters', 'priority: { clear: high }, by: patient', undefined],
  ['a goal that there is not', 'barrier: { clean: It stings. }', /x.yaml:5:37\nCC1111 .*`clean`.*`clear`/s],
  ['no word for how much', 'priority: { clear: urgent }', /CC1014 `urgent` cannot stand here/],
])('a patient says of a goal: %s', (_says, line, problem) => {
  const [first = ''] = problemsOf([`day: "2026-03-03", ${line}`]);
  expect(first).toMatch(problem ?? /^$/);
});

describe('where something lies', () => {
  const BEFORE = ['day: "2026-03-03", done: history', 'day: "2026-03-04", done: count'] as const;

  it.each([
    ['is told as it is done', 'done: photographs, references: [album/17, album/18], expect: no task outcome'],
    ['is asked for where it is not', 'done: photographs, expect: task outcome/assessment/photographs'],
  ])('%s', (_says, line) => {
    expect(problemsOf([...BEFORE, `day: "2026-03-05", ${line}`])).toEqual([]);
  });

  it('is that of the one task of a line that leaves something behind', () => {
    const lines = [
      'day: "2026-03-03", done: history',
      'day: "2026-03-04", done: [count, photographs], references: x',
    ];
    expect(problemsOf(lines)).toEqual([]);
  });

  it('is told of nothing else', () => {
    const [first] = problemsOf(['day: "2026-03-03", missed: programme, references: album/17']);
    expect(first).toMatch(/x.yaml:5:45\nCC1069 only work that is done leaves something behind/);
  });
});
