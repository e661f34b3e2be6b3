import { COURSE } from './course-sample.ts';
import { describeRows } from './refusals.ts';
import { HERE } from './sample.ts';

const BOARD = '{ board: [surgeon, nurse, clinical-lead], quorum: 2, agree: majority, tie: surgeon }';
const NO_QUORUM = 'noQuorum: { wait: 7 days, atMost: 2, then: { exit: referral } }';

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
        'CC1069',
        'a plan that nobody has decided to revise',
        'pathway',
        {
          from: NO_QUORUM,
          refused: `noQuorum: ${HERE}revise`,
          taken: 'noQuorum: { ask: clinical-lead }',
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
