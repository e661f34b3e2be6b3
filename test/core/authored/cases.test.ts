import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { readCases } from '../../../src/core/authoring/read-cases.ts';
import { BOOK, filesEnding } from '../../support/content-files.ts';

/** Every case of the repository is a test: what a rule says of a made-up patient. */
describe.each(filesEnding('rules', '.cases.yaml').map((cases) => [cases.file, cases] as const))(
  '%s',
  (_file, source) => {
    const { cases, problems } = readCases({ ...BOOK, cases: source });

    it('can be read', () => {
      expect(problems.map(formatProblem).join('\n')).toBe('');
      expect(cases.length).toBeGreaterThan(0);
    });

    if (cases.length > 0)
      it.each(cases.map((one) => [`${one.of}: ${one.name}`, one] as const))('%s', (_name, { judge }) => {
        const { problem } = judge();
        expect(problem && formatProblem(problem)).toBeUndefined();
      });
  },
);
