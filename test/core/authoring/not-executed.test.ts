import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { alter, EVERYTHING, HERE, type Part, sourcesOf } from './sample.ts';

/** Keys of the format that this version would ignore, each with the line that it is put before. */
const KEYS: readonly (readonly [part: Part, before: string, indent: string, keys: readonly string[]])[] = [
  ['catalogue', 'procedures:', '', ['care']],
  ['pathway', 'course:', '', ['goals']],
  ['pathway', 'say: The mole is cut out.', '    ', ['lasts', 'onlyWhen']],
  ['packs', 'tasks:\n      - { task: visit', '    ', ['care']],
  [
    'pathway',
    'by: { table: risk }',
    '        ',
    ['title', 'due', 'needs', 'noQuorum', 'ifUnknown', 'on', 'ladder'],
  ],
];

/** Items, sentences and words of the format. */
const WORDS: readonly (readonly [says: string, part: Part, from: string, to: string])[] = [
  ...['care'].map(
    (kind) =>
      [
        `an item alongside: ${kind}`,
        'pathway',
        'course:',
        `alongside:\n  - ${HERE}${kind}: x\n    anything: at all\ncourse:`,
      ] as const,
  ),
  [
    'a decision by a table that somebody confirms',
    'pathway',
    'intervals:',
    `decisions: [ { decision: x, title: X, by: { table: risk, ${HERE}confirm: surgeon }, due: 1 day after asked, on: [red-wound], outcomes: { high: go, standard: go } } ]\nintervals:`,
  ],
  [
    'what a late interval leads to: { start: track }',
    'ruleSet',
    'ifLate: { ask: surgeon }',
    `ifLate: { ${HERE}start: track }`,
  ],
  ...['outcome'].map(
    (key) =>
      [`a task's ${key}`, 'pathway', 'title: History,', `title: History, ${HERE}${key}: something,`] as const,
  ),
  ...['every', 'from', 'until', 'needs', 'onlyWhen', 'onlyFor', 'handsTo', 'clears', 'outcome', 'say'].map(
    (key) =>
      [`an alert's ${key}`, 'ruleSet', 'title: See it,', `title: See it, ${HERE}${key}: something,`] as const,
  ),
  [
    'stops: care',
    'ruleSet',
    'stops: [procedure]\n    of: [surgery, dressing]',
    `stops: [procedure, ${HERE}care]\n    of: [surgery, dressing]`,
  ],
  ...['{ wait: 7 days, atMost: 2 }', '{ exit: referral }', '{ again: 1 }'].map(
    (action) =>
      [
        `what a late interval leads to: ${action}`,
        'ruleSet',
        'ifLate: { ask: surgeon }',
        `ifLate: ${action.replace('{ ', `{ ${HERE}`)}`,
      ] as const,
  ),
  ...['go', 'end', 'next stage', 'revise'].map(
    (action) =>
      [
        `what a late interval leads to: ${action}`,
        'ruleSet',
        'ifLate: { ask: surgeon }',
        `ifLate: ${HERE}${action}`,
      ] as const,
  ),
  ...['then: go', 'for: this session', 'atMost: 1'].map(
    (beside) =>
      [
        `beside somebody who is asked: ${beside}`,
        'pathway',
        'high: { ask: surgeon }',
        `high: { ask: surgeon, ${HERE}${beside} }`,
      ] as const,
  ),
  ['a loop without end', 'pathway', 'high: { ask: surgeon }', `high: { again: ${HERE}no limit }`],
  [
    'a number that a figure gives',
    'pathway',
    'high: { ask: surgeon }',
    `high: { wait: 7 days, atMost: ${HERE}the tries }`,
  ],
  ...['declined', 'cancelled'].map(
    (exit) =>
      [
        `an exit from which nothing returns: ${exit}`,
        'pathway',
        'intervals:',
        `exits: { ${HERE}${exit}: { reviewEvery: 7 days } }\nintervals:`,
      ] as const,
  ),
  [
    'a decision of a phase that rules ask',
    'pathway',
    'tasks:\n    - { task: look,',
    `decisions: [ { decision: x, title: X, by: nurse, due: 1 day after asked, ${HERE}on: [red-wound], outcomes: { a: go } } ]\n  tasks:\n    - { task: look,`,
  ],
  [
    'a decision that a rule of another kind asks',
    'pathway',
    'intervals:',
    `decisions: [ { decision: x, title: X, by: nurse, due: 1 day after asked, on: [${HERE}fever], outcomes: { a: go } } ]\nintervals:`,
  ],
  [
    'a table that somebody confirms',
    'pathway',
    '{ table: risk }',
    `{ table: risk, ${HERE}confirm: surgeon }`,
  ],
  ['an interval to the end of something', 'ruleSet', 'to: start of graft', `to: ${HERE}end of graft`],
  ['an interval from sessions', 'pathway', 'from: end of cut', `from: ${HERE}end of session`],
  ['an alert that is due in a window', 'ruleSet', '24 hours after alert', `${HERE}1 to 2 days after alert`],
  ['dates ahead', 'catalogue', 'is: date,', `is: date, range: ${HERE}any future,`],
  ['a rule that stops a phase', 'ruleSet', 'of: [surgery, dressing]', `of: [${HERE}prep, dressing]`],
  ['a bound that a figure gives', 'ruleSet', 'at least 38 Cel', `${HERE}at least the limit`],
  [
    'a fact that is valid only while it is fresh',
    'catalogue',
    'transfusion: within the last 3 months }',
    `transfusion: within the last 3 months, ${HERE}taken: within 7 days }`,
  ],
  [
    'a fact that is valid while another has not changed much',
    'catalogue',
    '{ transfusion: within the last 3 months }',
    `{ neuropathyFall: ${HERE}at least 2 }`,
  ],
  ['a duration that a figure gives', 'pathway', 'lasts: 6 months', `lasts: ${HERE}the validity`],
  ['a due time before a stage', 'pathway', '7 days after plan start', `${HERE}3 days before stage`],
  ['a due time after a booking', 'pathway', '7 days after plan start', `${HERE}3 days after booking`],
  [
    'a due time at the end of the plan',
    'pathway',
    '7 days after plan start',
    `${HERE}1 day after end of plan`,
  ],
  [
    'a due time after a date that is a fact',
    'pathway',
    '7 days after plan start',
    `${HERE}3 days after birthDate`,
  ],
];

const refusedAlone = (part: Part, from: string, to: string): void => {
  const { texts, at } = alter(EVERYTHING, part, from, to);
  const { compiled, problems } = compilePathway(sourcesOf(texts));
  expect(problems.map(({ code, line, column }) => [code, `${line}:${column}`])).toEqual([['CC1013', at]]);
  expect(compiled).toBeUndefined();
};

describe('what this version would ignore is refused by its key, and not as unknown:', () => {
  const rows = KEYS.flatMap(([part, before, indent, keys]) =>
    keys.map((key) => [key, part, before, `${HERE}${key}: something\n${indent}${before}`] as const),
  );
  it.each(rows)('%s in the %s, before %j', (_key, part, before, to) => refusedAlone(part, before, to));
});

describe('what this version would ignore is refused by its words:', () => {
  it.each(WORDS)('%s', (_says, part, from, to) => refusedAlone(part, from, to));
});
