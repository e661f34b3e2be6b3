import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { checkContent } from '../../../src/core/content/check-content.ts';
import type { Coverage } from '../../../src/core/content/coverage.ts';
import { coverageIn, type Tried, tryExamples } from '../../../src/core/content/try-content.ts';
import { invariant } from '../../../src/core/model/failure.ts';
import { smallClinic } from '../../support/small-clinic.ts';

function tried(files: ReturnType<typeof smallClinic>): {
  readonly all: Tried[];
  readonly coverage: Coverage;
} {
  const { examples, pathways, problems } = checkContent(files);
  expect(problems.map(formatProblem)).toEqual([]);
  invariant(examples !== undefined, 'files without a problem have examples');
  const all = [...tryExamples(examples)];
  const [coverage] = coverageIn(pathways, all);
  invariant(coverage !== undefined, 'there is a pathway');
  return { all, coverage };
}

const failed = (all: readonly Tried[]): string[] =>
  all.flatMap(({ subject, name, problems }) =>
    problems.map((one) => `${subject}: ${name}: ${formatProblem(one).split('\n').slice(0, 2).join(' ')}`),
  );

describe('every example is tried as it is written', () => {
  it('as the files stand, all of them come as expected, and each says what came', () => {
    const { all } = tried(smallClinic());
    expect(failed(all)).toEqual([]);
    expect(all.map(({ subject, came }) => `${subject}: ${came}`)).toEqual([
      'blood-thinner: met',
      'blood-thinner: unmet',
      'blood-thinner: unmet',
      'blood-thinner: unknown',
      'blood-thinner: unmet',
      'blood-thinner: unknown',
      'mole-removal: revoked, at cancelled',
      'mole-removal: completed, at completed',
    ]);
  });

  it('a figure that is changed is caught by the case at its edge, by the scenario, and by its trace', () => {
    const { all } = tried(
      smallClinic({
        in: 'rules/minor-surgery.rules.yaml',
        from: 'within the last 7 days }',
        to: 'within the last 8 days }',
      }),
    );
    const story = 'mole-removal: a blood thinner within the last week: pathways/mole-removal-held';
    expect(failed(all)).toEqual([
      expect.stringContaining('blood-thinner: seven days ago: rules/minor-surgery.cases.yaml:7:'),
      `${story}.scenario.yaml:10:96 CC1090 expected clears bloodThinner not within the last 7 days; seen: cleared by not before 2026-03-09, bloodThinner not within the last 8 days`,
      expect.stringContaining(`${story}.scenario.yaml:11:`),
      expect.stringContaining(`${story}.scenario.yaml:11:`),
      // What follows would be about another patient.
      expect.stringContaining(`${story}.scenario.yaml:12:`),
      `${story}.trace.txt:22:1 CC1164 what happens now is not what is kept here`,
    ]);
  });
});

describe('what was kept of a scenario is compared with what happens', () => {
  const dueLater = smallClinic({
    in: 'pathways/mole-removal.pathway.yaml',
    from: 'due: 7 days after plan start',
    to: 'due: 8 days after plan start',
  });

  it('though nothing else expects it, a date that moves is told, line by line', () => {
    const { all } = tried(dueLater);
    expect(failed(all)).toEqual([
      expect.stringContaining('pathways/mole-removal-held.trace.txt:5:1 CC1164'),
      expect.stringContaining('pathways/mole-removal-straight.trace.txt:5:1 CC1164'),
    ]);
    const changed = all
      .at(-1)
      ?.difference.filter((line) => /^[-+]/.test(line))
      .map((line) => line.slice(0, 1) + line.trim().replace(/^. +/, ' '));
    expect(changed?.slice(0, 2)).toEqual([
      '- + task/consultation/history due 2026-03-09, dermatologist',
      '+ + task/consultation/history due 2026-03-10, dermatologist',
    ]);
  });

  it('one of which nothing is kept is only played', () => {
    const without = [
      'pathways/mole-removal-held.trace.txt',
      'pathways/mole-removal-straight.trace.txt',
    ] as const;
    const { all } = tried(dueLater.filter(({ file }) => !without.some((one) => one === file)));
    expect(failed(all)).toEqual([]);
    expect(all.filter(({ isTraceNew }) => isTraceNew)).toHaveLength(2);
  });

  it('lines that end as Windows ends them are no difference', () => {
    const files = smallClinic().map(({ file, text }) => ({
      file,
      text: file.endsWith('.trace.txt') ? text.replaceAll('\n', '\r\n') : text,
    }));
    expect(failed(tried(files).all)).toEqual([]);
  });
});

describe('what the examples show is counted', () => {
  const counts = ({ counts: all }: Coverage): string[] =>
    all.map(({ of, shown, all: most }) => `${of} ${shown} of ${most}`);
  const missing = ({ missing: all }: Coverage): string[] =>
    all.map(
      ({ of, name, never, place: { file, line } }) => `${file}:${line} ${of} ${name}: ${never.join(', ')}`,
    );

  it('all of it is shown by a case at each edge and two scenarios', () => {
    const { coverage } = tried(smallClinic());
    expect(missing(coverage)).toEqual([]);
    expect(counts(coverage)).toEqual([
      'rules 1 of 1',
      'conditions 1 of 1',
      'rows 0 of 0',
      'states 7 of 7',
      'transitions 6 of 6',
      'outcomes 0 of 0',
      'gates 1 of 1',
    ]);
  });

  it('without an example, nothing is, and each is told with its place', () => {
    const { coverage } = tried(
      smallClinic(
        {},
        {
          without: [
            'rules/minor-surgery.cases.yaml',
            'pathways/mole-removal-held.scenario.yaml',
            'pathways/mole-removal-held.trace.txt',
            'pathways/mole-removal-straight.scenario.yaml',
            'pathways/mole-removal-straight.trace.txt',
          ],
        },
      ),
    );
    expect(coverage.counts.map(({ shown }) => shown)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(missing(coverage)).toEqual(
      expect.arrayContaining([
        'rules/minor-surgery.rules.yaml:10 rules blood-thinner: met, unmet, unknown',
        'rules/minor-surgery.rules.yaml:12 conditions blood-thinner: bloodThinner within the last 7 days: met, unmet, unknown',
        'pathways/mole-removal.pathway.yaml:1 states consultation: entered',
        'pathways/mole-removal.pathway.yaml:17 states excision.ready: entered',
        'pathways/mole-removal.pathway.yaml:17 transitions excision.ready to excision.procedure: taken',
        'pathways/mole-removal.pathway.yaml:17 gates excision: open, refused',
      ]),
    );
  });

  it('a plan on which nobody was ever refused shows no closed gate', () => {
    const { coverage } = tried(
      smallClinic(
        {
          in: 'pathways/mole-removal-straight.scenario.yaml',
          from: '  - { day: "2026-03-03", ask: start excision, expect: refused, because: consent }\n',
          to: '',
        },
        {
          without: [
            'pathways/mole-removal-held.scenario.yaml',
            'pathways/mole-removal-held.trace.txt',
            'pathways/mole-removal-straight.trace.txt',
          ],
        },
      ),
    );
    expect(missing(coverage)).toEqual(['pathways/mole-removal.pathway.yaml:17 gates excision: refused']);
  });
});
