import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main } from '../../src/cli/main.ts';
import { smallClinic } from '../support/small-clinic.ts';
import type { Said } from './cli-runner.ts';

/** A clinic's folder of its own, and the command line of somebody who works on it. */
export interface AuthoringFolder {
  readonly path: string;
  /** `{}` in a word is the folder. */
  readonly run: (...words: string[]) => Promise<Said>;
  readonly put: (file: string, text: string) => void;
  readonly change: (file: string, from: string, to: string) => void;
  readonly text: (file: string) => string;
  readonly remove: () => void;
}

export function authoringFolder({ isForEyes = false } = {}): AuthoringFolder {
  const path = mkdtempSync(join(tmpdir(), 'carechart-authoring-'));
  const at = (file: string): string => join(path, file);
  const text = (file: string): string => readFileSync(at(file), 'utf8');
  const put = (file: string, written: string): void => {
    mkdirSync(dirname(at(file)), { recursive: true });
    writeFileSync(at(file), written);
  };
  for (const { file, text: written } of smallClinic()) put(file, written);
  return {
    path,
    put,
    text,
    change: (file, from, to) => put(file, text(file).replace(from, to)),
    remove: () => rmSync(path, { recursive: true, force: true }),
    run: async (...words) => {
      const [out, err]: [string[], string[]] = [[], []];
      const code = await main(['node', 'carechart', ...words.map((word) => word.replace('{}', path))], {
        env: {},
        isForEyes,
        out: (line) => void out.push(line),
        err: (line) => void err.push(line),
      });
      const plain = (lines: string[]): string =>
        lines.join('\n').replaceAll(new RegExp(`(?<!file://)${path}/`, 'g'), '');
      return { code, out: plain(out), err: plain(err) };
    },
  };
}
