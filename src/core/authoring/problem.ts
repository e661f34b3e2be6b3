import { CODES, type Code } from '../model/codes.ts';

export { notExecuted, Refused } from '../model/refused.ts';
/** The worst first. What has an error is not published; what has only warnings may be. */
export const SEVERITIES = ['error', 'warning', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One thing wrong with a file. Line and column count from 1; a column is one UTF-16 unit. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: Code;
  readonly message: string;
  /** What to write instead, where that is known; otherwise the code's remedy holds. */
  readonly help?: string;
  /** Absent: an error. */
  readonly severity?: Exclude<Severity, 'error'>;
  /** A patient, or a course of events, for whom it goes wrong: a sentence each. */
  readonly counterExample?: readonly string[];
}

export const severityOf = ({ severity }: Problem): Severity => severity ?? 'error';

/** What to do about it. */
export const helpOf = ({ help, code }: Problem): string => help ?? CODES[code].remedy;

/** Where, what, for example for whom, and what helps: a line each. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, code, message, severity, counterExample = [] } = problem;
  const weight = severity === undefined ? '' : `${severity}: `;
  const examples = counterExample.map((one) => `example: ${one}\n`).join('');
  return `${file}:${line}:${column}\n${weight}${code} ${message}\n${examples}help: ${helpOf(problem)}`;
}
