import fc from 'fast-check';
import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { CODES } from '../../../src/core/model/codes.ts';
import { runShortly } from '../../support/short-run.ts';
import { COURSE } from './course-sample.ts';
import { BREAST, EVERYTHING, type Part, SAMPLE, sourcesOf, type Texts } from './sample.ts';

/** What slips into a file: a stray key, half a line, a number of another system, somebody else's line. */
const slip = fc.oneof(
  fc.constantFrom(
    ...[
      ' ',
      '\n',
      '\t',
      ':',
      ': ',
      ',',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '#',
      '- ',
      '&a ',
      '*a',
      '!!str ',
      '|',
      '>',
    ],
    ...[
      '010',
      '1e3',
      '-1',
      '0',
      '~',
      'null',
      'true',
      '---\n',
      '%YAML 1.1\n',
      '__proto__',
      'constructor',
      '\uFEFF',
    ],
    ...['days', 'after', 'is not ', 'at least', 'the cycle', 'onlyWhen: x, ', 'interval: x', '<<: ', '? '],
    ...['includes ', ' or ', ' in treatment', ' in donor', 'any of ', 'start of ', 'end of ', 'since '],
    ...[
      'taken: within 1 day, ',
      'taken: x, ',
      'area: same',
      'then: go',
      'ask: nurse',
      'table: ',
      'go',
      'yes',
    ],
    ...['grade 0 to 4', 'findings of a', 'list of a', 'sum of ', 'fall from baseline of ', 'time since '],
    ...[
      'then: { ',
      'again: 1',
      'to: cut',
      'wait: 1 day',
      'decide: late',
      'exit: referral',
      'atMost: 1',
      'end',
    ],
    ...[
      'before booking',
      'up to ',
      'every: 1 day',
      'until: procedure',
      'board: [nurse]',
      'on: [fever]',
      'prep:',
    ],
    ...['sessions: 2\n', 'untilWhen: ', 'missed: skip', 'clears: anaesthesia', 'packs: [a]', 'quorum: 9'],
    ...['in: donor\n', 'andIn: donor\n', 'counts: every\n', 'latest: 1 day\n', ', unknown too', '3 months'],
  ),
  fc.string({ maxLength: 6, unit: 'grapheme' }),
);

interface Mutation {
  readonly at: number;
  readonly length: number;
  readonly from: number;
  readonly slip: string;
  readonly kind: 'insert' | 'delete' | 'replace' | 'move';
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 40 }),
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  slip,
  kind: fc.constantFrom('insert', 'delete', 'replace', 'move'),
});

function mutated(text: string, { at, length, from, slip, kind }: Mutation): string {
  const start = Math.floor(at * text.length);
  const end = kind === 'insert' || kind === 'move' ? start : start + length;
  const source = Math.floor(from * text.length);
  const added = kind === 'delete' ? '' : kind === 'move' ? text.slice(source, source + length) : slip;
  return text.slice(0, start) + added + text.slice(end);
}

/** A file of a sample, broken in one to three places. */
export const broken: fc.Arbitrary<Texts> = fc
  .record({
    texts: fc.constantFrom(SAMPLE, BREAST, EVERYTHING, COURSE),
    part: fc.constantFrom<Part>('clinic', 'catalogue', 'ruleSet', 'packs', 'pathway'),
    mutations: fc.array(mutation, { minLength: 1, maxLength: 3 }),
  })
  .map(({ texts, part, mutations }) => {
    const { file, text } = texts[part];
    return { ...texts, [part]: { file, text: mutations.reduce(mutated, text) } };
  });

/** Each is compiled to something that runs, or refused with a code and a place. @returns whether it was compiled */
function runsOrIsRefused(texts: Texts, seed: number): boolean {
  const { compiled, problems } = compilePathway(sourcesOf(texts));
  expect(problems.length > 0).toBe(compiled === undefined);
  if (compiled) runShortly(compiled, seed);
  for (const problem of problems) {
    const written = Object.values(texts).find(({ file }) => file === problem.file);
    const line = written?.text.replace(/^\uFEFF/, '').split('\n')[problem.line - 1];
    expect(line).toBeDefined();
    expect(problem.column).toBeGreaterThanOrEqual(1);
    expect(problem.column).toBeLessThanOrEqual((line?.length ?? 0) + 1);
    expect(CODES).toHaveProperty(problem.code);
    expect(formatProblem(problem).split('\n')).toHaveLength(3);
  }
  return compiled !== undefined;
}

/** Files in all; each of the tests tries its share, so that they are tried beside one another. */
const FILES = Number(process.env.FUZZ_RUNS ?? 10_000);

/** Tries a share of the files, from a seed of its own. */
export function tryFiles(
  files: fc.Arbitrary<Texts>,
  { share, seed }: { readonly share: number; readonly seed: number },
): { readonly tried: number; readonly compiled: number } {
  const tried = Math.ceil(FILES * share);
  let compiled = 0;
  const each = fc.property(files, fc.nat(), (texts, one) => {
    if (runsOrIsRefused(texts, one)) compiled += 1;
  });
  fc.assert(each, { numRuns: tried, seed });
  return { tried, compiled };
}
