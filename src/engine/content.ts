import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { formatProblem, type Problem, Refused } from '../core/authoring/problem.ts';
import type { SourceFile } from '../core/authoring/source.ts';
import { compileContent } from '../core/content/compile-content.ts';
import { atTop, isOfTests, sorted } from '../core/content/content.ts';
import { Failure } from '../core/model/failure.ts';
import { LIMITS } from '../core/model/limits.ts';
import type { CompiledPathway } from '../core/pathway/compiled.schema.ts';

/** What a clinic's folder holds. */
export const FOLDERS = ['rules', 'pathways'] as const;

/** The files of a clinic's folder, named from there on; and those that are no text, or more of it than is read. */
export interface ReadFiles {
  readonly files: readonly SourceFile[];
  readonly problems: readonly Problem[];
}

/** @throws Failure CC1000 where one of the two folders is missing */
export function readContent(root: string, isWanted: (file: string) => boolean = () => true): ReadFiles {
  const names = FOLDERS.flatMap((folder) => filesIn(root, folder)).filter(isWanted);
  if (names.length > LIMITS.contentFiles) {
    const says = `there are ${names.length} files, and may be ${LIMITS.contentFiles}`;
    return { files: [], problems: [atTop(names[0] ?? '', new Refused('CC1166', says))] };
  }
  const read = names.map((file) => readText(root, file));
  return {
    files: read.flatMap((one) => ('text' in one ? [one] : [])),
    problems: read.flatMap((one) => ('text' in one ? [] : [one])),
  };
}

/**
 * Compiles every pathway of a clinic's folder. What is expected of them is for whoever changes the files: no plan needs
 * it, and it is not read.
 * @throws Failure CC1000 with every problem of every file
 */
export function compileFolder(root: string): CompiledPathway[] {
  const { files, problems: unread } = readContent(root, (file) => !isOfTests(file));
  const { content, problems: strays } = sorted(files);
  const { pathways = [], problems = [] } = content && unread.length === 0 ? compileContent(content) : {};
  const all = unread.length > 0 ? unread : [...strays, ...problems];
  if (all.length > 0) throw new Failure('CC1000', all.map(formatProblem).join('\n\n'));
  return pathways.map(({ compiled }) => compiled);
}

/** Notes for people and hidden files are none of ours. */
function filesIn(root: string, folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) throw new Failure('CC1000', `There is no folder ${folder}/ in ${root}.`);
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort();
}

/** A file beyond the limit is not even read. */
function readText(root: string, file: string): SourceFile | Problem {
  const path = join(root, file);
  const { size } = statSync(path);
  if (size > LIMITS.fileBytes) {
    const says = `the file has ${size} bytes, and may have ${LIMITS.fileBytes}`;
    return atTop(file, new Refused('CC1005', says));
  }
  const bytes = readFileSync(path);
  const text = bytes.toString('utf8');
  const again = Buffer.from(text, 'utf8');
  return again.equals(bytes) ? { file, text } : notText(file, bytes, again);
}

/** What is no UTF-8 reads as a mark of its own: it stands where the text, written again, differs first. */
function notText(file: string, bytes: Buffer, again: Buffer): Problem {
  const at = bytes.findIndex((byte, index) => byte !== again[index]);
  const lines = bytes.subarray(0, at).toString('utf8').split('\n');
  const says = `byte ${at + 1} of the file, ${hex(bytes[at])}, begins no character of UTF-8`;
  const column = (lines.at(-1) ?? '').length + 1;
  return { ...atTop(file, new Refused('CC1163', says)), line: lines.length, column };
}

const hex = (byte = 0): string => `0x${byte.toString(16).padStart(2, '0')}`;
