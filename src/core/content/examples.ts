import { type Problem, Refused } from '../authoring/problem.ts';
import { casesIn, type ReadCase } from '../authoring/read-cases.ts';
import { type ReadScenario, readScenario } from '../authoring/read-scenario.ts';
import { openRuleBook } from '../authoring/rule-book.ts';
import type { SourceFile } from '../authoring/source.ts';
import type { PathwayOfContent } from './compile-content.ts';
import { atTop, type Content, traceFileOf } from './content.ts';

/** What is expected of a clinic's rules and pathways, ready to be tried. */
export interface Examples {
  readonly cases: readonly { readonly file: string; readonly cases: readonly ReadCase[] }[];
  readonly scenarios: readonly {
    readonly file: string;
    readonly scenario: ReadScenario;
    /** What was kept of it. */
    readonly kept: SourceFile | undefined;
  }[];
  readonly problems: readonly Problem[];
}

/** Reads them, once the rules and pathways that they are of have no problem. */
export function readExamples(content: Content, pathways: readonly PathwayOfContent[]): Examples {
  const { book } = openRuleBook(content);
  const byName = new Map(pathways.map(({ compiled }) => [compiled.pathway, compiled]));
  const cases = content.cases.map((source) => ({ source, ...(book ? casesIn(book, source) : NOTHING) }));
  const scenarios = content.scenarios.map((source) => ({ source, ...readScenario(source, byName) }));
  const traces = new Map(content.traces.map((trace) => [trace.file, trace]));
  const named = new Set(content.scenarios.map(({ file }) => traceFileOf(file)));
  const orphans = content.traces.filter(({ file }) => !named.has(file));
  return {
    cases: cases.map(({ source: { file }, cases: read }) => ({ file, cases: read })),
    scenarios: scenarios.flatMap(({ source: { file }, scenario }) =>
      scenario ? [{ file, scenario, kept: traces.get(traceFileOf(file)) }] : [],
    ),
    problems: [
      ...[...cases, ...scenarios].flatMap(({ problems }) => problems),
      ...orphans.map(({ file }) => atTop(file, new Refused('CC1165', 'there is no scenario beside it'))),
    ],
  };
}

const NOTHING = { cases: [], problems: [] };
