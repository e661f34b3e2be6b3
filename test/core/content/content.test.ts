import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { checkContent } from '../../../src/core/content/check-content.ts';
import { smallClinic } from '../../support/small-clinic.ts';

const found = (files: ReturnType<typeof smallClinic>): string[] =>
  checkContent(files).problems.map(formatProblem);

it('a clinic whose files say what can be executed has no problem', () => {
  const { problems, pathways, examples } = checkContent(smallClinic());
  expect(problems.map(formatProblem)).toEqual([]);
  expect(pathways.map(({ compiled }) => compiled.pathway)).toEqual(['mole-removal']);
  expect(examples?.cases.map(({ cases }) => cases.length)).toEqual([6]);
  expect(examples?.scenarios).toHaveLength(2);
});

const pathwayText =
  smallClinic().find(({ file }) => file === 'pathways/mole-removal.pathway.yaml')?.text ?? '';

describe('what is wrong is told once, with its place, in the order of the files', () => {
  it.each<[string, ReturnType<typeof smallClinic>, string[]]>([
    [
      'a clinic without its clinic.yaml',
      smallClinic({}, { without: ['rules/clinic.yaml'] }),
      ['rules/clinic.yaml:1:1\nCC1160 rules/ has no clinic.yaml\nhelp: write rules/clinic.yaml'],
    ],
    [
      'a clinic without a catalogue',
      smallClinic({}, { without: ['rules/catalogue.facts.yaml'] }),
      [
        'rules/catalogue.facts.yaml:1:1\nCC1160 rules/ has no catalogue (*.facts.yaml)\nhelp: write rules/catalogue.facts.yaml',
      ],
    ],
    [
      'a rule that two pathways use',
      smallClinic(
        {
          in: 'rules/minor-surgery.rules.yaml',
          from: 'tell: [dermatologist, patient]',
          to: 'tell: [butcher]',
        },
        {
          more: [
            {
              file: 'pathways/other.pathway.yaml',
              text: pathwayText.replace('pathway: mole-removal', 'pathway: other'),
            },
          ],
        },
      ),
      [expect.stringMatching(/^rules\/minor-surgery\.rules\.yaml:18:12\nCC1040 .*`butcher`/)],
    ],
    [
      'two pathways of one name',
      smallClinic({}, { more: [{ file: 'pathways/twin.pathway.yaml', text: pathwayText }] }),
      [
        expect.stringContaining(
          'pathways/twin.pathway.yaml:2:10\nCC1047 there is a pathway `mole-removal` already, in pathways/mole-removal.pathway.yaml',
        ),
      ],
    ],
    [
      'a rule set that nothing uses, where there is no pathway',
      smallClinic(
        { in: 'rules/minor-surgery.rules.yaml', from: 'strength: relative', to: 'strength: mild' },
        { without: ['pathways/mole-removal.pathway.yaml'] },
      ),
      [expect.stringContaining('rules/minor-surgery.rules.yaml:15:15\nCC1014')],
    ],
    [
      'a case, once the rules are right',
      smallClinic({
        in: 'rules/minor-surgery.cases.yaml',
        from: 'name: nobody asked, result: unknown',
        to: 'name: nobody asked, result: perhaps',
      }),
      [expect.stringMatching(/^rules\/minor-surgery\.cases\.yaml:9:\d+\nCC1014/)],
    ],
    [
      'a scenario, once the pathways are right',
      smallClinic({
        in: 'pathways/mole-removal-straight.scenario.yaml',
        from: 'book: excision',
        to: 'book: incision',
      }),
      [
        expect.stringMatching(
          /^pathways\/mole-removal-straight\.scenario\.yaml:\d+:\d+\nCC\d+ there is no stage `incision`/,
        ),
      ],
    ],
    [
      'a trace without its scenario',
      smallClinic({}, { without: ['pathways/mole-removal-held.scenario.yaml'] }),
      [expect.stringContaining('pathways/mole-removal-held.trace.txt:1:1\nCC1165')],
    ],
    [
      'a file that nobody reads',
      smallClinic({}, { more: [{ file: 'rules/minor.yaml', text: 'x: y' }] }),
      [expect.stringContaining('rules/minor.yaml:1:1\nCC1162 no file of this name is read\nhelp: Name it')],
    ],
  ])('%s', (_what, files, problems) => {
    expect(found(files)).toEqual(problems);
  });
});
