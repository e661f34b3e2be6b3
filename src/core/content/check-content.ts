import type { Problem } from '../authoring/problem.ts';
import type { SourceFile } from '../authoring/source.ts';
import { compileContent, eachOnce, type PathwayOfContent } from './compile-content.ts';
import { type Content, sorted } from './content.ts';
import { type Examples, readExamples } from './examples.ts';

/** A clinic's files as they were checked. */
export interface Checked {
  /** Each once, in the order of the files and of their lines. */
  readonly problems: readonly Problem[];
  /** Undefined while something is missing without which nothing can be read. */
  readonly content?: Content;
  readonly pathways: readonly PathwayOfContent[];
  /** Undefined while what they are of has problems. */
  readonly examples?: Examples;
}

/** Whether all of them say what can be executed: the plans' files first, and then what is expected of them. */
export function checkContent(files: readonly SourceFile[]): Checked {
  const { content, problems: strays } = sorted(files);
  if (!content) return { problems: eachOnce(strays), pathways: [] };
  const { pathways, problems } = compileContent(content);
  if (problems.length > 0) return { problems: eachOnce([...strays, ...problems]), content, pathways };
  const examples = readExamples(content, pathways);
  return { problems: eachOnce([...strays, ...examples.problems]), content, pathways, examples };
}
