import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Problem } from '../../core/authoring/problem.ts';
import { Failure } from '../../core/model/failure.ts';
import { FOLDERS } from '../../engine/content.ts';
import { packageRoot } from '../../machine/files.ts';

/** What somebody asked about. */
export interface ContentAsked {
  /** The clinic's folder: it has `rules/` and `pathways/`. */
  readonly root: string;
  /** Files and folders in it, named from there on; none: all of it. */
  readonly paths: readonly string[];
}

/**
 * Finds the clinic's folder: of files that are named, the nearest above them; else the one that somebody stands in, or
 * below; else Carechart's own.
 * @throws Failure CC1167 where there is none
 */
export function contentAsked(given: readonly string[]): ContentAsked {
  if (given.length === 0) return { root: rootAbove(resolve('.')) ?? packageRoot(), paths: [] };
  const paths = given.map((one) => resolve(one));
  const absent = paths.findIndex((path) => !existsSync(path));
  if (absent >= 0) throw new Failure('CC1167', `There is no file or folder ${given[absent]}.`);
  const roots = [...new Set(paths.map(rootAbove))];
  const [root, another] = roots;
  if (root === undefined)
    throw new Failure('CC1167', `No folder with ${FOLDERS.join('/ and ')}/ lies above ${given.join(', ')}.`);
  if (another !== undefined)
    throw new Failure('CC1167', `They are of two clinics: ${root} and ${another}. Name those of one.`);
  return {
    root,
    paths: paths.includes(root) ? [] : paths.map((path) => relative(root, path).replaceAll(sep, '/')),
  };
}

function rootAbove(path: string): string | undefined {
  const isRoot = FOLDERS.every((folder) => existsSync(join(path, folder)));
  if (isRoot) return path;
  const above = dirname(path);
  return above === path ? undefined : rootAbove(above);
}

export const isAsked = ({ paths }: ContentAsked, file: string): boolean =>
  paths.length === 0 || paths.some((path) => file === path || file.startsWith(`${path}/`));

/** A file as somebody who stands here would name it. */
export function shownFile({ root }: ContentAsked, file: string): string {
  const path = relative('.', join(root, file));
  return path.startsWith('..') ? join(root, file) : path;
}

export const shownProblem = (asked: ContentAsked, problem: Problem): Problem => ({
  ...problem,
  file: shownFile(asked, problem.file),
});
