import { performance } from 'node:perf_hooks';
import { type Problem, severityOf } from '../../core/authoring/problem.ts';
import { openRuleBook } from '../../core/authoring/rule-book.ts';
import type { Meaning } from '../../core/checker/meaning.ts';
import { checkContent } from '../../core/content/check-content.ts';
import { eachOnce } from '../../core/content/compile-content.ts';
import { sorted } from '../../core/content/content.ts';
import { meaningOfContent } from '../../core/content/content-meaning.ts';
import { emitted } from '../../core/content/emit.ts';
import { type ReadFiles, readContent } from '../../engine/content.ts';
import { stopRequested } from '../runtime.ts';
import type { Terminal } from '../terminal.ts';
import { paintFor } from './colours.ts';
import { type ContentAsked, contentAsked, isAsked, shownFile, shownProblem } from './content-asked.ts';
import { counted, countsOf, countsText, type LineOf, problemLines } from './problem-text.ts';
import { sarifLog } from './sarif.ts';
import { watched } from './watch.ts';

export type CheckFormat = 'text' | 'json' | 'sarif';

export interface CheckOptions {
  readonly format: CheckFormat;
  /** Notes as well, and what was looked at. */
  readonly notes?: true;
}

interface Report {
  readonly asked: ContentAsked;
  readonly files: number;
  /** In the files that were asked about, named from the clinic's folder on. */
  readonly problems: readonly Problem[];
  /** In all others: while there is an error, what was asked about is not checked to its end. */
  readonly elsewhere: readonly Problem[];
  /** What the checker of meaning looked at, and what it could not. */
  readonly explored: readonly string[];
  readonly seconds: number;
  readonly lineOf: LineOf;
}

/** @returns whether no error was found */
export function check(paths: readonly string[], options: CheckOptions, terminal: Terminal): boolean {
  const report = checked(contentAsked(paths));
  terminal.out(FORMATS[options.format](report, options, terminal));
  return isClean(report);
}

/** Checks again after every change, until somebody stops it. */
export async function checkWatching(
  paths: readonly string[],
  options: CheckOptions,
  terminal: Terminal,
): Promise<void> {
  const asked = contentAsked(paths);
  const show = (): void => terminal.out(textOf(checked(asked), options, terminal));
  show();
  terminal.out('\nWatching. Ctrl-C ends it.');
  const again = (file: string): void => {
    terminal.out(`\n${shownFile(asked, file)} has changed.\n`);
    show();
  };
  await watched(asked.root, again, stopRequested());
}

/** Prints what the sentences of rules compile to. @returns whether there are any of those that were asked about */
export function emit(name: string | true, paths: readonly string[], { out, err }: Terminal): boolean {
  const isFile = typeof name === 'string' && /[./]/.test(name);
  const asked = contentAsked(isFile ? [...paths, name] : paths);
  const { content } = sorted(readContent(asked.root).files);
  const { book } = content ? openRuleBook(content) : {};
  if (!content || !book) {
    err('The rules have problems: `carechart check` shows them.');
    return false;
  }
  const rules = content.ruleSets
    .filter(({ file }) => isAsked(asked, file))
    .flatMap((source) => emitted(book, source))
    .filter((rule) => name === true || isFile || rule.name === name);
  if (rules.length === 0) err(`There is no rule ${name === true ? 'there' : name}.`);
  else out(JSON.stringify(rules, null, 2));
  return rules.length > 0;
}

function checked(asked: ContentAsked): Report {
  const began = performance.now();
  const { files, problems: unread } = readContent(asked.root);
  const { problems, explored } = unread.length > 0 ? { problems: unread, explored: [] } : found(files);
  const seconds = (performance.now() - began) / 1000;
  return {
    ...{ asked, explored, seconds, lineOf: lineIn(files) },
    files: files.filter(({ file }) => isAsked(asked, file)).length,
    problems: problems.filter(({ file }) => isAsked(asked, file)),
    elsewhere: problems.filter(({ file }) => !isAsked(asked, file)),
  };
}

/** What is written wrong, and only where nothing is, what is meant wrong. */
function found(files: ReadFiles['files']): Meaning {
  const { problems, ...content } = checkContent(files);
  if (problems.some(isError)) return { problems, explored: [] };
  const meaning = meaningOfContent(content);
  return { problems: eachOnce([...problems, ...meaning.problems]), explored: meaning.explored };
}

/** Text begins where its byte order mark ends. */
function lineIn(files: ReadFiles['files']): LineOf {
  const texts = new Map(files.map(({ file, text }) => [file, text]));
  return ({ file, line }) =>
    texts
      .get(file)
      ?.replace(/^\uFEFF/, '')
      .split('\n')
      [line - 1]?.replace(/\r$/, '');
}

const isError = (problem: Problem): boolean => severityOf(problem) === 'error';

const isClean = ({ problems, elsewhere }: Report): boolean => ![...problems, ...elsewhere].some(isError);

function textOf(report: Report, { notes }: CheckOptions, terminal: Terminal): string {
  const { asked, files, problems, elsewhere, explored, seconds, lineOf } = report;
  const paint = paintFor(terminal);
  const shown = problems
    .filter((one) => notes || severityOf(one) !== 'note')
    .map((one) => problemLines(shownProblem(asked, one), () => lineOf(one), paint).join('\n'));
  const others = elsewhere.filter(isError);
  const closing = `${counted(files, 'file')}, ${countsText(problems)}, ${seconds.toFixed(1)} s`;
  return [
    ...shown.map((one) => `${one}\n`),
    ...(others.length > 0 ? [`${otherText(asked, others)}\n`] : []),
    ...(notes && explored.length > 0 ? ['Looked at:', ...explored.map((one) => `  ${one}`), ''] : []),
    paint(problems.some(isError) || others.length > 0 ? 'error' : 'good', closing),
  ].join('\n');
}

/** What was named rests on other files: while they have errors, it is not checked to its end. */
function otherText(asked: ContentAsked, others: readonly Problem[]): string {
  const files = [...new Set(others.map(({ file }) => shownFile(asked, file)))];
  return `${counted(others.length, 'error')} in other files that these rest on: ${files.join(', ')}`;
}

function jsonOf({ asked, files, problems, elsewhere, explored, seconds }: Report): string {
  const { error: errors, warning: warnings, note: notes } = countsOf(problems);
  const shown = [...problems, ...elsewhere.filter(isError)].map((one) => ({
    ...shownProblem(asked, one),
    severity: severityOf(one),
  }));
  return JSON.stringify({ files, errors, warnings, notes, seconds, problems: shown, explored }, null, 2);
}

const sarifOf = ({ asked, problems, elsewhere }: Report): string =>
  JSON.stringify(sarifLog([...problems, ...elsewhere.filter(isError)], asked.root), null, 2);

const FORMATS: Readonly<
  Record<CheckFormat, (report: Report, options: CheckOptions, terminal: Terminal) => string>
> = {
  text: textOf,
  json: jsonOf,
  sarif: sarifOf,
};
