import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { readScenario } from '../../../src/core/authoring/read-scenario.ts';
import { CARED } from './care-sample.ts';
import { sourcesOf } from './sample.ts';

const { compiled } = compilePathway(sourcesOf(CARED));
const pathways = new Map(compiled ? [[compiled.pathway, compiled]] : []);

/** What came otherwise, of a plan whose home care began on 2 March. */
function disappointments(...lines: readonly string[]): string[] {
  const text = `scenario: at home
of: mole
start: { day: "2026-03-02", areas: { treatment: left breast } }
steps:
${lines.map((line) => `  - { ${line} }`).join('\n')}
`;
  const { scenario, problems } = readScenario({ file: 'a.scenario.yaml', text }, pathways);
  const all = [...problems, ...(scenario?.run().problems ?? [])];
  return all.map(({ code, line, message }) => `${line - 4} ${code} ${message}`);
}

const BLISTERS = 'day: "2026-03-03", fact: { rash: [blisters] }';

describe('a line of a scenario about home care', () => {
  it.each([
    ['expect: care home-too', []],
    ['expect: [no care home, no care wound-care]', []],
    ['expect: no care home-too', ['1 CC1090 expected no care home-too; seen: care: home-too']],
    ['expect: care home', ['1 CC1090 expected care home; seen: care: home-too']],
    ['expect: care home stopped', ['1 CC1090 expected care home stopped; seen: care: home-too']],
    ['expect: care hom', ['1 CC1130 there is no care `hom`']],
    ['adherence: { home: some }', []],
    ['adherence: { hom: some }', ['1 CC1130 there is no care `hom`']],
  ])('%s: %j', (says, seen) => {
    expect(disappointments(`day: "2026-03-02", ${says}`)).toEqual(seen);
  });

  it.each(['sometimes', 'SOME'])('is refused where adherence is %s', (word) => {
    expect(disappointments(`day: "2026-03-02", adherence: { home: ${word} }`)).toHaveLength(1);
  });
});

describe('home care that a rule stops', () => {
  const stopped = compiled && {
    ...compiled,
    contraindications: compiled.contraindications.map((rule) =>
      rule.rule === 'sore' ? { ...rule, of: ['graft', 'home-too'] } : rule,
    ),
  };

  beforeAll(() => {
    if (stopped) pathways.set('mole', stopped);
  });

  it.each([
    ['care home-too stopped', []],
    ['care home-too stopped by sore', []],
    [
      'care home-too stopped by fever',
      ['1 CC1090 expected care home-too stopped by fever; seen: care home-too stopped by sore'],
    ],
    ['care home-too', ['1 CC1090 expected care home-too; seen: care home-too stopped by sore']],
  ])('is expected as %s: %j', (says, seen) => {
    expect(disappointments(`${BLISTERS}, expect: ${says}`)).toEqual(seen);
  });

  it('goes on once the fact is better, and the patient is told both times', () => {
    expect(
      disappointments(
        `${BLISTERS}, expect: [care home-too stopped, patient is told]`,
        'day: "2026-03-04", fact: { rash: none }, expect: [care home-too, patient is told]',
      ),
    ).toEqual([]);
  });
});

it('adherence is told by the patient for the day, or for the days that the line names', () => {
  expect(
    disappointments(
      'day: "2026-03-08", adherence: { home-too: none }, on: "2026-03-02", until: "2026-03-08"',
      'day: "2026-03-09", adherence: { home-too: some }, by: nurse, expect: [task adherence-home-too, coordinator is told]',
    ),
  ).toEqual([]);
});
