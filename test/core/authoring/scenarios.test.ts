import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { readScenario } from '../../../src/core/authoring/read-scenario.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { filesEnding, sourcesFor } from '../../support/content-files.ts';
import { atEdge, for_, intervalOf } from '../../support/pathways.ts';

const pathways = new Map(
  filesEnding('pathways', 'mole-removal.pathway.yaml').map((file) => [
    'mole-removal',
    CompiledPathway.parse(compilePathway(sourcesFor(file)).compiled),
  ]),
);

/** A file of a plan for a mole; its lines begin at line 5. */
const fileOf = (lines: readonly string[], start = '{ day: "2026-03-02" }') => ({
  file: 'x.scenario.yaml',
  text: [
    'scenario: a mole',
    'of: mole-removal',
    `start: ${start}`,
    'steps:',
    ...lines.map((line) => `  - { ${line} }`),
    '',
  ].join('\n'),
});

const refusedIn = (lines: readonly string[], start?: string): string =>
  readScenario(fileOf(lines, start), pathways).problems.map(formatProblem).join('\n');

function play(lines: readonly string[]) {
  const { scenario, problems } = readScenario(fileOf(lines), pathways);
  expect(problems.map(formatProblem)).toEqual([]);
  const played = scenario?.run();
  return { trace: played?.trace ?? '', says: (played?.problems ?? []).map(formatProblem).join('\n') };
}

const KNOWN = ['day: "2026-03-03", fact: { bloodThinner: never }', 'day: "2026-03-03", done: history'];
const SIGNED = [...KNOWN, 'day: "2026-03-04", signed: mole-excision-consent'];
const DONE = [
  ...SIGNED,
  'day: "2026-03-10", ask: start excision, expect: open',
  'day: "2026-03-10", performed: excision',
];

describe('what comes otherwise is told where it stands, with what was seen instead', () => {
  it.each<[string, readonly string[], string]>([
    [
      'a gate that stays closed',
      [...KNOWN, 'day: "2026-03-04", ask: start excision, expect: open'],
      'x.scenario.yaml:7:55\nCC1090 expected open; seen: refused:',
    ],
    [
      'a gate that opens',
      [...SIGNED, 'day: "2026-03-04", ask: start excision, expect: refused'],
      'expected refused; seen: accepted',
    ],
    [
      'another reason',
      [...KNOWN, 'day: "2026-03-04", ask: start excision, expect: refused, because: blood-thinner'],
      'expected because blood-thinner; seen: because consent',
    ],
    [
      'a reason too few',
      [
        'day: "2026-03-03", done: history',
        'day: "2026-03-04", ask: start excision, expect: refused, because: consent',
      ],
      'expected because consent; seen: because consent, blood-thinner',
    ],
    [
      'something else that clears it',
      [...KNOWN, 'day: "2026-03-04", ask: start excision, expect: refused, clears: not before 2026-04-01'],
      'expected clears not before 2026-04-01; seen: cleared by consent by patient',
    ],
    [
      'another phase',
      [...KNOWN, 'day: "2026-03-04", expect: at consultation'],
      'expected at consultation; seen: at excision.ready',
    ],
    [
      'a task that nobody owes',
      ['day: "2026-03-03", expect: task stitches'],
      'expected task stitches; seen: open tasks: consultation/history',
    ],
    [
      'a task that somebody does',
      ['day: "2026-03-03", expect: no task history'],
      'seen: open tasks: consultation/history',
    ],
    [
      'a task of another day',
      ['day: "2026-03-03", expect: task history due 2026-03-10'],
      'expected task history due 2026-03-10; seen: due 2026-03-09',
    ],
    [
      'a question that nobody asks',
      ['day: "2026-03-03", expect: question late'],
      'expected question late; seen: open questions: none',
    ],
    [
      'a hold that is not there',
      [...KNOWN, 'day: "2026-03-04", expect: hold blood-thinner'],
      'expected hold blood-thinner; seen: holds: none',
    ],
    [
      'a hold that is',
      ['day: "2026-03-03", done: history', 'day: "2026-03-03", expect: no hold blood-thinner'],
      'seen: holds: excision/blood-thinner',
    ],
    [
      'no deviation',
      [...DONE, 'day: "2026-03-10", expect: deviation gate-not-opened'],
      'expected deviation gate-not-opened; seen: deviations: none',
    ],
    [
      'a deviation',
      [...SIGNED, 'day: "2026-03-10", performed: excision, expect: no deviation'],
      'expected no deviation; seen: deviations: gate-not-opened',
    ],
    ['nobody who is told', ['day: "2026-03-03", expect: surgeon is told'], 'seen: told: none'],
    [
      'somebody who is told',
      ['day: "2026-03-20", expect: dermatologist is not told'],
      'expected dermatologist is not told; seen: told: dermatologist, coordinator, clinical-lead',
    ],
    [
      'another level',
      ['day: "2026-03-20", expect: escalation 0'],
      'expected escalation 0; seen: escalation 1',
    ],
    ['another status', ['day: "2026-03-03", expect: status completed'], 'seen: status active'],
    ['an answer to nothing', ['day: "2026-03-03", expect: open'], 'seen: nothing was asked'],
    [
      'an alert that is none',
      ['day: "2026-03-03", expect: alert fever'],
      'expected alert fever; seen: alert fever: none',
    ],
  ])('%s', (_what, lines, says) => {
    expect(play(lines).says).toContain(says);
  });
});

describe('a line that the plan does not take ends the scenario, and is told where it stands', () => {
  it.each<[string, readonly string[], string]>([
    [
      'a task that nobody owes',
      ['day: "2026-03-03", done: stitches', 'day: "2026-03-03", done: history, expect: at consultation'],
      'x.scenario.yaml:5:5\nCC1094 the plan has no open task `stitches`\nhelp: known: consultation/history',
    ],
    [
      'a question that nobody asks',
      ['day: "2026-03-03", decided: { board: suitable }'],
      'CC1094 the plan has no open question `board`',
    ],
    [
      'a session that is not the next',
      [...SIGNED, 'day: "2026-03-10", ask: start excision 2'],
      'CC1094 session 1 of `excision` is next, not 2',
    ],
    [
      'a refusal that nobody foresaw',
      [...KNOWN, 'day: "2026-03-10", ask: start excision'],
      'CC1095 refused: Consent mole-excision-consent has not been signed.',
    ],
    ['a consent that there is none of', ['day: "2026-03-03", signed: tattoo-consent'], 'CC1095 rejected: '],
    [
      'an override that there is none of',
      ['day: "2026-03-03", done: history', 'day: "2026-03-03", release: fever, by: dermatologist'],
      'CC1094 the plan has no open hold `fever`',
    ],
  ])('%s', (_what, lines, says) => {
    expect(play(lines).says).toContain(says);
  });
});

describe('a file that nobody could play is refused where it stands', () => {
  it.each<[string, readonly string[], string]>([
    [
      'two things at once',
      ['day: "2026-03-03", done: history, ask: start excision'],
      '5:41\nCC1069 a line does one thing',
    ],
    ['nothing at all', ['day: "2026-03-03"'], '5:5\nCC1011 the line does nothing'],
    [
      'a day before the last',
      [...KNOWN, 'day: "2026-03-01", expect: status active'],
      '7:12\nCC1093 2026-03-01 12:00 is before',
    ],
    ['a time before the last', ['day: "2026-03-02", time: "11:59", expect: status active'], 'CC1093'],
    ['no date', ['day: monday, expect: status active'], 'CC1029 `monday` is no date'],
    ['no time', ['day: "2026-03-03", time: noon, expect: status active'], 'CC1029 `noon` is no time of day'],
    ['a fact that is none', ['day: "2026-03-03", fact: { weight: 80 }'], 'CC1041 there is no fact `weight`'],
    [
      'a stage that is none',
      ['day: "2026-03-03", ask: start incision'],
      'CC1056 there is no stage `incision`',
    ],
    [
      'a role that is none',
      ['day: "2026-03-03", done: history, by: doctor'],
      'CC1040 there is no role `doctor`',
    ],
    [
      'an expectation that is none',
      ['day: "2026-03-03", expect: all is well'],
      '5:34\nCC1096 `all is well` is nothing that can be expected\nhelp: it begins with one of: open, ',
    ],
    [
      'an expectation that begins like one',
      ['day: "2026-03-03", expect: no tsk history yet'],
      'help: write [no] task T, or task T due DAY [HH:MM]',
    ],
    [
      'reasons without a refusal',
      ['day: "2026-03-03", ask: start excision, because: consent'],
      'CC1069 reasons are given',
    ],
    [
      'a request that is none',
      ['day: "2026-03-03", ask: stop excision'],
      'CC1014 `stop excision` cannot stand here',
    ],
    [
      'a booking of nothing',
      ['day: "2026-03-03", book: excision now'],
      'CC1014 `excision now` cannot stand here',
    ],
    ['a key that is none', ['day: "2026-03-03", doing: history'], 'CC1010 there is no key `doing` here'],
  ])('%s', (_what, lines, says) => {
    expect(refusedIn(lines)).toContain(says);
  });

  it('where its pathway is none, or its days are another clinic’s', () => {
    const file = fileOf(KNOWN);
    const other = { ...file, text: file.text.replace('mole-removal', 'mole-removing') };
    expect(readScenario(other, pathways).problems[0]?.message).toBe('there is no pathway `mole-removing`');
    const abroad = { ...file, text: `zone: Europe/Berlin\n${file.text}` };
    expect(readScenario(abroad, pathways).problems.map(({ code, line }) => [code, line])).toEqual([
      ['CC1092', 1],
    ]);
  });
});

it('a plan that cannot be started is told at its start', () => {
  const file = fileOf(KNOWN, '{ day: "2026-03-02", areas: { treatment: left breast } }');
  const { scenario } = readScenario(file, pathways);
  const says = scenario?.run().problems.map(formatProblem).join('\n');
  expect(says).toContain('x.scenario.yaml:3:8\nCC1095 This pathway has no treatment area to choose.');
});

it('what happened stands in the trace, a line for each entry, by the clock of the clinic, and under it what changed', () => {
  const { trace, says } = play([...DONE, 'day: "2026-03-17", done: stitches, expect: status completed']);
  expect(says).toBe('');
  const lines = trace.split('\n');
  expect(lines[0]).toBe(
    '2026-03-02 12:00  plan.started            Started Removal of a mole under local numbing 1.0.0',
  );
  expect(lines).toContain('2026-03-10 12:00  gate.opened             Excision of the mole may start');
  const last = lines.findLastIndex((line) => line.startsWith('2026-03-17 12:00  '));
  expect(lines.slice(last + 1).map((line) => line.trim())).toEqual([
    '= completed, at completed',
    '- task/excision.recovery/stitches due 2026-03-20, nurse',
  ]);
});

it('time passes between the lines: what is due is climbed for, at its hour', () => {
  const { trace } = play(['day: "2026-03-20", expect: [escalation 1, clinical-lead is told]']);
  expect(trace.split('\n').filter((line) => line.includes('escalation.raised'))).toHaveLength(3);
});

it('what a step says of a patient can be corrected, taken back, and left', () => {
  const { says } = play([
    ...SIGNED,
    'day: "2026-03-05", correct: { bloodThinner: { value: "2026-03-01", on: "2026-03-03" } }, expect: hold blood-thinner',
    'day: "2026-03-06", withdraw: { bloodThinner: "2026-03-03" }, expect: hold blood-thinner',
    'day: "2026-03-06", fact: { bloodThinner: never }, expect: no hold blood-thinner',
    'day: "2026-03-06", past: [ { procedure: mole-excision, day: "2020-01-07" } ]',
    'day: "2026-03-06", history: complete',
    'day: "2026-03-07", leave: postponement, why: a journey, expect: at postponement',
    'day: "2026-03-20", return: yes, expect: at excision.ready',
    'day: "2026-03-21", fact: { bloodThinner: never }',
    'day: "2026-03-21", book: excision, for: "2026-03-25", expect: booked',
    'day: "2026-03-26", missed: excision, on: "2026-03-25"',
    'day: "2026-03-26", book: excision, for: "2026-03-30"',
    'day: "2026-03-27", cancelled: excision',
    'day: "2026-03-30", ask: start excision, expect: open',
    'day: "2026-03-30", notPerformed: excision, why: no electricity, expect: at excision.ready',
    'day: "2026-03-31", ask: start excision, expect: open',
    'day: "2026-03-31", performed: excision, expect: at excision.recovery',
    'day: "2026-04-01", takenBack: excision, on: "2026-03-31", expect: at excision.ready',
    'day: "2026-04-01", unsigned: mole-excision-consent',
    'day: "2026-04-02", end: moved away, expect: at cancelled',
  ]);
  expect(says).toBe('');
});

describe('a scenario of a pathway that counts from all plans of the patient', () => {
  const counting = new Map(
    [...pathways].map(([name, compiled]): [string, CompiledPathway] => [
      name,
      {
        ...compiled,
        intervals: [
          intervalOf('between-operations', atEdge('end of mole-excision'), 'mole-excision', {
            minimum: for_(6, 'week'),
            otherPlans: true,
          }),
        ],
      },
    ]),
  );
  const outcomeOf = (lines: readonly string[]): string => {
    const { scenario, problems } = readScenario(fileOf(lines), counting);
    return [...problems, ...(scenario?.run().problems ?? [])].map(formatProblem).join('\n');
  };

  it.each([
    ['another plan that it has not', [], 'expect: open'],
    ['the day before six weeks', ['2026-01-28'], 'expect: refused, because: between-operations'],
    ['six weeks to the day', ['2026-01-27'], 'expect: open'],
  ])('knows of %s', (_name, days, expected) => {
    const told = days.map(
      (day) => `day: "2026-03-05", otherPlans: [ { procedure: mole-excision, day: "${day}" } ]`,
    );
    const lines = [...SIGNED, ...told, `day: "2026-03-10", ask: start excision, ${expected}`];
    expect(outcomeOf(lines)).toBe('');
  });

  it('refuses what no interval counts from: it would be told in vain', () => {
    const line = 'day: "2026-03-05", otherPlans: [ { procedure: nonsense, day: "2026-01-28" } ]';
    expect(outcomeOf([line])).toContain(
      'CC1094 no interval over all plans of the patient counts from all of this',
    );
  });
});
