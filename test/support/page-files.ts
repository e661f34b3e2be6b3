import { readFileSync } from 'node:fs';
import type { SourceFile } from '../../src/core/authoring/source.ts';

/** The files that a page is made of: its blocks, each with the name of its file after the word `yaml`. */
export function filesOf(page: string): SourceFile[] {
  const texts = new Map<string, string>();
  for (const [, file = '', block = ''] of readFileSync(page, 'utf8').matchAll(
    /^```yaml (\S+)\n([\s\S]*?)^```$/gm,
  ))
    texts.set(file, (texts.get(file) ?? '') + block);
  return [...texts].map(([file, text]) => ({ file, text }));
}
