import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { COURSE } from './course-sample.ts';
import { describeRows } from './refusals.ts';
import { alter, HERE, sourcesOf, type Texts } from './sample.ts';

const AGAIN = 'again: { again: 2, then: { exit: referral } }';
const BOTH = 'outcomes: { go-on: go, more: { decide: problem } }';

/** An alert that no decision is asked by yet. */
const withSecondAlert: Texts = {
  ...COURSE,
  ruleSet: {
    ...COURSE.ruleSet,
    text: `${COURSE.ruleSet.text}  - { alert: drained, title: D, when: { smokes: is yes }, do: [ { task: see, title: S, role: nurse, due: 1 day after alert } ], source: protocol }\n`,
  },
};

describe('what a decision leads to', () => {
  describeRows(
    [
      [
        'CC1014',
        'a word that is no action',
        'pathway',
        { from: AGAIN, refused: `again: ${HERE}continue`, taken: 'again: go' },
      ],
      [
        'CC1010',
        'two verbs at once',
        'pathway',
        {
          from: AGAIN,
          refused: `again: { again: 2, ${HERE}exit: referral }`,
          taken: 'again: { again: 2, then: { exit: referral } }',
        },
      ],
      [
        'CC1010',
        'a verb misspelt',
        'pathway',
        { from: AGAIN, refused: `again: { ${HERE}agian: 2 }`, taken: 'again: { again: 2 }' },
      ],
      [
        'CC1011',
        'a wait that comes again and again',
        'pathway',
        {
          from: AGAIN,
          refused: `again: ${HERE}{ wait: 7 days }`,
          taken: 'again: { wait: 7 days, atMost: 1 }',
        },
      ],
      [
        'CC1021',
        'a wait of hours',
        'pathway',
        {
          from: AGAIN,
          refused: `again: { wait: ${HERE}48 hours, atMost: 1 }`,
          taken: 'again: { wait: 2 days, atMost: 1 }',
        },
      ],
      [
        'CC1016',
        'a number that is none',
        'pathway',
        { from: AGAIN, refused: `again: { again: ${HERE}0 }`, taken: 'again: { again: 1 }' },
      ],
      [
        'CC1012',
        'a number in words',
        'pathway',
        { from: AGAIN, refused: `again: { again: ${HERE}twice }`, taken: 'again: { again: 3 }' },
      ],
      [
        'CC1014',
        'an exit that there is not',
        'pathway',
        { from: AGAIN, refused: `again: { exit: ${HERE}referal }`, taken: 'again: { exit: postponement }' },
      ],
      [
        'CC1056',
        'a stage that there is not',
        'pathway',
        { from: AGAIN, refused: `again: { to: ${HERE}fil }`, taken: 'again: { to: fill }' },
      ],
      [
        'CC1055',
        'a decision that there is not',
        'pathway',
        { from: AGAIN, refused: `again: { decide: ${HERE}problems }`, taken: 'again: { decide: problem }' },
      ],
      [
        'CC1055',
        'a decision that stands in a phase, and is not reached by name',
        'pathway',
        { from: AGAIN, refused: `again: { decide: ${HERE}board }`, taken: 'again: { decide: late }' },
      ],
      [
        'CC1055',
        'an interval that asks a decision that there is not',
        'pathway',
        {
          from: 'latest: 8 weeks, ifLate: { decide: late }',
          refused: `latest: 8 weeks, ifLate: { decide: ${HERE}later }`,
          taken: 'latest: 8 weeks, ifLate: { ask: nurse }',
        },
      ],
      [
        'CC1054',
        "the patient, asked about somebody else's answer",
        'pathway',
        {
          from: 'tell: { ask: clinical-lead }',
          refused: `tell: { ask: ${HERE}patient }`,
          taken: 'tell: { ask: nurse }',
        },
      ],
      [
        'CC1069',
        'doing again what is no stage',
        'pathway',
        {
          from: 'more: { wait: 2 working days',
          refused: `other: { ${HERE}again: 1 }, more: { wait: 2 working days`,
          taken: 'other: end, more: { wait: 2 working days',
        },
      ],
      [
        'CC1069',
        'leaving out the rest of what is no stage',
        'pathway',
        { from: 'suitable: go', refused: `suitable: ${HERE}next stage`, taken: 'suitable: { to: cut }' },
      ],
      [
        'CC1069',
        'doing again a decision of the course',
        'pathway',
        { from: '{ to: cut, atMost: 1, then: end }', refused: `{ ${HERE}again: 1 }`, taken: 'next stage' },
      ],
      [
        'CC1069',
        'what would follow after going there every time',
        'pathway',
        {
          from: '{ to: fill }',
          refused: `{ to: fill, ${HERE}then: go }`,
          taken: '{ to: fill, atMost: 1, then: go }',
        },
      ],
      [
        'CC1016',
        'more steps than ten',
        'pathway',
        {
          from: AGAIN,
          refused: `again: ${HERE}${'{ wait: 1 day, atMost: 1, then: '.repeat(10)}go${' }'.repeat(10)}`,
          taken: `again: ${'{ wait: 1 day, atMost: 1, then: '.repeat(9)}go${' }'.repeat(9)}`,
        },
      ],
      [
        'CC1072',
        'a way back without a number',
        'pathway',
        {
          from: '{ to: cut, atMost: 1, then: end }',
          refused: `{ to: ${HERE}cut }`,
          taken: '{ to: transplant }',
        },
      ],
      [
        'CC1072',
        'a stage that leads to itself without a number',
        'pathway',
        { from: AGAIN, refused: `again: { to: ${HERE}cut }`, taken: 'again: { to: cut, atMost: 2 }' },
      ],
      [
        'CC1072',
        'a way back from a decision that is asked at a later stage',
        'pathway',
        {
          from: BOTH,
          refused: `outcomes: { go-on: go, more: { decide: problem }, back: { to: ${HERE}fill } }`,
          taken: 'outcomes: { go-on: go, on: { decide: problem }, back: { to: fill, atMost: 1 } }',
        },
      ],
      [
        'CC1072',
        'a way on from a decision that an alert may ask anywhere',
        'pathway',
        {
          from: 'leave-out: next stage',
          refused: `leave-out: { to: ${HERE}transplant }`,
          taken: 'leave-out: { to: transplant, atMost: 1 }',
        },
      ],
      [
        'CC1072',
        'two decisions that ask each other',
        'pathway',
        {
          from: BOTH,
          refused: `outcomes: { go-on: go, more: { decide: problem }, over: { decide: ${HERE}late } }`,
          taken: 'outcomes: { go-on: go, more: { decide: problem }, over: { ask: nurse } }',
        },
      ],
      [
        'CC1073',
        'a decision that nothing asks',
        'pathway',
        {
          from: 'decisions:\n  - decision: problem',
          refused: `decisions:\n  - { decision: ${HERE}unasked, title: U, by: nurse, due: 1 day after asked, outcomes: { a: go } }\n  - decision: problem`,
          taken:
            'decisions:\n  - { decision: unasked, title: U, by: nurse, due: 1 day after asked, on: [drained], outcomes: { a: go } }\n  - decision: problem',
        },
      ],
      [
        'CC1058',
        'a rule that there is not',
        'pathway',
        { from: 'on: [red-wound]', refused: `on: [${HERE}red-wounds]`, taken: 'on: ["red-wound"]' },
      ],
      [
        'CC1069',
        'an interval that nothing can be late for',
        'pathway',
        {
          from: 'on: [between-cuts]',
          refused: `on: [between-cuts, ${HERE}after-radiotherapy]`,
          taken: 'on: [between-cuts, fill-after-cut]',
        },
      ],
      [
        'CC1069',
        'a rule that asks another decision',
        'pathway',
        {
          from: 'on: [between-cuts]',
          refused: `on: [between-cuts, ${HERE}red-wound]`,
          taken: 'on: [between-cuts, fill-spacing]',
        },
      ],
      [
        'CC1069',
        'an interval of the pathway that asks another decision itself',
        'pathway',
        {
          from: 'on: [red-wound]',
          refused: `on: [red-wound, ${HERE}fill-after-cut]`,
          taken: 'on: ["red-wound"]',
        },
      ],
      [
        'CC1069',
        'a rule set that knows a decision',
        'ruleSet',
        {
          from: 'ifLate: { ask: surgeon }',
          refused: `ifLate: { ${HERE}decide: late }`,
          taken: 'ifLate: { ask: nurse }',
        },
      ],
    ],
    withSecondAlert,
  );
});

const problemsOf = (texts: Texts) =>
  compilePathway(sourcesOf(texts)).problems.map(({ file, line, code }) => [file, line, code]);

it('a decision is asked by no interval that leads to none of the stages', () => {
  const { texts } = alter(COURSE, 'pathway', 'procedure: graft', 'procedure: dressing');
  expect(problemsOf(texts)).toEqual([['series.pathway.yaml', 90, 'CC1069']]);
});

it('while its rules cannot be read, nobody is told that a decision is asked by none of them', () => {
  const { texts } = alter(COURSE, 'ruleSet', 'strength: absolute', 'strength: total');
  expect(problemsOf(texts)).toEqual([['surgery.rules.yaml', expect.any(Number), 'CC1014']]);
});

it('while the packs cannot be read, nobody is told that a clearance or a pack is missing', () => {
  const { texts } = alter(COURSE, 'packs', 'role: surgeon, due: 3', 'rolle: surgeon, due: 3');
  expect(problemsOf(texts)).toEqual([['packs.yaml', 4, 'CC1010']]);
});

it('of three decisions that ask one another in a ring, one is refused', () => {
  const more =
    'more: { decide: problem } }\n  - { decision: third, title: T, by: nurse, due: 1 day after asked, outcomes: { a: go, b: { decide: late } } }';
  const { texts: ring } = alter(COURSE, 'pathway', 'more: { decide: problem } }', more);
  const { texts } = alter(ring, 'pathway', 'leave-out: next stage', 'leave-out: { decide: third }');
  expect(problemsOf(texts)).toEqual([['series.pathway.yaml', expect.any(Number), 'CC1072']]);
});
