import { COURSE } from './course-sample.ts';
import { describeRows } from './refusals.ts';
import { HERE } from './sample.ts';

const BLOODS = 'due: 2 working days before booking, records: [glucose] }';
const DRESS = 'every: 2 days, from: 1 day after procedure, until: 4 weeks after procedure }';
const DRAIN = 'due: 7 days after procedure, needs: { height: above 50 cm }, handsTo: surgeon }';
const TALK = 'due: 3 days after exit }';
const HISTORY = 'due: 7 days after plan start }';

describe('tasks', () => {
  describeRows(
    [
      [
        'CC1011',
        'a task without a due time',
        'pathway',
        {
          from: `- { task: history, title: History, role: surgeon, ${HISTORY}`,
          refused: `- ${HERE}{ task: history, title: History, role: surgeon }`,
          taken: '- { task: history, title: History, role: surgeon, every: 7 days }',
        },
      ],
      [
        'CC1069',
        'a task that is due once and done again and again',
        'pathway',
        {
          from: DRESS,
          refused: `every: 2 days, ${HERE}due: 1 day after procedure }`,
          taken: 'every: 2 days }',
        },
      ],
      [
        'CC1069',
        'a task that is due once, and ends',
        'pathway',
        {
          from: TALK,
          refused: `due: 3 days after exit, ${HERE}until: 4 weeks after exit }`,
          taken: 'every: 3 days, until: 4 weeks after exit }',
        },
      ],
      [
        'CC1069',
        'a task that is due once, and begins',
        'pathway',
        {
          from: TALK,
          refused: `due: 3 days after exit, ${HERE}from: exit }`,
          taken: 'every: 3 days, from: exit }',
        },
      ],
      [
        'CC1021',
        'repeats that are counted in working days',
        'pathway',
        { from: DRESS, refused: `every: ${HERE}2 working days }`, taken: 'every: 12 hours }' },
      ],
      [
        'CC1021',
        'repeats every minute',
        'pathway',
        { from: DRESS, refused: `every: ${HERE}1 minute }`, taken: 'every: 1 hour }' },
      ],
      [
        'CC1021',
        'a booking that hours are counted back from',
        'pathway',
        {
          from: BLOODS,
          refused: `due: ${HERE}48 hours before booking }`,
          taken: 'due: 2 days before booking }',
        },
      ],
      [
        'CC1021',
        'a booking that months are counted back from',
        'pathway',
        {
          from: BLOODS,
          refused: `due: ${HERE}1 month before booking }`,
          taken: 'due: 4 weeks before booking }',
        },
      ],
      [
        'CC1022',
        'a window before a booking from more to less',
        'pathway',
        {
          from: BLOODS,
          refused: `due: ${HERE}30 to 3 days before booking }`,
          taken: 'due: 3 to 30 days before booking }',
        },
      ],
      [
        'CC1022',
        'repeats that end in a window',
        'pathway',
        {
          from: DRESS,
          refused: `every: 2 days, until: ${HERE}2 to 4 weeks after procedure }`,
          taken: 'every: 2 days, until: 2 weeks after procedure }',
        },
      ],
      [
        'CC1050',
        'a time before what nobody books',
        'pathway',
        {
          from: BLOODS,
          refused: `due: ${HERE}2 days before buking }`,
          taken: 'due: 0 days before booking }',
        },
      ],
      [
        'CC1050',
        'work after the procedure that is due before a booking',
        'pathway',
        {
          from: DRAIN,
          refused: `due: ${HERE}3 days before booking }`,
          taken: 'due: 3 days after procedure }',
        },
      ],
      [
        'CC1050',
        'work of the consultation that is due before a booking',
        'pathway',
        {
          from: HISTORY,
          refused: `due: ${HERE}3 days before booking }`,
          taken: 'due: 3 days after consultation }',
        },
      ],
      [
        'CC1050',
        'repeats that begin with what there is not',
        'pathway',
        {
          from: DRESS,
          refused: `every: 2 days, from: ${HERE}procedur }`,
          taken: 'every: 2 days, from: procedure }',
        },
      ],
      [
        'CC1051',
        'prep that is due after its procedure',
        'pathway',
        { from: BLOODS, refused: `due: ${HERE}1 day after procedure }`, taken: 'due: 1 day after stage }' },
      ],
      [
        'CC1051',
        'work of the consultation that begins with a session',
        'pathway',
        {
          from: HISTORY,
          refused: `every: 1 day, from: ${HERE}first session }`,
          taken: 'every: 1 day, from: consultation }',
        },
      ],
      [
        'CC1051',
        'work of a stage that counts from an exit',
        'pathway',
        {
          from: DRAIN,
          refused: `due: ${HERE}3 days after exit }`,
          taken: 'due: 3 days after last session }',
        },
      ],
      [
        'CC1051',
        'work of an exit that counts from a procedure',
        'pathway',
        {
          from: TALK,
          refused: `due: ${HERE}3 days after procedure }`,
          taken: 'due: 3 days after plan start }',
        },
      ],
      [
        'CC1051',
        "a task that counts from its stage's end",
        'pathway',
        {
          from: DRAIN,
          refused: `due: ${HERE}3 days after stage end }`,
          taken: 'due: 3 days after session }',
        },
      ],
      [
        'CC1040',
        'a task that is handed to nobody',
        'pathway',
        { from: 'handsTo: surgeon', refused: `handsTo: ${HERE}surgon`, taken: 'handsTo: coordinator' },
      ],
      [
        'CC1041',
        'a need of a fact that there is not',
        'pathway',
        {
          from: 'needs: { height: above 50 cm }',
          refused: `needs: { ${HERE}hight: above 50 cm }`,
          taken: 'needs: { height: below 60 cm }',
        },
      ],
      [
        'CC1066',
        'a need of what is known by area, where there is none',
        'pathway',
        {
          from: HISTORY,
          refused: `due: 7 days after plan start, needs: { wound: ${HERE}is clean } }`,
          taken: 'due: 7 days after plan start, needs: { smokes: is no } }',
        },
      ],
      [
        'CC1014',
        'a clearance for something else',
        'pathway',
        { from: BLOODS, refused: `due: 1 day before booking, clears: ${HERE}surgery }`, taken: BLOODS },
      ],
      [
        'CC1069',
        'a clearance after the procedure',
        'pathway',
        {
          from: DRAIN,
          refused: `due: 7 days after procedure, clears: ${HERE}anaesthesia }`,
          taken: 'due: 7 days after procedure }',
        },
      ],
      [
        'CC1069',
        'a clearance that is only sometimes given',
        'pathway',
        {
          from: 'records: [wound], clears: anaesthesia }',
          refused: `records: [wound], clears: anaesthesia, ${HERE}onlyWhen: { smokes: is yes } }`,
          taken: 'clears: anaesthesia }',
        },
      ],
      [
        'CC1069',
        'a clearance that repeats',
        'pathway',
        {
          from: 'due: 0 days before booking, records: [wound], clears: anaesthesia }',
          refused: `${HERE}every: 7 days, clears: anaesthesia }`,
          taken: 'due: 1 week before booking, clears: anaesthesia }',
        },
      ],
    ],
    COURSE,
  );
});

describe('packs', () => {
  describeRows(
    [
      [
        'CC1057',
        'a pack that there is not',
        'pathway',
        {
          from: 'packs: [afterwards]',
          refused: `packs: [${HERE}afterward]`,
          taken: 'packs: ["afterwards"]',
        },
      ],
      [
        'CC1047',
        'a pack twice',
        'packs',
        {
          from: '- pack: afterwards\n',
          refused: `- pack: afterwards\n    tasks: [ { task: visit, title: Visit, role: nurse, due: 1 day after session } ]\n  - pack: ${HERE}afterwards\n`,
          taken:
            '- pack: before\n    tasks: [ { task: visit, title: Visit, role: nurse, due: 1 day after session } ]\n  - pack: afterwards\n',
        },
      ],
      [
        'CC1047',
        'a task that a pack has already',
        'pathway',
        { from: 'task: drain', refused: `task: ${HERE}visit`, taken: 'task: second-visit' },
      ],
      [
        'CC1050',
        'a pack for before a procedure, used after it',
        'pathway',
        {
          from: 'closure:\n      tasks:',
          refused: `closure:\n      packs: [${HERE}thinners-only]\n      tasks:`,
          taken: 'closure:\n      packs: [afterwards]\n      tasks:',
        },
      ],
      [
        'CC1040',
        'a task of a pack that nobody does, whether or not it is used',
        'packs',
        {
          from: 'role: nurse, due: 5',
          refused: `role: ${HERE}nurze, due: 5`,
          taken: 'role: surgeon, due: 5',
        },
      ],
      [
        'CC1050',
        'a task of a pack that counts from what there is not',
        'packs',
        {
          from: '5 to 9 days after procedure',
          refused: `${HERE}5 to 9 days after procedur`,
          taken: '5 to 9 days after session',
        },
      ],
      [
        'CC1010',
        'a decision in a pack',
        'packs',
        {
          from: '- pack: afterwards\n',
          refused: `- pack: afterwards\n    ${HERE}decisions: [a]\n`,
          taken: '- "pack": afterwards\n',
        },
      ],
    ],
    {
      ...COURSE,
      packs: {
        ...COURSE.packs,
        text: `${COURSE.packs.text}  - pack: thinners-only\n    tasks: [ { task: stop-them, title: Stop, role: nurse, due: 10 days before booking } ]\n`,
      },
    },
  );
});
