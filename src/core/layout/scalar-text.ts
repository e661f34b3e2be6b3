import { type Scalar, stringify } from 'yaml';

const WIDTH = 110;
/** What ends a plain text inside brackets. */
const IN_BRACKETS = /[[\]{},]/;

/** A text that was written over several lines on purpose, with `>` or `|`. */
export const isOfLines = ({ type }: Scalar): boolean => type === 'BLOCK_FOLDED' || type === 'BLOCK_LITERAL';

/** In one line, quoted as it was; in brackets, prose with a comma is quoted, or it would be cut in two. */
export function scalarText(scalar: Scalar, isInBrackets: boolean): string {
  const { value, source = '', type } = scalar;
  if (typeof value !== 'string') return source;
  if (type !== 'PLAIN') return JSON.stringify(value);
  const line = value.replaceAll('\n', ' ');
  return line !== value || (isInBrackets && IN_BRACKETS.test(value)) ? JSON.stringify(value) : value;
}

/** What stands behind the key, and the lines under it. */
export function linesText({ value, type }: Scalar, indent: string): string[] {
  const defaultStringType = type === 'BLOCK_LITERAL' ? 'BLOCK_LITERAL' : 'BLOCK_FOLDED';
  const lineWidth = Math.max(40, WIDTH - indent.length);
  const written = stringify(
    { x: value },
    { defaultStringType, defaultKeyType: 'PLAIN', lineWidth, indent: 2 },
  );
  const [first = '', ...lines] = written.replace(/^x: /, '').replace(/\n$/, '').split('\n');
  return [first, ...lines.map((line) => (line === '' ? '' : `${indent}${line}`))];
}
