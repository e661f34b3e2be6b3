import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { readScenario } from '../../../src/core/authoring/read-scenario.ts';
import { LIMITS } from '../../../src/core/model/limits.ts';
import { alter, EVERYTHING, type Part, sourcesOf, type Texts } from './sample.ts';

/** Of a processor's time, not of a clock's, and the least of a few: others may be at work beside. */
function secondsOf(act: () => void): number {
  const times = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000_000;
  });
  return Math.min(...times);
}

/** A file of one part with something in the place of a line of it, as much as a file can hold. */
const withMuch = (part: Part, from: string, to: (many: (piece: string) => string) => string): Texts => {
  const room = LIMITS.fileBytes - EVERYTHING[part].text.length - 1_000;
  return alter(
    EVERYTHING,
    part,
    from,
    to((piece) => piece.repeat(Math.floor(room / piece.length))),
  ).texts;
};

const list = (count: number, one: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => one(at)).join('\n');

const rule = (at: number): string =>
  `  - { contraindication: rule-${at}, title: Rule ${at}, when: { all: [ { temperature: at least ${31 + (at % 10)} Cel }, { age: below ${1 + (at % 90)} years } ] }, stops: [procedure], strength: absolute, then: postponement, clears: by facts, tell: [patient], because: Example., source: protocol }`;

/** Warm: a first run compiles the compiler. */
beforeAll(() => void compilePathway(sourcesOf(EVERYTHING)));

describe('whatever a file holds, an answer comes within a second:', () => {
  it.each<[string, Texts, string | undefined]>([
    [
      'ten megabytes',
      { ...EVERYTHING, pathway: { file: 'x.pathway.yaml', text: 'x: y\n'.repeat(2_000_000) } },
      'CC1005',
    ],
    [
      'a depth of 100',
      alter(EVERYTHING, 'pathway', 'title: Cut', `title: ${'['.repeat(100)}x${']'.repeat(100)}`).texts,
      'CC1006',
    ],
    [
      'a bomb of aliases',
      {
        ...EVERYTHING,
        pathway: {
          file: 'x.pathway.yaml',
          text: list(
            30,
            (at) => `a${at}: &a${at} [${at === 0 ? 'x' : `*a${at - 1}, *a${at - 1}, *a${at - 1}`}]`,
          ),
        },
      },
      'CC1007',
    ],
    [
      'one key again and again',
      withMuch('pathway', 'title: A mole', (many) => `title: A mole\n${many('title: Another\n')}`),
      'CC1002',
    ],
    [
      'as many rules as a set may hold',
      alter(
        EVERYTHING,
        'ruleSet',
        '  - contraindication: fever',
        `${list(990, rule)}\n  - contraindication: fever`,
      ).texts,
      undefined,
    ],
    [
      'as many stages',
      alter(
        EVERYTHING,
        'pathway',
        '  - stage: fill\n',
        `${list(990, (at) => `  - { stage: s${at}, title: S, procedure: dressing, consent: { form: cut-consent, by: patient, covers: one procedure, lasts: 1 year } }`)}\n  - stage: fill\n`,
      ).texts,
      undefined,
    ],
    [
      'hundreds of facts, each of which is believed by the next',
      alter(
        EVERYTHING,
        'catalogue',
        'derived:\n',
        `${list(300, (at) => `  - { fact: f${at}, title: F, is: yes or no, goodFor: 1 day, from: [record], ask: { role: nurse, within: 1 day }, notValidWhen: { f${(at + 1) % 300}: is yes } }`)}\nderived:\n`,
      ).texts,
      'CC1068',
    ],
    [
      'a list of more than a thousand',
      alter(
        EVERYTHING,
        'ruleSet',
        '  - contraindication: fever',
        `${list(1_000, rule)}\n  - contraindication: fever`,
      ).texts,
      'CC1016',
    ],
    [
      'a duration without end',
      withMuch('pathway', 'lasts: 6 months', (many) => `lasts: 6 ${many('months ')}`),
      'CC1020',
    ],
    [
      'a due time without end',
      withMuch('pathway', 'due: 7 days after plan start', (many) => `due: 7 days ${many('after before ')}`),
      'CC1050',
    ],
    [
      'a test without end',
      withMuch('ruleSet', 'at least 38 Cel', (many) => `above ${many('1 to ')}`),
      'CC1023',
    ],
    [
      'words without end',
      withMuch(
        'ruleSet',
        'includes infection or herpes in any area of this stage',
        (many) => `includes ${many('a or in ')}`,
      ),
      'CC1062',
    ],
    [
      'a kind of fact without end',
      withMuch('catalogue', '"findings of hives, blisters"', (many) => `"findings of ${many('a, ')}"`),
      'CC1025',
    ],
    [
      'opening hours without end',
      withMuch('clinic', 'friday: 08:00 to 13:00', (many) => `"${many('friday to ')}": 08:00 to 13:00`),
      'CC1027',
    ],
    [
      'spaces without end',
      withMuch('ruleSet', 'at least 38 Cel', (many) => `"at least${many(' ')}38 Cel"`),
      undefined,
    ],
    ['a name without end', withMuch('pathway', 'stage: cut', (many) => `stage: ${many('a')}`), 'CC1015'],
    [
      'an area without end',
      withMuch('clinic', 'parts: [upper face, nose]', (many) => `parts: ["${many('a ')}!"]`),
      'CC1015',
    ],
  ])('%s', (_what, texts, code) => {
    let codes: string[] = [];
    const seconds = secondsOf(() => {
      // What was read of a file is kept by the file: each time it is another.
      codes = compilePathway(sourcesOf(structuredClone(texts))).problems.map((one) => one.code);
    });
    if (code === undefined) expect(codes).toEqual([]);
    else expect(codes).toContain(code);
    expect(seconds).toBeLessThan(1);
  });

  it('a sentence without end in what a scenario expects', () => {
    const text = `scenario: x\nof: mole\nstart: { day: "2026-03-02" }\nsteps:\n  - { day: "2026-03-02", expect: "task a due ${'2026-03-02 '.repeat(40_000)}" }\n`;
    let codes: string[] = [];
    const seconds = secondsOf(() => {
      codes = readScenario({ file: 'x.scenario.yaml', text }, new Map()).problems.map((one) => one.code);
    });
    expect(codes).toContain('CC1096');
    expect(seconds).toBeLessThan(1);
  });
});
