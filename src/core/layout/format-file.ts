import { Parser } from 'yaml';
import { type Problem, Refused } from '../authoring/problem.ts';
import { readSource, type SourceFile } from '../authoring/source.ts';
import { laidOut } from './lay-out.ts';

/** A file in its canonical layout; undefined where it cannot be read. */
export interface Formatted {
  readonly text?: string;
  readonly problems: readonly Problem[];
}

/**
 * The one layout of a file: keys in the grammar's order, what is short in one line, comments kept. It means what it
 * meant, value by value, and has every comment that it had: both are looked at each time, before anything is written.
 */
export function formatted(file: SourceFile): Formatted {
  const { value, problems, problemAt } = readSource(file);
  if (problems.length > 0) return { problems };
  const before = file.text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const text = laidOut(before);
  const { value: after } = readSource({ file: file.file, text });
  const kept = commentsIn(text);
  const lost = commentsIn(before).find((comment) => !kept.includes(comment));
  if (sameText(after) === sameText(value) && lost === undefined && kept.length === commentsIn(before).length)
    return { text, problems: [] };
  const says =
    lost === undefined ? 'laid out, the file would say something else' : `\`${lost}\` would be lost`;
  return { problems: [problemAt([], new Refused('CC1180', says))] };
}

/** Whatever the order of its keys. */
const sameText = (value: unknown): string => JSON.stringify(sortedKeys(value));

const sortedKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .map(([key, member]) => [key, sortedKeys(member)] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
};

/** All of them, by their words: where they stand may have changed with the order of the keys. */
function commentsIn(text: string): string[] {
  const found: string[] = [];
  const look = (token: unknown): void => {
    if (Array.isArray(token)) token.forEach(look);
    else if (typeof token === 'object' && token !== null) {
      if ('type' in token && token.type === 'comment' && 'source' in token)
        found.push(String(token.source).trim());
      Object.values(token).forEach(look);
    }
  };
  for (const token of new Parser().parse(text)) look(token);
  return found.sort();
}
