import type { CodeEntry } from './code-entry.ts';

/** 12xx: files that can be compiled, and say what cannot be meant. */
export const MEANING_CODES = {
  CC1200: {
    status: 422,
    summary: 'No patient comes to this.',
    remedy: 'Let something before it lead there, or take it out.',
  },
  CC1201: {
    status: 422,
    summary: 'There is no way on from here.',
    remedy: 'Give one of its outcomes a way on: `go`, `end`, or an exit.',
  },
  CC1202: {
    status: 422,
    summary: 'This can go on without end.',
    remedy: 'Add `atMost: n`, with what follows then.',
  },
  CC1203: {
    status: 422,
    summary: 'This is never what an outcome leads to.',
    remedy: 'Take it out, or let what comes before it end.',
  },
  CC1205: {
    status: 422,
    summary: 'Nothing releases this hold.',
    remedy: 'Say how it clears, who may set it aside, or another exit.',
  },
  CC1206: {
    status: 422,
    summary: 'Something can wait without anybody else hearing of it.',
    remedy: 'Add a step that tells another role than `owner`, without `onlyWhen`.',
  },
  CC1207: {
    status: 422,
    summary: 'A gate can open that has to stay closed.',
    remedy: 'Add what the gate has to ask; if it is there, tell us: the engine is wrong.',
  },
  CC1208: {
    status: 422,
    summary: 'No patient can pass this gate.',
    remedy: 'Look at the rules that are named together: change what one of them asks.',
  },
  CC1210: {
    status: 422,
    summary: 'A table has a gap.',
    remedy: 'Let one row end where the next begins: `1.0 to below 1.5`, `at least 1.5`.',
  },
  CC1211: {
    status: 422,
    summary: 'Two rows of a table overlap, and say different things.',
    remedy: 'End one row where the other begins.',
  },
  CC1212: {
    status: 422,
    summary: 'A row of a table never decides.',
    remedy: 'Take it out, or narrow the row that decides in its place.',
  },
  CC1215: {
    status: 422,
    summary: 'Nobody can fulfil this condition.',
    remedy: 'Look for two tests that exclude each other, or a threshold outside of the range.',
  },
  CC1216: {
    status: 422,
    summary: 'Everybody fulfils this condition.',
    remedy: 'Look for tests that together leave nobody out, or a threshold outside of the range.',
  },
  CC1217: {
    status: 422,
    summary: 'A part of a condition adds nothing.',
    remedy: 'Take it out, or say what it was meant to say.',
  },
  CC1218: {
    status: 422,
    summary: 'A rule changes nothing beside another.',
    remedy: 'Take it out, or narrow the other one.',
  },
  CC1219: {
    status: 422,
    summary: 'A rule contradicts another.',
    remedy: 'Decide which of the two is meant.',
  },
  CC1220: {
    status: 422,
    summary: 'Some patients are offered nothing to choose.',
    remedy: 'Add a value that is always offered, or widen `offeredWhen`.',
  },
  CC1221: { status: 422, summary: 'Days and hours are mixed.', remedy: 'Count both in the same.' },
  CC1225: {
    status: 422,
    summary: 'Intervals cannot be kept together.',
    remedy: 'Shorten a minimum, or move the latest day.',
  },
  CC1226: {
    status: 422,
    summary: 'Whether intervals can be kept together depends on the length of months.',
    remedy: 'Count both in days or weeks, or leave a few days between them.',
  },
  CC1227: {
    status: 422,
    summary: 'Waiting as often as is allowed goes past the latest day.',
    remedy: 'Wait less often or less long, or move the latest day.',
  },
  CC1228: {
    status: 422,
    summary: 'What a task records can be too old when it is needed.',
    remedy: 'Let the window of the task begin later, or take the fact for longer.',
  },
  CC1229: {
    status: 422,
    summary: 'A fact is too old by the time that it is used.',
    remedy: 'Record it once more, nearer to the gate.',
  },
  CC1230: {
    status: 422,
    summary: 'The latest day can come before the earliest.',
    remedy: 'Look at the lengths, and at what their figures may be set to.',
  },
  CC1231: {
    status: 422,
    summary: 'What is repeated is over before it is due once.',
    remedy: 'Repeat it more often, or let it go on for longer.',
  },
  CC1232: {
    status: 422,
    summary: 'Home care ends before it begins.',
    remedy: 'Look at `from` and `until`.',
  },
  CC1235: {
    status: 422,
    summary: 'A fact is asked for only once a gate needs it.',
    remedy: 'Nothing has to be done; add it to `records` of a task before, so that nobody waits for it.',
  },
  CC1236: {
    status: 422,
    summary: 'Nobody of the team supplies a fact.',
    remedy: 'Add the role to `team`, or the fact to `records` of a task.',
  },
  CC1237: {
    status: 422,
    summary: 'No task records what a goal is measured by.',
    remedy: 'Add the fact to `records` of a task that is done before the goal is due.',
  },
  CC1238: {
    status: 422,
    summary: 'A goal that is reached counts as treatment without effect.',
    remedy: 'Let `ineffectiveWhen` leave out what `target` asks for.',
  },
} as const satisfies Record<string, CodeEntry>;
