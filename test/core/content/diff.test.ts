import type { SourceFile } from '../../../src/core/authoring/source.ts';
import { checkContent } from '../../../src/core/content/check-content.ts';
import { diff, type Version } from '../../../src/core/content/diff/diff.ts';
import { invariant } from '../../../src/core/model/failure.ts';
import { smallClinic } from '../../support/small-clinic.ts';

const RULES = 'rules/minor-surgery.rules.yaml';
const PATHWAY = 'pathways/mole-removal.pathway.yaml';

function versionOf(files: readonly SourceFile[]): Version {
  const { content, pathways } = checkContent(files);
  invariant(content !== undefined && pathways.length === 1, 'the files of a test can be compared');
  return { content, pathways };
}
const compared = (after: readonly SourceFile[], before: readonly SourceFile[] = smallClinic()) =>
  diff(versionOf(before), versionOf(after));
const says = (found: ReturnType<typeof diff>): string[] =>
  found.patients.flatMap(({ subject, name, changes }) =>
    changes.map((one) => `${one.effect}: ${subject}: ${name}: ${one.says}`),
  );

describe('two versions are compared by what they mean', () => {
  it('comments, layout, the order of rules and the names of files mean nothing', () => {
    const moved = smallClinic({ in: RULES, from: 'rules:\n', to: '# moved\n\n\nrules:\n' }).map((one) =>
      one.file === RULES ? { ...one, file: 'rules/elsewhere/operations.rules.yaml' } : one,
    );
    expect(compared(moved)).toEqual({ words: [], patients: [], asked: 8, onlyIn: [] });
  });

  it('a day more of a hold names the patients at its edge, the gate that it closes, and the words', () => {
    const found = compared(smallClinic({ in: RULES, from: 'last 7 days }', to: 'last 8 days }' }));
    expect(found.words).toEqual([
      {
        at: 'ruleSet minor-surgery › rules › contraindication blood-thinner › when › bloodThinner',
        was: 'within the last 7 days',
        is: 'within the last 8 days',
      },
    ]);
    const story = 'mole-removal: a blood thinner within the last week';
    expect(says(found).slice(0, 3)).toEqual([
      'held: blood-thinner: seven days ago: was unmet; is met',
      `re-timed: ${story}: excision/blood-thinner: was from 2026-03-03 to 2026-03-08; is from 2026-03-03 to 2026-03-09`,
      expect.stringMatching(
        new RegExp(`^refused: ${story}: startProcedure excision on 2026-03-08: was open; is refused`),
      ),
    ]);
  });

  it('a day less lets them go', () => {
    const found = compared(smallClinic({ in: RULES, from: 'last 7 days }', to: 'last 6 days }' }));
    expect(says(found)).toContain('released: blood-thinner: six days ago: was met; is unmet');
  });

  it('another due day is told as another day, and as nothing else', () => {
    const found = compared(
      smallClinic({ in: PATHWAY, from: 'due: 7 days after plan start', to: 'due: 5 days after plan start' }),
    );
    expect(new Set(found.patients.flatMap(({ changes }) => changes.map(({ effect }) => effect)))).toEqual(
      new Set(['re-timed']),
    );
    expect(says(found)).toContain(
      're-timed: mole-removal: no blood thinner, one small operation: task/consultation/history: was 2026-03-09; is 2026-03-07',
    );
  });

  it('a rule that only the newer version has is said to be one, with its patients', () => {
    const before = smallClinic({
      in: RULES,
      from: 'contraindication: blood-thinner',
      to: 'contraindication: thin',
    });
    const found = compared(smallClinic(), before);
    expect(found.onlyIn).toContainEqual({
      ...{ of: 'case', subject: 'blood-thinner', name: 'never' },
      version: 'after',
    });
  });
});
