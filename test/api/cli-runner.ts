import { main } from '../../src/cli/main.ts';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command line as somebody at a terminal has it. */
export const cliAt =
  (url: string) =>
  async (...words: string[]): Promise<Said> => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await main(['node', 'carechart', ...words], {
      env: { CARECHART_URL: url },
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  };
