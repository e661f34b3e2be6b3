import { compilePathway, type PathwaySources } from '../authoring/compile.ts';
import { type Problem, Refused } from '../authoring/problem.ts';
import { openRuleBook } from '../authoring/rule-book.ts';
import { readSource, type SourceFile } from '../authoring/source.ts';
import type { CompiledPathway } from '../pathway/compiled.schema.ts';
import type { Content } from './content.ts';

/** A pathway with the files that it was compiled from. */
export interface PathwayOfContent {
  readonly sources: PathwaySources;
  readonly compiled: CompiledPathway;
}

/** Compiles every pathway of a clinic, and its rules where no pathway uses them. */
export function compileContent(content: Content): {
  readonly pathways: readonly PathwayOfContent[];
  /** Of the files that plans need, each once, in the order of the files and of their lines. */
  readonly problems: readonly Problem[];
} {
  const { clinic, catalogue, ruleSets, packs } = content;
  const shared = { clinic, catalogue, ruleSets, ...(packs ? { packs } : {}) };
  const pathways: PathwayOfContent[] = [];
  const problems: Problem[] = content.pathways.length === 0 ? [...openRuleBook(shared).problems] : [];
  for (const pathway of content.pathways) {
    const sources = { ...shared, pathway };
    const { compiled, problems: found } = compilePathway(sources);
    problems.push(...found);
    if (!compiled) continue;
    const twin = pathways.find((one) => one.compiled.pathway === compiled.pathway);
    if (twin) problems.push(namedTwice(pathway, compiled.pathway, twin.sources.pathway.file));
    else pathways.push({ sources, compiled });
  }
  return { pathways, problems: eachOnce(problems) };
}

/** Two pathways of one name would be offered by turns. */
const namedTwice = (source: SourceFile, name: string, first: string): Problem =>
  readSource(source).problemAt(
    ['pathway'],
    new Refused('CC1047', `there is a pathway \`${name}\` already, in ${first}`),
  );

/** What is wrong with a file that several pathways use is found with each. */
export function eachOnce(problems: readonly Problem[]): Problem[] {
  const byPlace = new Map(
    problems.map((one) => [[one.file, one.line, one.column, one.code, one.message].join(':'), one]),
  );
  return [...byPlace.values()].toSorted(
    (one, other) =>
      (one.file < other.file ? -1 : one.file > other.file ? 1 : 0) ||
      one.line - other.line ||
      one.column - other.column,
  );
}
