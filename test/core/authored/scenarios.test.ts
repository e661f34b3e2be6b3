import { readFileSync } from 'node:fs';
import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { readScenario } from '../../../src/core/authoring/read-scenario.ts';
import { traceFileOf } from '../../../src/core/content/content.ts';
import { filesEnding, sourcesFor } from '../../support/content-files.ts';

const compilations = filesEnding('pathways', '.pathway.yaml').map((file) => compilePathway(sourcesFor(file)));
const pathways = new Map(
  compilations.flatMap(({ compiled }) => (compiled ? [[compiled.pathway, compiled] as const] : [])),
);

it('the pathways of the repository compile', () => {
  const problems = compilations.flatMap((one) => one.problems.map(formatProblem));
  expect([...new Set(problems)].join('\n')).toBe('');
});

/** Every scenario of the repository is a test: a made-up patient, played day by day. */
it.each(filesEnding('pathways', '.scenario.yaml').map((source) => [source.file, source] as const))(
  '%s',
  (_file, source) => {
    const { scenario, problems } = readScenario(source, pathways);
    expect(problems.map(formatProblem).join('\n')).toBe('');
    const played = scenario?.run();
    expect(played?.problems.map(formatProblem).join('\n')).toBe('');
    // What happens to a patient changes only when somebody has read what changes: `carechart test --update`.
    expect(`${played?.trace}\n`).toBe(readFileSync(traceFileOf(source.file), 'utf8'));
  },
);
