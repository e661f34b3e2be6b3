import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { COURSE } from './course-sample.ts';
import { describeRows } from './refusals.ts';
import { alter, HERE, sourcesOf } from './sample.ts';

const SERIES = 'sessions: up to 6\n    untilWhen: { wound: is clean }';
const FILL =
  '- stage: fill\n    title: Fill\n    procedure: dressing\n    in: treatment\n    anaesthesia: sedation\n    consent: { form: fill-consent, by: patient, covers: course, lasts: 1 year }\n';
const markedFill = FILL.replace('stage: fill', `${HERE}stage: fill`);

describe('stages', () => {
  describeRows(
    [
      [
        'CC1071',
        'sedation that nobody clears',
        'pathway',
        {
          from: 'anaesthesia: sedation\n    consent: { form: fill-consent, by: patient, covers: course, lasts: 1 year }\n    sessions: up to 6\n    untilWhen: { wound: is clean }\n    spacing: { from: end, minimum: 1 week, recommended: 1 to 2 weeks, latest: 6 weeks, ifLate: { decide: late }, source: protocol }\n    missed: skip\n    beforeEach:\n      tasks:\n        - { task: look, title: Look, role: surgeon, due: 0 days before booking, records: [wound], clears: anaesthesia }',
          refused: `anaesthesia: ${HERE}sedation\n    consent: { form: fill-consent, by: patient, covers: course, lasts: 1 year }\n    sessions: 6\n    beforeEach:\n      tasks:\n        - { task: look, title: Look, role: surgeon, due: 0 days before booking, records: [wound] }`,
          taken:
            'anaesthesia: local\n    consent: { form: fill-consent, by: patient, covers: course, lasts: 1 year }\n    sessions: 6\n    beforeEach:\n      tasks:\n        - { task: look, title: Look, role: surgeon, due: 0 days before booking, records: [wound] }',
        },
      ],
      [
        'CC1071',
        'general anaesthesia whose clearance was left out of the prep',
        'pathway',
        {
          from: 'anaesthesia: general\n    consent: { form: cut-consent, by: patient, covers: one procedure, lasts: 6 months, orGuardianBelow: 16 years }\n    prep:\n      packs: [before-narcosis]\n',
          refused: `anaesthesia: ${HERE}general\n    consent: { form: cut-consent, by: patient, covers: one procedure, lasts: 6 months, orGuardianBelow: 16 years }\n    prep:\n`,
          taken:
            'consent: { form: cut-consent, by: patient, covers: one procedure, lasts: 6 months, orGuardianBelow: 16 years }\n    prep:\n',
        },
      ],
      [
        'CC1011',
        'sessions up to a number that nothing ends before it',
        'pathway',
        {
          from: `${FILL}    ${SERIES}`,
          refused: `${markedFill}    sessions: up to 6`,
          taken: `${FILL}    sessions: 6`,
        },
      ],
      [
        'CC1069',
        'a number of sessions that ends early',
        'pathway',
        {
          from: SERIES,
          refused: `sessions: 6\n    ${HERE}untilWhen: { wound: is clean }`,
          taken: 'sessions: up to 6\n    untilWhen: { smokes: is no }',
        },
      ],
      [
        'CC1014',
        'sessions that are no number',
        'pathway',
        { from: 'sessions: up to 6', refused: `sessions: ${HERE}about 6`, taken: 'sessions: up to 60' },
      ],
      [
        'CC1016',
        'no session at all',
        'pathway',
        { from: SERIES, refused: `sessions: ${HERE}0`, taken: 'sessions: 1' },
      ],
      [
        'CC1016',
        'more sessions than a plan can report',
        'pathway',
        { from: 'sessions: up to 6', refused: `sessions: ${HERE}up to 101`, taken: 'sessions: up to 100' },
      ],
      [
        'CC1012',
        'half a session',
        'pathway',
        { from: SERIES, refused: `sessions: ${HERE}1.5`, taken: 'sessions: 2' },
      ],
      [
        'CC1011',
        'a distance between sessions that there are not',
        'pathway',
        {
          from: '- stage: transplant\n    title: Transplant\n',
          refused: `- ${HERE}stage: transplant\n    title: Transplant\n    spacing: { from: end, minimum: 1 week }\n`,
          taken:
            '- stage: transplant\n    title: Transplant\n    sessions: 2\n    spacing: { from: end, minimum: 1 week }\n',
        },
      ],
      [
        'CC1014',
        'a distance from the middle of a session',
        'pathway',
        {
          from: '{ from: end, minimum',
          refused: `{ from: ${HERE}middle, minimum`,
          taken: '{ from: start, minimum',
        },
      ],
      [
        'CC1067',
        'a distance whose latest day comes before its first',
        'pathway',
        {
          from: 'recommended: 1 to 2 weeks, latest: 6 weeks',
          refused: `latest: ${HERE}6 days`,
          taken: 'latest: 8 days',
        },
      ],
      [
        'CC1045',
        'a distance that cites nothing of its rules',
        'pathway',
        {
          from: 'ifLate: { decide: late }, source: protocol }',
          refused: `ifLate: { decide: late }, source: ${HERE}handbook }`,
          taken: 'ifLate: { ask: nurse } }',
        },
      ],
      [
        'CC1047',
        'a distance that an interval is named as',
        'pathway',
        {
          from: 'interval: fill-after-cut',
          refused: `interval: ${HERE}fill-spacing`,
          taken: 'interval: cut-spacing',
        },
      ],
      [
        'CC1066',
        'a series that ends by what is known by area, at a stage that has none',
        'pathway',
        {
          from: `- stage: transplant\n    title: Transplant\n    procedure: graft\n`,
          refused: `- ${HERE}stage: dress\n    title: Dress\n    procedure: dressing\n    consent: { form: a, by: patient, covers: course, lasts: 1 year }\n    sessions: up to 3\n    untilWhen: { wound: is clean }\n  - stage: transplant\n    title: Transplant\n    procedure: graft\n`,
          taken: `- stage: dress\n    title: Dress\n    procedure: dressing\n    consent: { form: a, by: patient, covers: course, lasts: 1 year }\n    sessions: up to 3\n    untilWhen: { smokes: is no }\n  - stage: transplant\n    title: Transplant\n    procedure: graft\n`,
        },
      ],
      [
        'CC1047',
        'a gate that is stopped twice',
        'ruleSet',
        {
          from: 'stops: [procedure]\n    of: [surgery, dressing]',
          refused: `stops: [procedure, ${HERE}procedure]\n    of: [surgery, dressing]`,
          taken: 'stops: [procedure, prep]\n    of: [surgery, dressing]',
        },
      ],
      [
        'CC1021',
        'an age that is counted in days',
        'pathway',
        {
          from: 'orGuardianBelow: 16 years',
          refused: `orGuardianBelow: ${HERE}100 days`,
          taken: 'orGuardianBelow: 18 months',
        },
      ],
      [
        'CC1069',
        'a guardian who signs in any case',
        'pathway',
        {
          from: 'by: patient, covers: one procedure, lasts: 6 months, orGuardianBelow',
          refused: `by: guardian, covers: one procedure, lasts: 6 months, ${HERE}orGuardianBelow`,
          taken: 'by: "patient", covers: one procedure, lasts: 6 months, orGuardianBelow',
        },
      ],
      [
        'CC1041',
        'a step of a ladder that asks of nothing',
        'clinic',
        {
          from: 'onlyWhen: { smokes: is yes }',
          refused: `onlyWhen: { ${HERE}smoks: is yes }`,
          taken: 'onlyWhen: { smokes: is no }',
        },
      ],
      [
        'CC1066',
        'a step of a ladder that asks of an area',
        'clinic',
        {
          from: 'onlyWhen: { smokes: is yes }',
          refused: `onlyWhen: { wound: ${HERE}is clean }`,
          taken: 'onlyWhen: { age: below 18 years }',
        },
      ],
      [
        'CC1069',
        'a plan that is closed before anybody looks',
        'pathway',
        {
          from: '{ reviewEvery: 7 days, closesAfter: 42 days',
          refused: `${HERE}{ reviewEvery: 7 weeks, closesAfter: 42 days`,
          taken: '{ reviewEvery: 6 weeks, closesAfter: 42 days',
        },
      ],
      [
        'CC1069',
        "a clinic's plans that are closed before anybody looks",
        'clinic',
        {
          from: 'exits: { reviewEvery: 30 days, closesAfter: 6 months,',
          refused: `exits: ${HERE}{ reviewEvery: 1 year, closesAfter: 6 months,`,
          taken: 'exits: { reviewEvery: 1 month, closesAfter: 6 months,',
        },
      ],
      [
        'CC1014',
        'a return to what is none of the three',
        'pathway',
        {
          from: 'returnsTo: assessment',
          refused: `returnsTo: ${HERE}course`,
          taken: 'returnsTo: consultation',
        },
      ],
      [
        'CC1010',
        'an exit that there is not',
        'pathway',
        {
          from: 'conservative:\n    returnsTo',
          refused: `${HERE}conservatif:\n    returnsTo`,
          taken: 'further-evaluation:\n    returnsTo',
        },
      ],
    ],
    COURSE,
  );
});

/** What a change in one file makes wrong in another. */
const problemsOf = (part: 'clinic' | 'catalogue' | 'ruleSet', from: string, to: string) =>
  compilePathway(sourcesOf(alter(COURSE, part, from, to).texts)).problems.map(
    ({ file, line, code, message }) => [file, line, code, message],
  );

it('a rule that stops prep alone is refused at each stage that has none: it would stop nothing there', () => {
  const stops = 'stops: [procedure]\n    of: [surgery, dressing]';
  const says = (stage: string) =>
    `\`fever\` stops prep alone, and the stage \`${stage}\` has none: it would stop nothing`;
  expect(problemsOf('ruleSet', stops, stops.replace('procedure', 'prep'))).toEqual([
    ['series.pathway.yaml', 55, 'CC1069', says('fill')],
    ['series.pathway.yaml', 74, 'CC1069', says('transplant')],
  ]);
});

it('a guardian signs only in a clinic that has such a role', () => {
  expect(problemsOf('clinic', ', guardian]', ']')).toEqual([
    ['series.pathway.yaml', 32, 'CC1040', 'there is no role `guardian`'],
  ]);
});

it('a guardian signs only where the day of birth is a date that the catalogue has', () => {
  const birth = 'fact: birthDate, title: Date of birth, is: date,';
  const problems = problemsOf('catalogue', birth, birth.replace('is: date', 'is: date or never'));
  expect(problems).toContainEqual([
    'series.pathway.yaml',
    32,
    'CC1060',
    "`birthDate` is no date: nobody's age is known",
  ]);
});
