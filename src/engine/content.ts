import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { compilePathway } from '../core/authoring/compile.ts';
import { strayTexts } from '../core/authoring/lower-texts.ts';
import { formatProblem, type Problem } from '../core/authoring/problem.ts';
import type { SourceFile } from '../core/authoring/source.ts';
import { Failure } from '../core/model/failure.ts';
import type { CompiledPathway } from '../core/pathway/compiled.schema.ts';

/**
 * Compiles every pathway of a clinic's folder: `rules/` (clinic, catalogue, rule sets) and `pathways/`, with packs in
 * either. Beside them stand cases and scenarios, which are for whoever changes the files: no plan needs them. A file that
 * is none of these is named, never passed over: a rule that nobody reads keeps nobody safe.
 * @throws Failure CC1000 with every problem of every file
 */
export function compileFolder(root: string): CompiledPathway[] {
  const rules = filesIn(root, 'rules');
  const pathways = filesIn(root, 'pathways');
  const strays = [
    ...rules.filter(
      (file) =>
        !isOneOf(file, ['.rules.yaml', '.facts.yaml', '.cases.yaml', TEXTS]) &&
        !isClinic(file) &&
        !isPacks(file),
    ),
    ...pathways.filter(
      (file) => !isOneOf(file, ['.pathway.yaml', '.scenario.yaml', TEXTS]) && !isPacks(file),
    ),
  ];
  if (strays.length > 0) throw new Failure('CC1000', strays.map(strayText).join('\n\n'));
  const clinic = onlyOne(root, rules.filter(isClinic), 'clinic.yaml');
  const catalogue = onlyOne(
    root,
    rules.filter((file) => isOneOf(file, ['.facts.yaml'])),
    'catalogue (*.facts.yaml)',
  );
  const ruleSets = rules.filter((file) => isOneOf(file, ['.rules.yaml'])).map((file) => read(root, file));
  const packFiles = [...rules, ...pathways].filter(isPacks);
  const packs = packFiles.length === 0 ? {} : { packs: onlyOne(root, packFiles, PACKS) };
  const texts = [...rules, ...pathways]
    .filter((file) => isOneOf(file, [TEXTS]))
    .map((file) => read(root, file));
  const sources = { clinic, catalogue, ruleSets, ...packs, texts };
  const compilations = pathways
    .filter((file) => isOneOf(file, ['.pathway.yaml']))
    .map((file) => compilePathway({ ...sources, pathway: read(root, file) }));
  assertNone(compilations.flatMap(({ problems }) => problems));
  const compiled = compilations.flatMap((one) => one.compiled ?? []);
  assertNone(
    strayTexts(
      sources,
      compiled.map(({ pathway }) => pathway),
    ),
  );
  assertOnce(compiled);
  return compiled;
}

function assertNone(found: readonly Problem[]): void {
  const problems = new Set(found.map(formatProblem));
  if (problems.size > 0) throw new Failure('CC1000', [...problems].join('\n\n'));
}

const isClinic = (file: string): boolean => basename(file) === 'clinic.yaml';
/** Lists of tasks that several stages share: beside the rules, or beside the pathways. */
const PACKS = 'packs.yaml';
const isPacks = (file: string): boolean => basename(file) === PACKS;
const isOneOf = (file: string, endings: readonly string[]): boolean =>
  endings.some((ending) => file.endsWith(ending));

/** What patients read, in another language: beside the rules, or beside the pathways. */
const TEXTS = '.texts.yaml';

/** What the format has beside, and this version does not execute. */
const LATER = ['.rules.json'];

const strayText = (file: string): string =>
  isOneOf(file, LATER)
    ? `${file}:1:1\nCC1013 this kind of file is part of the format, and this version does not execute it yet\nhelp: keep it in another folder until it does`
    : `${file}:1:1\nCC1000 no file of this name is read\nhelp: name it clinic.yaml, *.facts.yaml, *.rules.yaml or *.cases.yaml in rules/, *.pathway.yaml or *.scenario.yaml in pathways/, packs.yaml or *.texts.yaml in either, or keep it in another folder`;

function onlyOne(root: string, found: readonly string[], what: string): SourceFile {
  const [only, second] = found;
  if (only === undefined) throw new Failure('CC1000', `rules/ has no ${what}.`);
  if (second !== undefined)
    throw new Failure('CC1000', `There is more than one ${what}: ${found.join(', ')}. Keep one.`);
  return read(root, only);
}

/** Two pathways of one name would be offered by turns. */
function assertOnce(compiled: readonly CompiledPathway[]): void {
  const names = compiled.map(({ pathway }) => pathway);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined)
    throw new Failure(
      'CC1000',
      `pathways/ has two files with the pathway ${twice}: give each a name of its own.`,
    );
}

/** Notes for people and hidden files are none of ours. */
function filesIn(root: string, folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) throw new Failure('CC1000', `There is no folder ${folder}/ beside the program.`);
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

const read = (root: string, file: string): SourceFile => ({
  file,
  text: readFileSync(join(root, file), 'utf8'),
});
