import type { Code } from './codes.ts';

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
