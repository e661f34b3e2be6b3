import { helpOf, type Problem, SEVERITIES, type Severity, severityOf } from '../../core/authoring/problem.ts';
import type { Paint } from './colours.ts';

/** The line that a problem stands in, as it is written; undefined: the file was not read. */
export type LineOf = (problem: Problem) => string | undefined;

/** As much of a long line as is looked at. */
const SHOWN = 140;

/** One problem: where, what, the line itself with a mark under the place, for example for whom, and what helps. */
export function problemLines(problem: Problem, lineOf: LineOf, paint: Paint): string[] {
  const { file, line, column, code, message, counterExample = [] } = problem;
  const severity = severityOf(problem);
  return [
    paint('strong', `${file}:${line}:${column}`),
    `${paint(severity, `${severity} ${code}`)} ${message}`,
    ...frame(lineOf(problem), { line, column }, paint),
    ...counterExample.map((one) => `example: ${one}`),
    `help: ${helpOf(problem)}`,
  ];
}

function frame(
  text: string | undefined,
  { line, column }: Pick<Problem, 'line' | 'column'>,
  paint: Paint,
): string[] {
  if (text === undefined || text.trim() === '') return [];
  const from = column > SHOWN - 20 ? column - SHOWN / 2 : 1;
  const cut = text.replaceAll('\t', ' ').slice(from - 1, from - 1 + SHOWN);
  const front = from > 1 ? '…' : '';
  const margin = `${line}`.padStart(5);
  return [
    paint('quiet', `${margin} | ${front}${cut}`.trimEnd()),
    `${' '.repeat(margin.length)} | ${' '.repeat(front.length + column - from)}${paint('error', '^')}`,
  ];
}

/** `3 errors, 1 warning` */
export function countsText(problems: readonly Problem[]): string {
  const counts = countsOf(problems);
  const some = SEVERITIES.filter((one) => one === 'error' || counts[one] > 0);
  return some.map((one) => counted(counts[one], one)).join(', ');
}

export function countsOf(problems: readonly Problem[]): Readonly<Record<Severity, number>> {
  const count = (severity: Severity): number => problems.filter((one) => severityOf(one) === severity).length;
  return { error: count('error'), warning: count('warning'), note: count('note') };
}

/** `no errors`, `1 error`, `2 errors` */
export const counted = (count: number, what: string): string =>
  `${count === 0 ? 'no' : count} ${what}${count === 1 ? '' : 's'}`;
