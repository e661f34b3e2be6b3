import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { readCases } from '../../../src/core/authoring/read-cases.ts';
import { BOOK } from '../../support/content-files.ts';

/** A file of one case of the rules for operations. */
const fileOf = (line: string, more = 'today: "2026-05-13"') => ({
  file: 'x.cases.yaml',
  text: `casesFor: surgery\n${more}\ncases:\n  - { ${line} }\n`,
});

const read = (line: string, more?: string) => readCases({ ...BOOK, cases: fileOf(line, more) });
const problemOf = (line: string): string | undefined => {
  const { cases, problems } = read(line);
  expect(problems.map(formatProblem)).toEqual([]);
  const problem = cases[0]?.judge().problem;
  return problem && formatProblem(problem);
};

const NICOTINE = 'of: nicotine, name: x';
const EXPANDER = 'of: expander-to-implant, name: x, in: left breast';
const PLACED =
  'given: { done: [ { procedure: tissue-expander-placement, day: "2026-02-14", in: left breast } ] }';

describe('a case that comes otherwise is told where it stands, with what was expected, what came, and the evidence', () => {
  it.each([
    [
      `${NICOTINE}, given: { nicotine: "2026-05-01" }, result: unmet`,
      'x.cases.yaml:4:73\nCC1090 `nicotine`: expected unmet, came met\nhelp: nicotine 2026-05-01 within the last 4 weeks: met',
    ],
    [
      `${NICOTINE}, result: unmet`,
      'CC1090 `nicotine`: expected unmet, came unknown\nhelp: nicotine within the last 4 weeks: unknown, missing',
    ],
    [`${NICOTINE}, result: unknown, missing: [bmi]`, 'expected bmi, came nicotine'],
    ['of: surgical-risk, name: x, given: { fitness: 5 }, answer: standard', 'expected standard, came high'],
    [`${EXPANDER}, ${PLACED}, result: open`, 'expected open, came too early'],
    [
      `${EXPANDER}, ${PLACED}, result: too early, earliest: "2026-05-15"`,
      'expected 2026-05-15, came 2026-05-14',
    ],
    [
      `${EXPANDER}, ${PLACED}, result: too early, recommended: 2026-06-14 to 2026-08-15`,
      'expected 2026-06-14 to 2026-08-15, came 2026-06-14 to 2026-08-14',
    ],
    [
      `${EXPANDER}, ${PLACED}, result: too early, latest: "2026-11-13"`,
      'expected 2026-11-13, came 2026-11-14',
    ],
    ['of: adult, name: x, given: { birthDate: "2010-01-01" }, result: met', 'expected met, came unmet'],
    [
      'of: wound, name: x, in: left breast, given: { woundState: { value: red, in: left breast } }, result: met',
      'expected met, came not watching',
    ],
  ])('%s', (line, says) => {
    expect(problemOf(line)).toContain(says);
  });
});

describe('a case that nobody could judge is refused where it stands', () => {
  it.each([
    [
      'of: nicotin, name: x, result: met',
      '4:11\nCC1058 there is no rule `nicotin`\nhelp: did you mean `nicotine`?',
    ],
    [`${NICOTINE}, given: { nicotin: never }, result: unmet`, 'CC1041 there is no fact `nicotin`'],
    [`${NICOTINE}, given: { nicotine: sometimes }, result: unmet`, 'CC1060 `sometimes` is not of the kind'],
    [`${NICOTINE}, given: { baseline bmi: 900 }, result: unmet`, 'CC1062 900 lies outside 10 to 90'],
    [`${NICOTINE}, given: { bmi: [ { value: 20 }, { value: 5 } ] }, result: unmet`, 'CC1062 5 lies outside'],
    [`${NICOTINE}, given: { fitness: 2.5 }, result: unmet`, 'CC1060 `2.5` is not of the kind `grade`'],
    [`${NICOTINE}, given: { expanderFull: maybe }, result: unmet`, 'CC1062 `maybe` is no value of this fact'],
    [
      `${NICOTINE}, given: { medicines: [aspirin] }, result: unmet`,
      'CC1062 `aspirin` is no value of this fact',
    ],
    [`${NICOTINE}, given: { skin: none }, result: unmet`, 'CC1066 `skin` is known by area'],
    [
      `${NICOTINE}, given: { bmi: { value: 20, in: abdomen } }, result: unmet`,
      'CC1066 `bmi` is not known by area',
    ],
    [
      `${NICOTINE}, given: { skin: { value: none, in: knee } }, result: unmet`,
      'CC1049 there is no area `knee`',
    ],
    [
      `${NICOTINE}, given: { bmi: { value: 20, from: neighbour } }, result: unmet`,
      'CC1060 `bmi` is not taken from',
    ],
    [`${NICOTINE}, given: { bmi: { value: 20, taken: soon } }, result: unmet`, 'CC1029 `soon` is no date'],
    [`${NICOTINE}, given: { bmi: { worth: 20 } }, result: unmet`, 'CC1010 there is no key `worth` here'],
    [`${NICOTINE}, given: { done: [ { procedure: haircut, day: "2026-01-01" } ] }, result: unmet`, 'CC1042'],
    [
      `${NICOTINE}, given: { done: [ { procedure: peel, day: today } ] }, result: unmet`,
      'CC1029 `today` is no date',
    ],
    [`${NICOTINE}, given: { history: some }, result: unmet`, 'CC1014 `some` cannot stand here'],
    [`${NICOTINE}, answer: met`, 'CC1091 what `nicotine` says is not expected as it says it'],
    [NICOTINE, 'CC1091 what `nicotine` says is not expected as it says it'],
    [`${NICOTINE}, result: open`, 'CC1091 `nicotine` never says `open`'],
    [`${NICOTINE}, result: met, earliest: "2026-01-01"`, 'CC1091 only an interval has days'],
    ['of: surgical-risk, name: x, answer: low', 'CC1053 there is no answer `low`'],
    ['of: surgical-risk, name: x, result: met', 'CC1091'],
    ['of: expander-to-implant, name: x, result: open', 'CC1066 `expander-to-implant` is asked of a site'],
    [`${NICOTINE}, procedure: haircut, result: met`, 'CC1042 there is no procedure `haircut`'],
    [`${NICOTINE}, in: knee, result: met`, 'CC1049 there is no area `knee`'],
    [`${NICOTINE}, stageSince: "2026-05-14", result: met`, 'CC1093 2026-05-14 is after 2026-05-13'],
    [`${NICOTINE}, outcome: met`, 'CC1010 there is no key `outcome` here'],
  ])('%s', (line, says) => {
    const { cases, problems } = read(line);
    expect(cases).toEqual([]);
    expect(problems.map(formatProblem).join('\n')).toContain(says);
  });

  it.each([
    ['zone: Europe/Berlin\ntoday: "2026-05-13"', 'x.cases.yaml:2:7\nCC1092'],
    ['today: tomorrow', 'x.cases.yaml:2:8\nCC1029'],
  ])('in a file that says %s', (more, says) => {
    const { problems } = read(`${NICOTINE}, result: unknown`, more);
    expect(problems.map(formatProblem).join('\n')).toContain(says);
  });

  it('where two cases of a rule share a name', () => {
    const twice = `${NICOTINE}, result: unknown }\n  - { ${NICOTINE}, result: unknown`;
    expect(read(twice).problems.map(formatProblem).join('\n')).toContain('x.cases.yaml:5:27\nCC1047');
  });

  it('where its rule set is none, or has a problem of its own', () => {
    const cases = fileOf(`${NICOTINE}, result: unknown`);
    const other = { ...cases, text: cases.text.replace('surgery', 'surgeri') };
    expect(readCases({ ...BOOK, cases: other }).problems.map(({ code }) => code)).toEqual(['CC1046']);
    const ruleSets = [{ file: 'broken.rules.yaml', text: 'ruleSet: broken' }];
    expect(readCases({ ...BOOK, ruleSets, cases }).problems[0]?.file).toBe('broken.rules.yaml');
  });
});

it('a case says when each value was taken, to the minute where that matters', () => {
  const at = (time: string) =>
    problemOf(
      `of: infection-in-field, name: x, in: left breast, time: "${time}", given: { skin: { value: none, in: left breast }, temperature: { value: 36.5, taken: "2026-05-12 09:00" } }, result: unmet`,
    );
  expect(at('08:59')).toBeUndefined();
  expect(at('09:00')).toContain('came unknown');
});
