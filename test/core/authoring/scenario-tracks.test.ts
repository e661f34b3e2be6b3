import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { readScenario } from '../../../src/core/authoring/read-scenario.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { filesEnding, sourcesFor } from '../../support/content-files.ts';

const pathways = new Map(
  filesEnding('pathways', 'neoadjuvant-ac-t.pathway.yaml').map((file) => [
    'neoadjuvant-ac-t',
    CompiledPathway.parse(compilePathway(sourcesFor(file)).compiled),
  ]),
);

const fileOf = (line: string) => ({
  file: 'x.scenario.yaml',
  text: [
    'scenario: radiotherapy',
    'of: neoadjuvant-ac-t',
    'start: { day: "2026-03-02", areas: { treatment: left breast } }',
    'steps:',
    `  - { day: "2026-03-03", ${line} }`,
    '',
  ].join('\n'),
});

const says = (line: string): string => {
  const { scenario, problems } = readScenario(fileOf(line), pathways);
  return [...problems, ...(scenario?.run().problems ?? [])].map(formatProblem).join('\n');
};

describe('where a track is expected to be', () => {
  it.each([
    ['it waits as long as nobody has started it', 'expect: track radiotherapy at waiting', ''],
    [
      'what is seen instead is told',
      'expect: track radiotherapy at radiotherapy-course.ready',
      '5:34\nCC1090 expected track radiotherapy at radiotherapy-course.ready; seen: track radiotherapy at waiting',
    ],
    ['a track that is none is refused', 'expect: track tablets at waiting', 'there is no track `tablets`'],
    [
      'a stage of a track is one that a line may speak of',
      'performed: radiotherapy-course, expect: track radiotherapy at radiotherapy-course.procedure',
      '',
    ],
    [
      'of its sessions the number is a check, too',
      'performed: radiotherapy-course 2',
      'CC1094 session 1 of `radiotherapy-course` is next, not 2',
    ],
  ])('%s', (_what, line, expected) => {
    if (expected === '') expect(says(line)).toBe('');
    else expect(says(line)).toContain(expected);
  });
});
