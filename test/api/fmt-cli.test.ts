import { type AuthoringFolder, authoringFolder } from './authoring-folder.ts';

let clinic: AuthoringFolder;
beforeEach(async () => {
  clinic = authoringFolder();
  await clinic.run('fmt', '{}');
});
afterEach(() => clinic.remove());

const PATHWAY = 'pathways/mole-removal.pathway.yaml';

it('files that are laid out stay as they are', async () => {
  expect(await clinic.run('fmt', '{}', '--check')).toEqual({
    code: 0,
    out: '7 files, 0 laid out otherwise',
    err: '',
  });
});

it('asked only to look, names what it would change, changes nothing, and ends with 1', async () => {
  clinic.change(PATHWAY, 'uses: [minor-surgery]', 'uses:   [ minor-surgery ]');
  const before = clinic.text(PATHWAY);
  const { code, out } = await clinic.run('fmt', '{}', '--check');
  expect([code, out.split('\n')]).toEqual([1, [`would change  ${PATHWAY}`, '7 files, 1 laid out otherwise']]);
  expect(clinic.text(PATHWAY)).toBe(before);
});

it('lays out what was named, and nothing else', async () => {
  clinic.change(PATHWAY, 'uses: [minor-surgery]', 'uses:   [ minor-surgery ]');
  clinic.change('rules/minor-surgery.rules.yaml', 'stops: [procedure]', 'stops:   [ procedure ]');
  const { code, out } = await clinic.run('fmt', `{}/${PATHWAY}`);
  expect([code, out.split('\n')]).toEqual([0, [`laid out  ${PATHWAY}`, '1 file, 1 changed']]);
  expect(clinic.text('rules/minor-surgery.rules.yaml')).toContain('[ procedure ]');
});

it('a file that cannot be read stays as it is, is named with its place, and ends it with 1', async () => {
  clinic.change(PATHWAY, 'uses: [minor-surgery]', 'uses: [minor-surgery');
  const before = clinic.text(PATHWAY);
  const { code, out } = await clinic.run('fmt', '{}');
  expect(code).toBe(1);
  expect(out).toMatch(/pathways\/mole-removal\.pathway\.yaml:\d+:\d+\nerror CC1001/);
  expect(clinic.text(PATHWAY)).toBe(before);
});
