import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Problem, severityOf } from '../../core/authoring/problem.ts';
import { checkContent } from '../../core/content/check-content.ts';
import type { Coverage } from '../../core/content/coverage.ts';
import type { Examples } from '../../core/content/examples.ts';
import { coverageIn, type Tried, tryExamples } from '../../core/content/try-content.ts';
import { readContent } from '../../engine/content.ts';
import type { Terminal } from '../terminal.ts';
import { table } from '../text.ts';
import { type Paint, paintFor } from './colours.ts';
import { type ContentAsked, contentAsked, isAsked, shownFile, shownProblem } from './content-asked.ts';
import { counted } from './problem-text.ts';

export interface TestOptions {
  readonly format: 'text' | 'json';
  readonly coverage?: true;
  readonly update?: true;
  readonly verbose?: true;
}

interface Run {
  readonly asked: ContentAsked;
  readonly tried: readonly Tried[];
  /** Scenarios whose trace was written; and those of which none is kept. */
  readonly written: readonly string[];
  readonly untraced: readonly string[];
  readonly coverage: readonly Coverage[];
  readonly seconds: number;
}

/** @returns whether everything that was tried came as it is expected */
export function test(paths: readonly string[], options: TestOptions, terminal: Terminal): boolean {
  const began = performance.now();
  const asked = contentAsked(paths);
  const { files, problems: unread } = readContent(asked.root);
  const { examples, pathways, problems } = checkContent(files);
  const errors = [...unread, ...problems].filter((one) => severityOf(one) === 'error');
  if (!examples || errors.length > 0) {
    terminal.err(
      `${counted(errors.length, 'error')}: nothing is tried before \`carechart check\` finds none.`,
    );
    return false;
  }
  const all = [...tryExamples(options.coverage ? examples : only(examples, asked))];
  const tried = all.filter(({ file }) => isAsked(asked, file));
  const written = options.update ? kept(asked, tried) : [];
  const run: Run = {
    ...{ asked, written },
    tried: options.update ? tried.map(updated) : tried,
    untraced: untracedIn(examples, tried).filter((file) => !written.includes(file)),
    coverage: options.coverage ? coverageIn(pathways, all) : [],
    seconds: (performance.now() - began) / 1000,
  };
  terminal.out(options.format === 'json' ? jsonOf(run) : textOf(run, options, terminal));
  return run.tried.every(isPassed);
}

const only = ({ cases, scenarios, problems }: Examples, asked: ContentAsked): Examples => ({
  cases: cases.filter(({ file }) => isAsked(asked, file)),
  scenarios: scenarios.filter(({ file }) => isAsked(asked, file)),
  problems,
});

const isPassed = ({ problems }: Tried): boolean => problems.length === 0;

const isOfTrace = ({ code }: Problem): boolean => code === 'CC1164';

/** Writes down what happens now, of each scenario that comes as it is expected. @returns the scenarios */
function kept({ root }: ContentAsked, tried: readonly Tried[]): string[] {
  return tried.flatMap(({ file, trace, isTraceNew, problems }) => {
    if (!trace || !isTraceNew || !problems.every(isOfTrace)) return [];
    writeFileSync(join(root, trace.file), trace.text);
    return [file];
  });
}

/** Once it is kept, it is as it is kept. */
const updated = (one: Tried): Tried =>
  one.problems.every(isOfTrace) ? { ...one, problems: [], difference: [] } : one;

const untracedIn = ({ scenarios }: Examples, tried: readonly Tried[]): string[] => {
  const files = new Set(tried.map(({ file }) => file));
  return scenarios.flatMap(({ file, kept: trace }) => (trace || !files.has(file) ? [] : [file]));
};

function textOf(run: Run, { verbose, coverage }: TestOptions, terminal: Terminal): string {
  const { asked, tried, written, untraced, seconds } = run;
  const paint = paintFor(terminal);
  const failed = tried.filter((one) => !isPassed(one));
  const counts = `${tried.length - failed.length} passed, ${failed.length} failed, ${seconds.toFixed(1)} s`;
  return [
    ...(verbose ? tried.map((one) => lineOf(one, paint)) : fileLines(asked, tried, paint)),
    ...failed.flatMap((one) => ['', ...failureLines(asked, one, paint)]),
    ...(coverage ? run.coverage.flatMap((one) => ['', ...coverageLines(asked, one, paint)]) : []),
    ...(written.length > 0 ? ['', `${counted(written.length, 'trace')} written.`] : []),
    ...(untraced.length > 0
      ? [
          '',
          `${counted(untraced.length, 'scenario')} without a trace: \`carechart test --update\` keeps what happens now.`,
        ]
      : []),
    '',
    paint(failed.length > 0 ? 'error' : 'good', counts),
  ].join('\n');
}

function fileLines(asked: ContentAsked, tried: readonly Tried[], paint: Paint): string[] {
  const files = [...new Set(tried.map(({ file }) => file))];
  return table(
    files.map((file) => {
      const all = tried.filter((one) => one.file === file);
      const failures = all.filter((one) => !isPassed(one)).length;
      const passed = `${all.length - failures} passed`;
      return [
        shownFile(asked, file),
        failures > 0 ? paint('error', `${passed}, ${failures} failed`) : passed,
      ];
    }),
    '',
  );
}

const lineOf = (one: Tried, paint: Paint): string =>
  `${isPassed(one) ? paint('good', 'passed') : paint('error', 'failed')}  ${one.subject}: ${one.name} (${one.came})`;

function failureLines(asked: ContentAsked, one: Tried, paint: Paint): string[] {
  const { subject, name, problems, difference } = one;
  return [
    `${paint('error', 'failed')}  ${subject}: ${name}`,
    ...problems.flatMap((problem) => {
      const { file, line, column, code, message, help } = shownProblem(asked, problem);
      const isJudged = code === 'CC1090' && help !== undefined;
      return [
        `  ${file}:${line}:${column}`,
        `  ${code} ${message}`,
        ...(isJudged ? [`  because ${help}`] : help === undefined ? [] : [`  help: ${help}`]),
        ...(isOfTrace(problem)
          ? ['  Read what differs; if all of it is meant, run `carechart test --update`.', '']
          : []),
      ];
    }),
    ...difference.map((line) =>
      line.startsWith('-') ? paint('error', line) : line.startsWith('+') ? paint('good', line) : line,
    ),
  ];
}

function coverageLines(asked: ContentAsked, { pathway, counts, missing }: Coverage, paint: Paint): string[] {
  return [
    paint('strong', `Shown of ${pathway}`),
    ...table(counts.flatMap(({ of, shown, all }) => (all === 0 ? [] : [[of, `${shown} of ${all}`]]))),
    ...missing.map(({ of, name, never, place: { file, line, column } }) => {
      const where = `${shownFile(asked, file)}:${line}:${column}`;
      return `  ${paint('quiet', where)}  ${of}: ${name}: never ${never.join(', ')}`;
    }),
  ];
}

function jsonOf({ asked, tried, written, untraced, coverage, seconds }: Run): string {
  const failed = tried.filter((one) => !isPassed(one)).length;
  const results = tried.map(({ file, of, subject, name, came, problems, difference }) => ({
    ...{ file: shownFile(asked, file), of, subject, name, came, isPassed: problems.length === 0 },
    ...{ problems: problems.map((one) => shownProblem(asked, one)), difference },
  }));
  return JSON.stringify(
    {
      ...{ passed: tried.length - failed, failed, seconds, results },
      ...{
        written: written.map((file) => shownFile(asked, file)),
        untraced: untraced.map((file) => shownFile(asked, file)),
      },
      ...(coverage.length > 0 ? { coverage } : {}),
    },
    null,
    2,
  );
}
