import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuthoringFolder, authoringFolder } from './authoring-folder.ts';

let clinic: AuthoringFolder;
let before: string;
beforeEach(() => {
  clinic = authoringFolder();
  before = mkdtempSync(join(tmpdir(), 'carechart-before-'));
  cpSync(clinic.path, before, { recursive: true });
});
afterEach(() => {
  clinic.remove();
  rmSync(before, { recursive: true, force: true });
});

const RULES = 'rules/minor-surgery.rules.yaml';

it('of two that mean the same says so, and ends with 0', async () => {
  clinic.change(RULES, 'rules:', '# a remark\nrules:');
  const { code, out } = await clinic.run('diff', before, '{}');
  expect([code, out]).toEqual([0, 'Both mean the same.\n8 made-up patients asked of both, 0 affected.']);
});

it('says who is held now, and by which words, and ends with 1', async () => {
  clinic.change(RULES, 'within the last 7 days', 'within the last 8 days');
  const { code, out } = await clinic.run('diff', before, '{}');
  expect(code).toBe(1);
  expect(out).toContain('Held now (1)\n  blood-thinner: seven days ago\n    was unmet; is met');
  expect(out).toContain('    - within the last 7 days\n    + within the last 8 days');
});

it('gives programs the same as JSON', async () => {
  clinic.change(RULES, 'within the last 7 days', 'within the last 8 days');
  const { out } = await clinic.run('diff', before, '{}', '--format', 'json');
  expect(JSON.parse(out)).toMatchObject({ asked: 8, words: [{ was: 'within the last 7 days' }] });
});

it('what cannot be compared is said with its place', async () => {
  clinic.change(RULES, 'within the last 7 days', 'within 7');
  const { code, err } = await clinic.run('diff', before, '{}');
  expect(code).not.toBe(0);
  expect(err).toMatch(/CC1000[\s\S]*cannot be compared[\s\S]*minor-surgery\.rules\.yaml:\d+:\d+/);
});

it('a folder that is none of a clinic is said to be none', async () => {
  expect((await clinic.run('diff', join(before, 'none'), '{}')).err).toContain('CC1167');
});
