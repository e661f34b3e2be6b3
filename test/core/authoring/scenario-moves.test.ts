import { compilePathway } from '../../../src/core/authoring/compile.ts';
import type { Move } from '../../../src/core/authoring/play-scenario.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { readScenario } from '../../../src/core/authoring/read-scenario.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { step } from '../../../src/core/plan/step.ts';
import { filesEnding, sourcesFor } from '../../support/content-files.ts';

/** A scenario as it is played on another stage than the core's own: move by move. */

const [source] = filesEnding('pathways', 'mole-removal.pathway.yaml');
if (!source) throw new Error('there is no pathway for a mole');
const compiled = CompiledPathway.parse(compilePathway(sourcesFor(source)).compiled);

const read = (lines: readonly string[]) => {
  const text = ['scenario: a mole', 'of: mole-removal', 'start: { day: "2026-03-02" }', 'steps:'];
  const file = {
    file: 'x.scenario.yaml',
    text: [...text, ...lines.map((line) => `  - { ${line} }`), ''].join('\n'),
  };
  const { scenario, problems } = readScenario(file, new Map([['mole-removal', compiled]]));
  if (!scenario) throw new Error(problems.map(formatProblem).join('\n'));
  return scenario;
};

/** A stage that does what it is asked, and never lets the plan's timer ring. */
function playedOn(lines: readonly string[]): Move[] {
  const pathway = loadPathway(compiled);
  const moves = read(lines).moves();
  const made: Move[] = [];
  let state: Parameters<typeof step>[1];
  for (let next = moves.next(); !next.done; ) {
    const move = next.value;
    made.push(move);
    const sent =
      move.move === 'start' || move.move === 'send' ? step(pathway, state, move.event, move.at) : undefined;
    state = sent?.state ?? state;
    if (!state) throw new Error('no scenario begins without a start');
    const answer = move.move === 'send' ? sent?.answer : undefined;
    next = moves.next({ state, answer, journal: sent?.journal ?? [], told: [] });
  }
  return made;
}

const KNOWN = [
  'day: "2026-03-03", say: "The first visit.", fact: { bloodThinner: never }',
  'day: "2026-03-04", done: history',
];

it('starts the plan, lets time run to each line, sends what it says, and judges what was seen', () => {
  const moves = playedOn(KNOWN);
  expect(moves.map(({ move }) => move)).toEqual([
    'start',
    ...['pass time', 'send', 'judge'],
    ...['pass time', 'send', 'judge'],
  ]);
  expect(moves.flatMap((one) => (one.move === 'pass time' ? [one.until] : []))).toEqual([
    '2026-03-03T17:00:00.000Z',
    '2026-03-04T17:00:00.000Z',
  ]);
});

it('begins at its first day, at noon where the clinic is', () => {
  expect(read(KNOWN).startsAt).toBe('2026-03-02T17:00:00.000Z');
});

it('hands on what a line has to say to whoever follows it', () => {
  const said = playedOn(KNOWN).flatMap((one) => (one.move === 'pass time' ? [one.line.say] : []));
  expect(said).toEqual(['The first visit.', undefined]);
});

it('judges each line by its own expectations', () => {
  const moves = playedOn([...KNOWN, 'day: "2026-03-05", ask: start excision, expect: open']);
  const problems = moves.flatMap((one) => (one.move === 'judge' ? one.problems : []));
  expect(problems.map(formatProblem).join('\n')).toContain('expected open; seen: refused');
});

it('ends where the plan does not know what a line speaks of', () => {
  const moves = playedOn(['day: "2026-03-05", done: stitches', 'day: "2026-03-06", done: history']);
  expect(moves.map(({ move }) => move)).toEqual(['start', 'pass time', 'judge']);
});

it('says nothing of a plan that a line does not speak of: words alone are no line', () => {
  expect(() => read(['day: "2026-03-05", say: "Nothing happens."'])).toThrow('the line does nothing');
});
