import { performance } from 'node:perf_hooks';
import { type Problem, severityOf } from '../../core/authoring/problem.ts';
import { openRuleBook } from '../../core/authoring/rule-book.ts';
import { checkContent } from '../../core/content/check-content.ts';
import { sorted } from '../../core/content/content.ts';
import { emitted } from '../../core/content/emit.ts';
import { type ReadFiles, readContent } from '../../engine/content.ts';
import type { Terminal } from '../terminal.ts';
import { paintFor } from './colours.ts';
import { type ContentAsked, contentAsked, isAsked, shownFile, shownProblem } from './content-asked.ts';
import { counted, countsOf, countsText, type LineOf, problemLines } from './problem-text.ts';
import { sarifLog } from './sarif.ts';
import { watched } from './watch.ts';

export type CheckFormat = 'text' | 'json' | 'sarif';

interface Report {
  readonly asked: ContentAsked;
  readonly files: number;
  /** In the files that were asked about, named from the clinic's folder on. */
  readonly problems: readonly Problem[];
  /** In all others: while there is an error, what was asked about is not checked to its end. */
  readonly elsewhere: readonly Problem[];
  readonly seconds: number;
  readonly lineOf: LineOf;
}

/** @returns whether no error was found */
export function check(paths: readonly string[], format: CheckFormat, terminal: Terminal): boolean {
  const report = checked(contentAsked(paths));
  terminal.out(FORMATS[format](report, terminal));
  return isClean(report);
}

/** Checks again after every change, until somebody stops it. */
export async function checkWatching(paths: readonly string[], terminal: Terminal): Promise<void> {
  const asked = contentAsked(paths);
  const show = (): void => terminal.out(textOf(checked(asked), terminal));
  show();
  terminal.out('\nWatching. Ctrl-C ends it.');
  await watched(asked.root, (file) => {
    terminal.out(`\n${shownFile(asked, file)} has changed.\n`);
    show();
  });
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
  const problems = unread.length > 0 ? unread : checkContent(files).problems;
  const seconds = (performance.now() - began) / 1000;
  return {
    ...{ asked, seconds, lineOf: lineIn(files) },
    files: files.filter(({ file }) => isAsked(asked, file)).length,
    problems: problems.filter(({ file }) => isAsked(asked, file)),
    elsewhere: problems.filter(({ file }) => !isAsked(asked, file)),
  };
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

function textOf({ asked, files, problems, elsewhere, seconds, lineOf }: Report, terminal: Terminal): string {
  const paint = paintFor(terminal);
  const shown = problems.map((one) =>
    problemLines(shownProblem(asked, one), () => lineOf(one), paint).join('\n'),
  );
  const others = elsewhere.filter(isError);
  const closing = `${counted(files, 'file')}, ${countsText(problems)}, ${seconds.toFixed(1)} s`;
  return [
    ...shown.map((one) => `${one}\n`),
    ...(others.length > 0 ? [`${otherText(asked, others)}\n`] : []),
    paint(problems.some(isError) || others.length > 0 ? 'error' : 'good', closing),
  ].join('\n');
}

/** What was named rests on other files: while they have errors, it is not checked to its end. */
function otherText(asked: ContentAsked, others: readonly Problem[]): string {
  const files = [...new Set(others.map(({ file }) => shownFile(asked, file)))];
  return `${counted(others.length, 'error')} in other files that these rest on: ${files.join(', ')}`;
}

function jsonOf({ asked, files, problems, elsewhere, seconds }: Report): string {
  const { error: errors, warning: warnings, note: notes } = countsOf(problems);
  const shown = [...problems, ...elsewhere.filter(isError)].map((one) => ({
    ...shownProblem(asked, one),
    severity: severityOf(one),
  }));
  return JSON.stringify({ files, errors, warnings, notes, seconds, problems: shown }, null, 2);
}

const sarifOf = ({ asked, problems, elsewhere }: Report): string =>
  JSON.stringify(sarifLog([...problems, ...elsewhere.filter(isError)], asked.root), null, 2);

const FORMATS: Readonly<Record<CheckFormat, (report: Report, terminal: Terminal) => string>> = {
  text: textOf,
  json: jsonOf,
  sarif: sarifOf,
};
