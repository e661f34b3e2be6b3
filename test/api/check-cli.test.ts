import { Rule } from 'json-rules-engine';
import { CODES } from '../../src/core/model/codes.ts';
import { type AuthoringFolder, authoringFolder } from './authoring-folder.ts';

let clinic: AuthoringFolder;
beforeEach(() => {
  clinic = authoringFolder();
});
afterEach(() => clinic.remove());

const PATHWAY = 'pathways/mole-removal.pathway.yaml';
const RULES = 'rules/minor-surgery.rules.yaml';
const misspelt = (): void => clinic.change(PATHWAY, 'role: dermatologist', 'role: dermatologst');

describe('check, for people', () => {
  it('says how much it read, and that there is nothing to mend', async () => {
    const { code, out } = await clinic.run('check', '{}');
    expect(code).toBe(0);
    expect(out).toMatch(/^9 files, no errors, \d+\.\d s$/);
  });

  it('shows each problem with its place, its line, a mark under it, and how to mend it', async () => {
    misspelt();
    const { code, out } = await clinic.run('check', '{}');
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      `${PATHWAY}:12:13`,
      'error CC1040 there is no role `dermatologst`',
      '   12 |       role: dermatologst',
      '      |             ^',
      'help: did you mean `dermatologist`?',
      '',
      expect.stringMatching(/^9 files, 1 error, \d+\.\d s$/),
    ]);
  });

  it('finds all of them in one go', async () => {
    misspelt();
    clinic.change(RULES, 'strength: relative', 'strength: mild');
    clinic.change(RULES, 'tell: [dermatologist', 'tell: [dermatologst');
    const { out } = await clinic.run('check', '{}');
    expect(out.match(/^error CC\d+/gm)).toEqual(['error CC1040', 'error CC1014']);
    clinic.change(RULES, 'strength: mild', 'strength: relative');
    expect((await clinic.run('check', '{}')).out).toContain('9 files, 2 errors');
  });

  it('of a long line shows what is near the mark', async () => {
    clinic.change(PATHWAY, 'title: "Medical history', `title: "${'long '.repeat(60)}" x`);
    const { out } = await clinic.run('check', '{}');
    const [, , line = '', mark = ''] = out.split('\n');
    expect(line.length).toBeLessThan(160);
    expect(mark.indexOf('^')).toBeGreaterThan(40);
    expect(mark.indexOf('^')).toBeLessThan(line.length);
  });

  it('of one file shows what is wrong with it, and what it rests on that has errors', async () => {
    misspelt();
    const whole = await clinic.run('check', `{}/${PATHWAY}`);
    expect([whole.code, whole.out.split('\n').at(-1)]).toEqual([
      1,
      expect.stringMatching(/^1 file, 1 error/),
    ]);
    const other = await clinic.run('check', `{}/rules`);
    expect(other.code).toBe(1);
    expect(other.out).toContain(`1 error in other files that these rest on: ${PATHWAY}`);
    expect(other.out).toMatch(/4 files, no errors/);
  });

  it('paints only for eyes', async () => {
    const seen = authoringFolder({ isForEyes: true });
    expect((await seen.run('check', '{}')).out).toContain('\u001b[32m9 files');
    seen.remove();
  });

  it.each([
    ['a path that is not there', '/no/such/folder', 'There is no file or folder /no/such/folder.'],
    ['a path that is in no clinic', '/', 'No folder with rules/ and pathways/ lies above /.'],
  ])('refuses %s', async (_what, path, says) => {
    const { code, err } = await clinic.run('check', path);
    expect(code).toBe(1);
    expect(err).toContain(says);
  });
});

describe('check, for programs', () => {
  it('as JSON, with counts and each problem whole', async () => {
    misspelt();
    const { code, out } = await clinic.run('check', '{}', '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      files: 9,
      ...{ errors: 1, warnings: 0, notes: 0, seconds: expect.any(Number) },
      problems: [
        {
          ...{ file: PATHWAY, line: 12, column: 13, code: 'CC1040', severity: 'error' },
          message: 'there is no role `dermatologst`',
          help: 'did you mean `dermatologist`?',
        },
      ],
    });
  });

  /** What SARIF 2.1.0 requires of a log, and of what stands in it. */
  it('as SARIF 2.1.0, with a rule for each code and a place for each result', async () => {
    misspelt();
    clinic.put('rules/what is this?.yaml', 'x: y');
    const { code, out } = await clinic.run('check', '{}', '--format', 'sarif');
    expect(code).toBe(1);
    const log = JSON.parse(out);
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif-2.1.0') });
    const [run] = log.runs;
    expect(run).toMatchObject({
      columnKind: 'utf16CodeUnits',
      tool: { driver: { name: 'carechart check' } },
    });
    expect(run.originalUriBaseIds.CLINIC.uri).toMatch(/^file:\/\/\/.*\/$/);
    const rules: { id: keyof typeof CODES }[] = run.tool.driver.rules;
    expect(rules.map(({ id }) => id)).toEqual(['CC1040', 'CC1162']);
    for (const { id, ...rule } of rules)
      expect(rule).toEqual({
        shortDescription: { text: CODES[id].summary },
        help: { text: CODES[id].remedy },
      });
    expect(run.results).toEqual(
      [
        { id: 'CC1040', uri: PATHWAY, startLine: 12, startColumn: 13 },
        { id: 'CC1162', uri: 'rules/what%20is%20this%3F.yaml', startLine: 1, startColumn: 1 },
      ].map(({ id, uri, startLine, startColumn }, ruleIndex) => ({
        ...{ ruleId: id, ruleIndex, level: 'error', message: { text: expect.stringMatching(/./) } },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri, uriBaseId: 'CLINIC' },
              region: { startLine, startColumn },
            },
          },
        ],
      })),
    );
  });

  it('nothing but the form: what was found is the same', async () => {
    const { code, out } = await clinic.run('check', '{}', '--format', 'sarif');
    expect(code).toBe(0);
    expect(JSON.parse(out).runs[0].results).toEqual([]);
  });

  it('another form there is not', async () => {
    expect(await clinic.run('check', '--format', 'xml')).toMatchObject({ code: 2 });
  });
});

describe('check --emit', () => {
  it('prints a rule as json-rules-engine has it, and all else that the file says of it', async () => {
    const { code, out } = await clinic.run('check', '{}', '--emit', 'blood-thinner');
    expect(code).toBe(0);
    const [rule, another] = JSON.parse(out);
    expect(another).toBeUndefined();
    expect(rule).toMatchObject({
      name: 'blood-thinner',
      conditions: {
        all: [
          {
            fact: 'bloodThinner',
            operator: 'withinTheLast',
            value: { count: 7, unit: 'day' },
            name: 'within the last 7 days',
          },
        ],
      },
      event: {
        type: 'contraindication',
        params: {
          contraindication: 'blood-thinner',
          strength: 'relative',
          stops: ['procedure'],
          clears: 'by facts',
        },
      },
    });
    expect(rule.event.params).not.toHaveProperty('when');
    expect(() => new Rule(rule)).not.toThrow();
  });

  it('of a file, every rule of it; of a table, one for each of its rows', async () => {
    const [root, file] = [process.cwd(), 'rules/ac-t.rules.yaml'];
    const { out } = await clinic.run('check', '--emit', `${root}/${file}`);
    const rules: { name: string; event: { type: string; params: Record<string, unknown> } }[] =
      JSON.parse(out);
    const table = rules.filter(({ event }) => event.type === 'table' && event.params.table === 'ac-day-1');
    expect(table.length).toBeGreaterThan(2);
    for (const { event } of table) expect(event.params.answers).toContain(event.params.then);
    for (const rule of rules) expect(() => new Rule(JSON.parse(JSON.stringify(rule)))).not.toThrow();
  });

  it('of a name that no rule has, says so', async () => {
    expect(await clinic.run('check', '{}', '--emit', 'blood-thickener')).toMatchObject({
      code: 1,
      err: 'There is no rule blood-thickener.',
    });
  });

  it('of rules with problems, nothing', async () => {
    clinic.change(RULES, 'strength: relative', 'strength: mild');
    expect(await clinic.run('check', '{}', '--emit')).toMatchObject({ code: 1, out: '' });
  });
});
