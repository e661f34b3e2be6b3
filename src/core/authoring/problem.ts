import { CODES, type Code } from '../model/codes.ts';

export { notExecuted, Refused } from '../model/refused.ts';

/** One thing wrong with a file. Line and column count from 1; a column is one UTF-16 unit. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: Code;
  readonly message: string;
  /** What to write instead, where that is known; otherwise the code's remedy holds. */
  readonly help?: string;
}

/** Three lines: where, what, and what helps. */
export function formatProblem({ file, line, column, code, message, help }: Problem): string {
  return `${file}:${line}:${column}\n${code} ${message}\nhelp: ${help ?? CODES[code].remedy}`;
}
