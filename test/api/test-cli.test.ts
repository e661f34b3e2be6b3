import { type AuthoringFolder, authoringFolder } from './authoring-folder.ts';

let clinic: AuthoringFolder;
beforeEach(() => {
  clinic = authoringFolder();
});
afterEach(() => clinic.remove());

const PATHWAY = 'pathways/mole-removal.pathway.yaml';
const TRACE = 'pathways/mole-removal-straight.trace.txt';
const CASES = 'rules/minor-surgery.cases.yaml';
const edge = (): void =>
  clinic.change(
    CASES,
    'name: six days ago, given: { bloodThinner: "2026-05-07" }, result: met',
    'name: six days ago, given: { bloodThinner: "2026-05-07" }, result: unmet',
  );
const later = (): void =>
  clinic.change(PATHWAY, 'due: 7 days after plan start', 'due: 8 days after plan start');

describe('test, for people', () => {
  it('counts what passed, a line for each file', async () => {
    const { code, out } = await clinic.run('test', '{}');
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual(
      [
        'rules/minor-surgery.cases.yaml                    6 passed',
        'pathways/mole-removal-held.scenario.yaml          1 passed',
        'pathways/mole-removal-straight.scenario.yaml      1 passed',
        '',
        expect.stringMatching(/^8 passed, 0 failed, \d+\.\d s$/),
      ].map((line) =>
        typeof line === 'string'
          ? expect.stringMatching(new RegExp(`^${line.replace(/ {2,}/, ' +')}$`))
          : line,
      ),
    );
  });

  it('says of each that failed what came, where, and what that rests on', async () => {
    edge();
    const { code, out } = await clinic.run('test', '{}');
    expect(code).toBe(1);
    expect(out).toContain(
      [
        'failed  blood-thinner: six days ago',
        `  ${CASES}:6:93`,
        '  CC1090 `blood-thinner`: expected unmet, came met',
        '  because bloodThinner 2026-05-07 within the last 7 days: met',
      ].join('\n'),
    );
    expect(out).toMatch(/7 passed, 1 failed, \d+\.\d s$/);
  });

  it('of one file tries those that stand in it', async () => {
    edge();
    expect((await clinic.run('test', '{}/pathways')).out).toMatch(/2 passed, 0 failed/);
    expect((await clinic.run('test', `{}/${CASES}`)).out).toMatch(/5 passed, 1 failed/);
  });

  it('lists each where somebody wants to read them', async () => {
    const { out } = await clinic.run('test', '{}', '--verbose');
    expect(out).toContain('passed  blood-thinner: nobody asked (unknown)');
    expect(out).toContain(
      'passed  mole-removal: no blood thinner, one small operation (completed, at completed)',
    );
  });

  it('tries nothing while the files have errors', async () => {
    clinic.change(PATHWAY, 'role: nurse', 'role: nurs');
    expect(await clinic.run('test', '{}')).toEqual({
      code: 1,
      out: '',
      err: '1 error: nothing is tried before `carechart check` finds none.',
    });
  });
});

describe('what is kept of a scenario', () => {
  it('a change of what happens fails, line by line, until somebody keeps it', async () => {
    later();
    const before = await clinic.run('test', '{}');
    expect(before.code).toBe(1);
    expect(before.out).toContain(`${TRACE}:5:1`);
    expect(before.out).toMatch(/\n- +\+ task\/consultation\/history due 2026-03-09, dermatologist\n/);
    expect(before.out).toMatch(/\n\+ +\+ task\/consultation\/history due 2026-03-10, dermatologist\n/);
    expect(before.out).toContain('run `carechart test --update`');
    const update = await clinic.run('test', '{}', '--update');
    expect([update.code, update.out]).toEqual([0, expect.stringContaining('2 traces written.')]);
    expect(clinic.text(TRACE)).toContain('due 2026-03-10, dermatologist');
    expect((await clinic.run('test', '{}')).code).toBe(0);
  });

  it('what does not come as the scenario expects it is not kept', async () => {
    later();
    clinic.change('pathways/mole-removal-straight.scenario.yaml', 'expect: booked', 'expect: refused');
    const before = clinic.text(TRACE);
    const { code, out } = await clinic.run('test', '{}', '--update');
    expect([code, out]).toEqual([1, expect.stringContaining('1 trace written.')]);
    expect(clinic.text(TRACE)).toBe(before);
  });

  it('of a new scenario nothing is kept until somebody says so', async () => {
    const text = clinic.text('pathways/mole-removal-straight.scenario.yaml');
    clinic.put('pathways/again.scenario.yaml', text.replace('scenario: no', 'scenario: again no'));
    expect((await clinic.run('test', '{}')).out).toContain('1 scenario without a trace');
    expect((await clinic.run('test', '{}', '--update')).out).toContain('1 trace written.');
    expect(clinic.text('pathways/again.trace.txt')).toBe(clinic.text(TRACE));
    expect((await clinic.run('test', '{}', '--update')).out).not.toContain('written');
  });
});

describe('test, for programs and by count', () => {
  it('as JSON, each with what came', async () => {
    edge();
    const { code, out } = await clinic.run('test', '{}', '--format', 'json');
    const { results, ...counts } = JSON.parse(out);
    expect(code).toBe(1);
    expect(counts).toMatchObject({ passed: 7, failed: 1, written: [], untraced: [] });
    expect(results[0]).toMatchObject({
      ...{
        file: CASES,
        of: 'case',
        subject: 'blood-thinner',
        name: 'six days ago',
        came: 'met',
        isPassed: false,
      },
      problems: [{ code: 'CC1090', line: 6 }],
    });
  });

  it('with what the examples show, and with what they do not', async () => {
    clinic.change('pathways/mole-removal-straight.scenario.yaml', ', expect: refused, because: consent', '');
    const whole = await clinic.run('test', '{}/rules', '--coverage');
    expect(whole.out).toContain(
      'Shown of mole-removal\n  rules        1 of 1\n  conditions   1 of 1\n  states       7 of 7',
    );
    const { out } = await clinic.run('test', '{}', '--coverage', '--format', 'json');
    expect(JSON.parse(out).coverage[0].counts).toContainEqual({ of: 'transitions', shown: 6, all: 6 });
    clinic.change(
      CASES,
      '  - { of: blood-thinner, name: nobody asked, result: unknown, missing: [bloodThinner] }\n',
      '',
    );
    expect((await clinic.run('test', `{}/${CASES}`)).out).toContain('5 passed');
  });
});
