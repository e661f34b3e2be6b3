import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type AuthoringFolder, authoringFolder } from './authoring-folder.ts';

let clinic: AuthoringFolder;
beforeEach(() => {
  clinic = authoringFolder();
});
afterEach(() => clinic.remove());

const WORDS = ['--title', 'Revision: a scar, "old"', '--procedure', 'mole-excision', '--role', 'surgeon'];
const isThere = (file: string): boolean => existsSync(join(clinic.path, file));

it('a new pathway passes its check, its tests and its layout as it was written', async () => {
  const { code, out } = await clinic.run(
    'new',
    'scar-revision',
    '{}',
    ...WORDS,
    '--fact',
    'expanderFull',
    '--yes',
  );
  expect(code).toBe(0);
  expect(out).toContain('written  pathways/scar-revision.pathway.yaml');
  const checked = await clinic.run('check', '{}');
  expect([checked.code, checked.out]).toEqual([0, expect.stringMatching(/^13 files, no errors/)]);
  expect((await clinic.run('test', '{}')).code).toBe(0);
  for (const file of [
    'pathways/scar-revision.pathway.yaml',
    'pathways/scar-revision-straight.scenario.yaml',
    'rules/scar-revision.rules.yaml',
    'rules/scar-revision.cases.yaml',
  ])
    expect(await clinic.run('fmt', `{}/${file}`, '--check')).toMatchObject({ code: 0 });
});

it('what is not said is taken from the clinic', async () => {
  expect((await clinic.run('new', 'first', '{}', '--yes')).code).toBe(0);
  expect(clinic.text('pathways/first.pathway.yaml')).toContain('team: [dermatologist, coordinator]');
});

it('writes over nothing', async () => {
  const before = clinic.text('pathways/mole-removal.pathway.yaml');
  const { code, err } = await clinic.run('new', 'mole-removal', '{}', ...WORDS, '--yes');
  expect([code, err]).toEqual([1, expect.stringContaining('CC1187')]);
  expect(clinic.text('pathways/mole-removal.pathway.yaml')).toBe(before);
  expect(isThere('rules/mole-removal.rules.yaml')).toBe(false);
});

it.each([
  ['a name that is none', ['scar revision!'], 'CC1015'],
  ['a role that the clinic has not', ['x', '{}', '--role', 'barber'], 'there are: dermatologist'],
  ['a procedure that the catalogue has not', ['x', '{}', '--procedure', 'haircut'], 'no procedure haircut'],
  ['a fact that is not answered with yes or no', ['x', '{}', '--fact', 'bmi'], 'no yes-or-no fact bmi'],
  ['no name', [], 'needs a name'],
])('%s is refused, and nothing is written', async (_what, words, says) => {
  const all = words.length === 1 ? [...words, '{}'] : words;
  const { code, err } = await clinic.run('new', ...all, '--yes');
  expect([code, err]).toEqual([1, expect.stringContaining(says)]);
  expect(isThere('pathways/x.pathway.yaml')).toBe(false);
});
