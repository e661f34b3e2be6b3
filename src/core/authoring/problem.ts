import { CODES, type Code } from '../model/codes.ts';

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

/** Three lines: where, what, and what helps. */
export function formatProblem({ file, line, column, code, message, help }: Problem): string {
  return `${file}:${line}:${column}\n${code} ${message}\nhelp: ${help ?? CODES[code].remedy}`;
}
