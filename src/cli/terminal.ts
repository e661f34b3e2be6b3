/** Where a verb reads its surroundings and says what it has to say. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Somebody looks at it: it is no file, and no other program. */
  readonly isForEyes?: boolean;
  out(text: string): void;
  err(text: string): void;
}

export const processTerminal = (): Terminal => ({
  env: process.env,
  isForEyes: process.stdout.isTTY === true,
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
});
