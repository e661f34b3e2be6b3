import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { alter, EVERYTHING, type Part, sourcesOf } from './sample.ts';

/** What a refusal says beside its place: what is wrong, and what to write. */
const ROWS: readonly (readonly [part: Part, from: string, to: string, says: string])[] = [
  [
    'ruleSet',
    '- alert: red-wound',
    '- alrt: red-wound',
    'CC1010 there is no key `alrt` here\nhelp: did you mean `alert`?',
  ],
  [
    'ruleSet',
    '- eligibility: adult\n    title',
    '- title',
    'CC1011 an item begins with its kind\nhelp: known: contraindication, interval, table, alert, eligibility',
  ],
  ['ruleSet', 'for: pathway', 'for: stage', 'CC1014 `stage` cannot stand here\nhelp: known: pathway'],
  [
    'ruleSet',
    'age: at least 18 years',
    'age: above 18 years',
    'CC1060 a time since a date is counted in whole days: it is `at least`, or `below`\n' +
      'help: write `at least X`, `below X`, or `X to below Y`',
  ],
  [
    'ruleSet',
    'medicines: includes anticoagulant',
    'glucose: above 11',
    'CC1061 the unit is missing\nhelp: write the unit mmol/L or mg/dL',
  ],
  [
    'ruleSet',
    'medicines: includes anticoagulant',
    'rash: includes hive',
    'CC1062 `hive` is no finding of this fact\nhelp: did you mean `hives`?',
  ],
  [
    'ruleSet',
    'includes infection or herpes in any area of this stage',
    'includes infection',
    'CC1066 these findings are recorded by area, and none is named\n' +
      'help: write `in treatment`, `in donor`, `in any area of this stage`, or in an area by its name',
  ],
  [
    'ruleSet',
    'for: pathway\n    when: { age: at least 18 years }',
    'for: pathway\n    when: { wound: is clean }',
    'CC1066 `wound` is known by area, and eligibility is asked of the patient as a whole\n' +
      'help: Say where a stage takes place, and in which area findings are looked for.',
  ],
  [
    'ruleSet',
    'from: end of surgery',
    'from: surgery',
    'CC1033 `surgery` has a start and an end\nhelp: write `start of surgery` or `end of surgery`',
  ],
  [
    'ruleSet',
    'from: radiotherapy\n    to: start of excision\n    area: same',
    'from: age\n    to: start of excision',
    'CC1060 `age` is no date\nhelp: write `birthDate`',
  ],
  [
    'ruleSet',
    'ifLate: { ask: surgeon }',
    'ifLate: panic',
    'CC1014 `panic` is no action\nhelp: write `go`, `end`, `next stage`, `revise`, or one of wait, again, to, decide, ask, exit, choose, lower, raise, limit, start in { }',
  ],
  [
    'ruleSet',
    'covers: "stage, unknown too"',
    'covers: all',
    'CC1014 `all` cannot stand here\nhelp: write `one gate` or `stage`, and "…, unknown too"',
  ],
  [
    'ruleSet',
    'answers: [a, b]',
    'answers: [a, b, c]',
    'CC1070 no row gives the answer `c`\n' +
      'help: Give every answer a row, and every answer of a decision an outcome, one of them go.',
  ],
  [
    'ruleSet',
    'grace: 2 days',
    'grace: 3 weeks',
    'CC1067 the grace is not shorter than the minimum\n' +
      'help: Order them: grace below minimum, minimum, recommended, latest.',
  ],
  [
    'pathway',
    'high: { ask: surgeon }',
    'high: stop',
    'CC1014 `stop` is no action\n' +
      'help: write `go`, `end`, `next stage`, `revise`, or one of wait, again, to, decide, ask, exit, choose, lower, raise, limit, start in { }',
  ],
  [
    'pathway',
    'outcomes: { standard: go, high: { ask: surgeon } }',
    'outcomes: { standard: go }',
    'CC1070 the answer `high` leads nowhere\nhelp: add `high:` with `go`, or with what else it leads to',
  ],
  [
    'pathway',
    'by: { table: risk }',
    'by: { table: risc }',
    'CC1052 there is no table `risc`\nhelp: did you mean `risk`?',
  ],
  [
    'pathway',
    'from: end of cut\n    to: start of fill',
    'from: end of fill\n    to: start of cut',
    'CC1051 the stage `fill` comes after `cut`\nhelp: name them in the order of the course',
  ],
  [
    'pathway',
    'treatment: "any of left breast, right breast"',
    'treatment: any of nose',
    'CC1031 `any of nose` does not say which areas\n' +
      'help: write `left breast`, `left breast or right breast`, or `any of left breast, right breast`',
  ],
  [
    'catalogue',
    'is: sum of glucose',
    'is: mean of glucose',
    'CC1032 `mean of glucose` is no way to derive a fact\n' +
      'help: write one of: time since F, [percent] fall from baseline of F, highest|lowest of last N F, ' +
      'highest|lowest since last session of F, sum of F',
  ],
  [
    'catalogue',
    'flag: yes',
    'flag: sometimes',
    'CC1014 `sometimes` cannot stand here\nhelp: write `yes`, or leave it out',
  ],
  [
    'clinic',
    '{ area: abdomen }',
    '{ area: abdomen, parts: [any part] }',
    'CC1015 `any` has a meaning of its own where areas are named\nhelp: write words such as `upper face`',
  ],
  [
    'ruleSet',
    'answers: [high, standard]',
    'answers: high',
    'CC1012 expected a list, found text\nhelp: write it in brackets: [high]',
  ],
  [
    'ruleSet',
    'when: { age: at least 18 years }',
    'when: age at least 18 years',
    'CC1012 expected a group of keys, found text\nhelp: write keys with their values: { key: value }',
  ],
  [
    'ruleSet',
    'medicines: includes anticoagulant',
    'glucose: above 11mmol/L',
    'CC1004 `11mmol/L` is not a plain decimal number\nhelp: put a space before the unit: 11 mmol/L',
  ],
  [
    'ruleSet',
    'revisedOn: 2026-03-01',
    'revisedOn: 2026-02-30',
    'CC1029 `2026-02-30` is no date\nhelp: Write year, month and day, such as 2026-12-25.',
  ],
];

it.each(ROWS)('%s: %j in place of %j', (part, from, to, says) => {
  const { problems } = compilePathway(sourcesOf(alter(EVERYTHING, part, from, to).texts));
  expect(problems.map((problem) => formatProblem(problem).split('\n').slice(1).join('\n'))).toEqual([says]);
});

it('the time since what is no date is not helped by a test of dates', () => {
  const { texts } = alter(EVERYTHING, 'catalogue', 'is: time since birthDate', 'is: time since glucose');
  const said = compilePathway(sourcesOf(texts)).problems.map(formatProblem);
  expect(said[0]).toContain('CC1060 `glucose` is no date\nhelp: take the time since a fact that is a date');
});

it('a list that is too short is to be made longer', () => {
  const { texts } = alter(EVERYTHING, 'ruleSet', 'answers: [high, standard]', 'answers: [high]');
  const said = compilePathway(sourcesOf(texts)).problems.map(formatProblem);
  expect(said[0]).toContain('CC1016 at least 2 must stand here\nhelp: add what is missing');
});
