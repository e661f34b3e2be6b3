import { COURSE } from './course-sample.ts';
import { describeRows } from './refusals.ts';
import { HERE, type Texts } from './sample.ts';

const BOARD = '{ board: [surgeon, nurse, clinical-lead], quorum: 2, agree: majority, tie: surgeon }';
const NO_QUORUM = 'noQuorum: { wait: 7 days, atMost: 2, then: { exit: referral } }';
const AGAIN = 'again: { again: 2, then: { exit: referral } }';
const BOTH = 'outcomes: { go-on: go, more: { decide: problem } }';

describe('decisions', () => {
  describeRows(
    [
      [
        'CC1011',
        'a decision that is due at no time',
        'pathway',
        {
          from: '- decision: half-way\n    title: And on?\n    by: surgeon\n    due: 14 days after last session\n',
          refused: `- ${HERE}decision: half-way\n    title: And on?\n    by: surgeon\n`,
          taken: '- decision: half-way\n    title: And on?\n    by: surgeon\n    due: 1 day after asked\n',
        },
      ],
      [
        'CC1011',
        'a decision of nobody',
        'pathway',
        {
          from: '- decision: half-way\n    title: And on?\n    by: surgeon\n',
          refused: `- ${HERE}decision: half-way\n    title: And on?\n`,
          taken: '- decision: half-way\n    title: And on?\n    by: nurse and surgeon\n',
        },
      ],
      [
        'CC1011',
        'a board without a quorum',
        'pathway',
        {
          from: BOARD,
          refused: `${HERE}{ board: [surgeon, nurse], agree: majority }`,
          taken: '{ board: [surgeon, nurse], quorum: every role, agree: majority }',
        },
      ],
      [
        'CC1014',
        'a quorum in words of its own',
        'pathway',
        { from: 'quorum: 2', refused: `quorum: ${HERE}most`, taken: 'quorum: every role' },
      ],
      [
        'CC1014',
        'a board that agrees in words of its own',
        'pathway',
        { from: 'agree: majority', refused: `agree: ${HERE}mostly`, taken: '"agree": majority' },
      ],
      [
        'CC1016',
        'a board of one',
        'pathway',
        {
          from: BOARD,
          refused: `{ board: ${HERE}[surgeon], quorum: 1, agree: all }`,
          taken: '{ board: [surgeon, nurse], quorum: 1, agree: all }',
        },
      ],
      [
        'CC1040',
        'a decision of a role that nobody has',
        'pathway',
        { from: 'by: surgeon and patient', refused: `by: ${HERE}surgeon and pateint`, taken: 'by: patient' },
      ],
      [
        'CC1040',
        'a seat of a role that nobody has',
        'pathway',
        {
          from: '[surgeon, nurse, clinical-lead]',
          refused: `[surgeon, ${HERE}nurze, nurse]`,
          taken: '[nurse, surgeon]',
        },
      ],
      [
        'CC1047',
        'a role that decides twice',
        'pathway',
        { from: 'by: surgeon and patient', refused: `by: ${HERE}surgeon and surgeon`, taken: 'by: surgeon' },
      ],
      [
        'CC1069',
        'a quorum of more than there are seats',
        'pathway',
        { from: 'quorum: 2', refused: `quorum: ${HERE}4`, taken: 'quorum: 3' },
      ],
      [
        'CC1069',
        'a tie that somebody else decides',
        'pathway',
        { from: 'tie: surgeon', refused: `tie: ${HERE}coordinator`, taken: 'tie: nurse' },
      ],
      [
        'CC1069',
        'a tie where all have to agree',
        'pathway',
        {
          from: 'agree: majority, tie: surgeon',
          refused: `agree: all, tie: ${HERE}surgeon`,
          taken: 'agree: all',
        },
      ],
      [
        'CC1069',
        'a quorum that a single role could lack',
        'pathway',
        {
          from: 'by: surgeon\n    due: 14 days after last session',
          refused: `by: surgeon\n    due: 14 days after last session\n    ${HERE}noQuorum: end`,
          taken: 'by: nurse\n    due: 14 days after last session',
        },
      ],
      [
        'CC1011',
        'a board that decided nothing, after which the course would go on',
        'pathway',
        {
          from: NO_QUORUM,
          refused: `noQuorum: ${HERE}{ wait: 7 days, atMost: 2 }`,
          taken: 'noQuorum: { wait: 7 days, atMost: 2, then: go }',
        },
      ],
      [
        'CC1041',
        'a need of a fact that there is not',
        'pathway',
        {
          from: 'needs: [neuropathy, glucose]',
          refused: `needs: [${HERE}neuropaty]`,
          taken: 'needs: [glucose]',
        },
      ],
      [
        'CC1066',
        'a need of what is known by area',
        'pathway',
        { from: 'needs: [neuropathy, glucose]', refused: `needs: [${HERE}wound]`, taken: 'needs: [height]' },
      ],
      [
        'CC1043',
        'a ladder that there is not',
        'pathway',
        {
          from: 'due: 7 to 14 days after assessment\n      ladder: emergency',
          refused: `due: 7 to 14 days after assessment\n      ladder: ${HERE}emergencies`,
          taken: 'due: 7 to 14 days after assessment\n      ladder: standard',
        },
      ],
      [
        'CC1051',
        'a board before the course that counts from a session',
        'pathway',
        {
          from: '7 to 14 days after assessment',
          refused: `${HERE}14 days after last session`,
          taken: '14 days after asked',
        },
      ],
      [
        'CC1051',
        'a decision that is reached by name, and counts from a procedure',
        'pathway',
        {
          from: 'due: 1 working day after asked',
          refused: `due: ${HERE}1 day after procedure`,
          taken: 'due: 1 day after plan start',
        },
      ],
      [
        'CC1050',
        'a decision that is due before a booking',
        'pathway',
        {
          from: '14 days after last session',
          refused: `${HERE}3 days before booking`,
          taken: '3 days after session',
        },
      ],
      [
        'CC1015',
        'an outcome that is no name',
        'pathway',
        {
          from: '{ fine: go, again',
          refused: `{ ${HERE}all is fine: go, again`,
          taken: '{ all-is-fine: go, again',
        },
      ],
      [
        'CC1008',
        'a decision without outcomes',
        'pathway',
        {
          from: 'outcomes: { go-on: go, once-more: { to: cut, atMost: 1, then: end } }',
          refused: `outcomes: ${HERE}{}`,
          taken: 'outcomes: { go-on: go }',
        },
      ],
      [
        'CC1015',
        'a decision that is called as a phase is',
        'pathway',
        { from: 'decision: half-way', refused: `decision: ${HERE}reassessment`, taken: 'decision: reassess' },
      ],
      [
        'CC1047',
        'a decision that is called as a stage is',
        'pathway',
        { from: 'decision: half-way', refused: `decision: ${HERE}fill`, taken: 'decision: filling' },
      ],
      [
        'CC1047',
        'two decisions of one name',
        'pathway',
        { from: 'decision: after-cut', refused: `decision: ${HERE}board`, taken: 'decision: boards' },
      ],
    ],
    COURSE,
  );
});

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
