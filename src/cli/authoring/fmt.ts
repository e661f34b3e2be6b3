import { join } from 'node:path';
import type { SourceFile } from '../../core/authoring/source.ts';
import { formatted } from '../../core/layout/format-file.ts';
import { readContent } from '../../engine/content.ts';
import { writeWhole } from '../../machine/files.ts';
import type { Terminal } from '../terminal.ts';
import { paintFor } from './colours.ts';
import { contentAsked, isAsked, shownFile, shownProblem } from './content-asked.ts';
import { counted, problemLines } from './problem-text.ts';

/**
 * Brings files into the canonical layout; one that cannot be read stays as it is, and is named.
 * @param isCheck - write nothing, only say which are laid out otherwise
 * @returns whether every file was read, and with `isCheck` was laid out already
 */
export async function fmt(
  paths: readonly string[],
  { isCheck }: { readonly isCheck: boolean },
  terminal: Terminal,
): Promise<boolean> {
  const asked = contentAsked(paths);
  const read = readContent(asked.root, (file) => isAsked(asked, file) && file.endsWith('.yaml'));
  const results = read.files.map((file) => ({ file, ...formatted(file) }));
  const problems = [...read.problems, ...results.flatMap((one) => one.problems)];
  const changed = results.flatMap(({ file, text }): SourceFile[] =>
    text === undefined || text === file.text ? [] : [{ file: file.file, text }],
  );
  if (!isCheck) for (const { file, text } of changed) await writeWhole(join(asked.root, file), text);
  const paint = paintFor(terminal);
  for (const one of problems)
    terminal.out(`${problemLines(shownProblem(asked, one), () => undefined, paint).join('\n')}\n`);
  for (const { file } of changed)
    terminal.out(`${isCheck ? 'would change' : 'laid out'}  ${shownFile(asked, file)}`);
  const isGood = problems.length === 0 && (!isCheck || changed.length === 0);
  const says = isCheck ? 'laid out otherwise' : 'changed';
  terminal.out(
    paint(isGood ? 'good' : 'error', `${counted(results.length, 'file')}, ${changed.length} ${says}`),
  );
  return isGood;
}
