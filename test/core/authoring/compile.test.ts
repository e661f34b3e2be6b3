import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { addDays, shiftWorkingDays } from '../../../src/core/model/calendar.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { alter, EVERYTHING, marked, SAMPLE, sourcesOf } from './sample.ts';

const compile = (texts: typeof SAMPLE) => {
  const { compiled, problems } = compilePathway(sourcesOf(texts));
  expect(problems.map(formatProblem)).toEqual([]);
  return CompiledPathway.parse(compiled);
};

describe('the mole removal of the repository', () => {
  const compiled = compile(SAMPLE);

  it('is ready to run', () => {
    const pathway = loadPathway(compiled);
    expect(pathway.stages.map(({ stage }) => stage)).toEqual(['excision']);
    expect(pathway.defaultLadder).toBe('standard');
    expect(pathway.tasksOf('excision.recovery').map(({ task }) => task)).toEqual(['stitches']);
  });

  it('is held by a blood thinner within the last seven days', () => {
    const [stage] = compiled.stages;
    const rules = stage ? loadPathway(compiled).contraindicationsOf(stage) : [];
    expect(rules).toMatchObject([
      {
        rule: 'blood-thinner',
        ruleSet: 'minor-surgery',
        version: '1.0.0',
        when: {
          all: [{ fact: 'bloodThinner', operator: 'withinTheLast', value: { count: 7, unit: 'day' } }],
        },
        strength: 'relative',
        response: 'postponement',
        tell: ['dermatologist', 'patient'],
      },
    ]);
  });

  it('asks the dermatologist for the history within seven days, on the first ladder', () => {
    expect(compiled.consultation).toMatchObject([
      {
        task: 'history',
        role: 'dermatologist',
        when: { due: { to: { count: 7, unit: 'day' }, after: 'plan start' } },
        ladder: 'standard',
        records: ['bloodThinner'],
      },
    ]);
  });

  it('has the stitches out seven to ten days after the procedure', () => {
    expect(compiled.stages[0]?.recovery[0]?.when).toEqual({
      due: {
        from: { count: 7, unit: 'day' },
        to: { count: 10, unit: 'day' },
        after: 'procedure',
      },
    });
  });

  it('keeps the citation of each rule, not only its short name', () => {
    expect(compiled.contraindications[0]?.source).toMatch(/protocol, section 4/);
  });

  it('compiles to the same text each time', () => {
    expect(JSON.stringify(compile(SAMPLE))).toBe(JSON.stringify(compiled));
  });
});

describe('the compiled form', () => {
  it('is complete, and ready to run, with everything that this version executes', () => {
    expect(loadPathway(compile(EVERYTHING)).stages).toHaveLength(3);
  });

  it('holds the facts that rules ask about or tasks record, and no others', () => {
    const facts = compile(EVERYTHING).facts.map(({ fact }) => fact);
    expect(facts).toEqual([
      ...['temperature', 'smokes', 'nicotine', 'birthDate', 'neuropathy', 'medicines', 'skin', 'wound'],
      ...['radiotherapy', 'transfusion', 'glucose'],
    ]);
  });

  it('leaves a fact that is good for ever without an end', () => {
    const [birthDate] = compile(EVERYTHING).facts.filter(({ fact }) => fact === 'birthDate');
    expect(birthDate && 'goodFor' in birthDate).toBe(false);
  });

  it('leaves out rule sets that the pathway does not use, and minds their mistakes all the same', () => {
    const { ruleSets, ...others } = sourcesOf(EVERYTHING);
    const [surgery] = ruleSets;
    if (!surgery) throw new Error('no rule set');
    const [head = '', fever = ''] = surgery.text.split('  - contraindication: ');
    const text = `${head.replace('surgery', 'other')}  - contraindication: ${fever}`;
    const other = { file: 'other.rules.yaml', text: text.replace(': fever', ': heat') };
    const { compiled } = compilePathway({ ...others, ruleSets: [surgery, other] });
    expect(new Set(compiled?.contraindications.map(({ ruleSet }) => ruleSet))).toEqual(new Set(['surgery']));
    const broken = { ...other, text: other.text.replace('temperature:', 'temperatur:') };
    const { problems } = compilePathway({ ...others, ruleSets: [surgery, broken] });
    expect(problems).toMatchObject([{ file: 'other.rules.yaml', code: 'CC1041' }]);
  });

  it('refuses two rules of one name, though they stand in two files and are of different kinds', () => {
    const { ruleSets, ...others } = sourcesOf(EVERYTHING);
    const [surgery] = ruleSets;
    if (!surgery) throw new Error('no rule set');
    const { problems } = compilePathway({
      ...others,
      ruleSets: [
        surgery,
        { file: 'copy.rules.yaml', text: surgery.text.replace('alert: red-wound', 'alert: risk') },
      ],
    });
    expect(problems.map(({ file, line, column, code }) => [file, line, column, code])).toEqual([
      ['copy.rules.yaml', 1, 10, 'CC1047'],
      ['copy.rules.yaml', 7, 23, 'CC1047'],
      ['copy.rules.yaml', 19, 23, 'CC1047'],
      ['copy.rules.yaml', 32, 23, 'CC1047'],
      ['copy.rules.yaml', 49, 15, 'CC1047'],
      ['copy.rules.yaml', 64, 15, 'CC1047'],
      ['copy.rules.yaml', 72, 12, 'CC1047'],
      ['copy.rules.yaml', 82, 12, 'CC1047'],
      ['copy.rules.yaml', 87, 12, 'CC1047'],
      ['copy.rules.yaml', 97, 18, 'CC1047'],
    ]);
  });

  it('has an open calendar for every hour of `always`, and the hours that are written for the rest', () => {
    const [hours, always] = compile(EVERYTHING).clinic.calendars;
    expect(hours?.open).toMatchObject({ '4': ['08:00', '18:00'], '5': ['08:00', '13:00'] });
    expect(Object.keys(hours?.open ?? {})).toEqual(['1', '2', '3', '4', '5']);
    expect(Object.values(always?.open ?? {})).toEqual(Array.from({ length: 7 }, () => ['00:00', '24:00']));
  });
});

describe('a clinic that opens on Mondays only', () => {
  const mondays = Array.from({ length: 45 }, (_, week) => addDays('2026-01-05', 7 * week));
  const closedOn = (days: readonly string[]) => {
    const open =
      'open: { monday to thursday: 08:00 to 18:00, friday: 08:00 to 13:00 }\n    closed: [2026-12-25]';
    return alter(EVERYTHING, 'clinic', open, `open: { monday: 08:00 to 18:00 }\n    closed: [${days}]`).texts;
  };

  it('may close on so many that sixty working days are still found', () => {
    const [calendar] = compile(closedOn(mondays.slice(1))).clinic.calendars;
    if (!calendar) throw new Error('no calendar');
    expect(shiftWorkingDays('2026-01-01', 60, calendar) > '2026-01-01').toBe(true);
  });

  it('may not close on one more', () => {
    const { problems } = compilePathway(sourcesOf(closedOn(mondays)));
    expect(problems).toMatchObject([{ code: 'CC1016', line: 8, column: 13 }]);
  });
});

describe('problems', () => {
  it('of all files come together, in the order of their lines', () => {
    let { texts } = alter(EVERYTHING, 'clinic', 'at: 5 working days late', 'at: 1 day before due');
    ({ texts } = alter(texts, 'catalogue', 'role: coordinator', 'role: owner'));
    ({ texts } = alter(texts, 'ruleSet', 'strength: absolute', 'strenth: absolute'));
    ({ texts } = alter(texts, 'pathway', 'team: [surgeon, nurse]', 'team:'));
    ({ texts } = alter(texts, 'pathway', 'uses: [surgery]', 'uses: []'));
    const { problems } = compilePathway(sourcesOf(texts));
    expect(problems.map(({ file, line, code }) => [file, line, code])).toEqual([
      ['clinic.yaml', 15, 'CC1065'],
      ['catalogue.facts.yaml', 19, 'CC1040'],
      ['surgery.rules.yaml', 12, 'CC1010'],
      ['mole.pathway.yaml', 4, 'CC1008'],
      ['mole.pathway.yaml', 5, 'CC1008'],
    ]);
  });

  it('of names are found in each file that can be read, whatever the others are like', () => {
    let { texts } = alter(EVERYTHING, 'pathway', 'procedure: dressing', 'procedure: dresing');
    ({ texts } = alter(texts, 'ruleSet', '{ smokes: is yes }', '{ smoks: is yes }'));
    ({ texts } = alter(texts, 'clinic', 'timeZone: America/New_York', 'timeZone: Mars'));
    const { problems } = compilePathway(sourcesOf(texts));
    expect(problems.map(({ file, code }) => [file, code])).toEqual([
      ['clinic.yaml', 'CC1030'],
      ['surgery.rules.yaml', 'CC1041'],
      ['mole.pathway.yaml', 'CC1042'],
    ]);
  });

  it.each([
    ['clinic', 'timeZone: America/New_York', 'timeZone: Mars'],
    ['catalogue', 'goodFor: 24 hours', 'goodFor: 24 ours'],
    ['ruleSet', 'strength: absolute', 'strength: total'],
    ['pathway', 'title: A mole', 'titel: A mole'],
  ] as const)('of a %s that cannot be read are no problems of the other files', (part, from, to) => {
    const { texts } = alter(EVERYTHING, part, from, to);
    const { problems } = compilePathway(sourcesOf(texts));
    expect(problems.map(({ file }) => file)).toEqual([texts[part].file]);
  });

  it('of a missing key are not hidden by one that stands elsewhere, however alike', () => {
    const { texts } = alter(
      EVERYTHING,
      'ruleSet',
      'due: 24 hours after alert, ladder',
      'every: 24 hours, ladder',
    );
    const { problems } = compilePathway(sourcesOf(texts));
    expect(problems.map(({ code }) => code)).toEqual(['CC1011', 'CC1010']);
  });

  it.each([
    [
      'what is likely meant',
      ['role: surgeon, due: 7 days', 'role: surgon, due: 7 days'],
      'mole.pathway.yaml:8:46\nCC1040 there is no role `surgon`\nhelp: did you mean `surgeon`?',
    ],
    [
      'what there is, where nothing is near',
      ['ladder: emergency', 'ladder: quick'],
      'mole.pathway.yaml:11:101\nCC1043 there is no ladder `quick`\nhelp: known: standard, emergency',
    ],
    [
      'what helps with such a thing in general',
      ['say: Keep it dry.', 'say: { a: 1 }'],
      'mole.pathway.yaml:22:103\nCC1012 expected text, found a group of keys\n' +
        'help: Write what the message names; text that looks like a number stands in quotes.',
    ],
  ])('are three lines: where, what, and %s', (_says, [from = '', to = ''], expected) => {
    const { texts } = alter(EVERYTHING, 'pathway', from, to);
    expect(compilePathway(sourcesOf(texts)).problems.map(formatProblem)).toEqual([expected]);
  });

  it.each([
    ['unknown keys', Array.from({ length: 45_000 }, (_, at) => `k${at}: v\n`).join('')],
    ['roles that are there already', `roles: [${'nurse,'.repeat(75_000)}]\n`],
    ['empty values', Array.from({ length: 45_000 }, (_, at) => `k${at}:\n`).join('')],
  ])(
    'are a hundred of a file at the most, found in time among tens of thousands of %s',
    (_says, text) => {
      const { texts } = marked(EVERYTHING, 'clinic', text);
      const { problems } = compilePathway(sourcesOf(texts));
      expect(problems.length).toBeGreaterThan(2);
      expect(problems.length).toBeLessThanOrEqual(100);
    },
    60_000,
  );

  it('quote no more of a file than a line shows', () => {
    const { texts } = alter(EVERYTHING, 'ruleSet', 'at least 38 Cel', `"${'far too much '.repeat(9_000)}"`);
    const [problem] = compilePathway(sourcesOf(texts)).problems;
    expect(problem?.message.length).toBeLessThan(500);
  });
});
