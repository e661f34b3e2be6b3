import { readFileSync } from 'node:fs';
import { z } from 'zod';
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

/** What a schema reads: its keys, each with `?` where it may be left out. */
export function keysOf(schema: z.ZodType): string[] {
  if (!(schema instanceof z.ZodObject)) throw new Error('it is no group of keys');
  return Object.entries<z.ZodType>(schema.shape).map(([key, of]) => (of.isOptional() ? `${key}?` : key));
}

/** What the items of a list in a group are read by. */
export function itemOf(schema: z.ZodType, key: string): z.ZodType {
  const list = schema instanceof z.ZodObject ? schema.shape[key] : undefined;
  const inner = list instanceof z.ZodOptional ? list.unwrap() : list;
  if (!(inner instanceof z.ZodArray) || !(inner.element instanceof z.ZodType))
    throw new Error(`no list: ${key}`);
  return inner.element;
}

/** What a page says, in the table below a heading. */
export function keysUnder(page: string, heading: string): string[] {
  const [, below = ''] = readFileSync(page, 'utf8').split(`\n${heading}\n`);
  const [section = ''] = below.split(/\n##/);
  return [...section.matchAll(/^\| `([A-Za-z]+\??)` \|/gm)].map(([, key = '']) => key);
}
