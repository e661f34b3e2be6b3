import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileFolder } from '../../src/engine/content.ts';

const ROOT = join(__dirname, '../..');
/** A file bears the name of its pathway. */
const SHIPPED = readdirSync(join(ROOT, 'pathways')).flatMap((file) =>
  file.endsWith('.pathway.yaml') ? [file.slice(0, -'.pathway.yaml'.length)] : [],
);

/** Two of them are enough to go wrong: one with packs, and one without. */
const KEPT = ['mole-removal', 'rhinoplasty'];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carechart-content-'));
  cpSync(join(ROOT, 'rules'), join(folder, 'rules'), { recursive: true });
  cpSync(join(ROOT, 'pathways'), join(folder, 'pathways'), {
    recursive: true,
    filter: (from) => from.endsWith('pathways') || KEPT.some((name) => from.includes(`/${name}`)),
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (file: string, text = 'x: y\n'): void => writeFileSync(join(folder, file), text);
const move = (from: string, to: string): void => renameSync(join(folder, from), join(folder, to));

test('the files of a clinic are compiled, and notes beside them are no files of it', () => {
  cpSync(join(ROOT, 'pathways'), join(folder, 'pathways'), { recursive: true });
  put('rules/README.md', '# What stands here');
  expect(
    compileFolder(folder)
      .map(({ pathway }) => pathway)
      .sort(),
  ).toEqual(SHIPPED.toSorted());
});

test('a server starts without what is expected of its files, whatever is wrong with that', () => {
  put('rules/more.cases.yaml', 'x: [');
  put('pathways/more.scenario.yaml', '');
  expect(compileFolder(folder)).toHaveLength(KEPT.length);
});

test('a mark of the byte order is no part of the text', () => {
  const path = join(folder, 'rules/clinic.yaml');
  writeFileSync(path, `\uFEFF${readFileSync(path, 'utf8')}`);
  expect(compileFolder(folder)).toHaveLength(KEPT.length);
});

test('packs stand beside the rules, or beside the pathways', () => {
  move('rules/packs.yaml', 'pathways/packs.yaml');
  expect(compileFolder(folder)).toHaveLength(KEPT.length);
});

test.each<[string, () => void, string]>([
  [
    'a pathway under another name',
    () => move('pathways/mole-removal.pathway.yaml', 'pathways/mole.yaml'),
    'mole.yaml:1:1',
  ],
  [
    'rules under another name',
    () => move('rules/surgery.rules.yaml', 'rules/surgery.yaml'),
    'rules/surgery.yaml:1:1',
  ],
  ['rules in JSON, which are not executed yet', () => put('rules/more.rules.json', '[]'), 'CC1013'],
  [
    'translations of what there is not',
    () =>
      put(
        'pathways/mole.es.texts.yaml',
        'texts: mole-remova\nlanguage: es\nsay: { a.b: { was: A, now: B } }\n',
      ),
    'CC1136',
  ],
  [
    'translations of what is said nowhere',
    () =>
      put(
        'rules/more.es.texts.yaml',
        'texts: mole-removal\nlanguage: es\nsay: { a.b: { was: A, now: B } }\n',
      ),
    'rules/more.es.texts.yaml:3:8',
  ],
  ['cases among the pathways', () => put('pathways/surgery.cases.yaml'), 'pathways/surgery.cases.yaml:1:1'],
  [
    'a second clinic',
    () =>
      cpSync(join(folder, 'rules/clinic.yaml'), join(folder, 'rules/a', 'clinic.yaml'), { recursive: true }),
    'more than one clinic.yaml',
  ],
  [
    'packs in two folders',
    () => cpSync(join(folder, 'rules/packs.yaml'), join(folder, 'pathways/packs.yaml')),
    'more than one packs.yaml',
  ],
  [
    'packs that a pathway names, and that are gone',
    () => rmSync(join(folder, 'rules/packs.yaml')),
    'CC1057 there is no pack `before-general-anaesthesia`',
  ],
  [
    'packs that cannot be read',
    () => put('rules/packs.yaml', 'packs: [ { pack: a, tasks: [] } ]'),
    'rules/packs.yaml:1:28',
  ],
  [
    'a file in another encoding than UTF-8',
    () =>
      writeFileSync(
        join(folder, 'rules/clinic.yaml'),
        Buffer.from('clinic: north\ntimeZone: S\xe3o Paulo\n', 'latin1'),
      ),
    'rules/clinic.yaml:2:12\nCC1163 byte 26 of the file, 0xe3,',
  ],
  [
    'a file cut off within a character',
    () => writeFileSync(join(folder, 'rules/clinic.yaml'), Buffer.from('clinic: é').subarray(0, -1)),
    'rules/clinic.yaml:1:9\nCC1163',
  ],
  [
    'a file of ten megabytes',
    () => writeFileSync(join(folder, 'rules/clinic.yaml'), 'x'.repeat(10_000_000)),
    'rules/clinic.yaml:1:1\nCC1005 the file has 10000000 bytes, and may have 524288',
  ],
  [
    'a folder of thousands of files',
    () => {
      for (let at = 0; at < 2_000; at += 1) put(`pathways/${at}.pathway.yaml`);
    },
    'CC1166 there are',
  ],
  ['a second catalogue', () => put('rules/more.facts.yaml'), 'more than one catalogue'],
  ['no catalogue', () => rmSync(join(folder, 'rules/catalogue.facts.yaml')), 'no catalogue'],
  [
    'no folder of pathways',
    () => rmSync(join(folder, 'pathways'), { recursive: true }),
    'no folder pathways/',
  ],
  [
    'one pathway in two files',
    () =>
      cpSync(
        join(folder, 'pathways/mole-removal.pathway.yaml'),
        join(folder, 'pathways/mole-removal-2.pathway.yaml'),
      ),
    'there is a pathway `mole-removal` already, in pathways/mole-removal-2.pathway.yaml',
  ],
])('%s is told, never passed over', (_what, change, says) => {
  change();
  expect(() => compileFolder(folder)).toThrow(says);
});
