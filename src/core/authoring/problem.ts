import { CODES, type Code } from '../model/codes.ts';

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

/** What a reader answers in place of a value. Where it stands is known only to whoever called. */
export class Refused {
  readonly code: Code;
  readonly message: string;
  readonly help: string | undefined;

  constructor(code: Code, message: string, help?: string) {
    this.code = code;
    this.message = message;
    this.help = help;
  }
}

/** What the format knows, and this version would only ignore. */
export const notExecuted = (words: string): Refused =>
  new Refused('CC1013', `\`${words}\` is part of the format, and this version does not execute it yet`);

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
