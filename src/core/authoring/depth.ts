import { Lexer } from 'yaml';

/** Levels of lists and groups in a file; the deepest sentence of the format needs about half. */
export const LEVELS = 24;

/** Columns of indentation and of list dashes at the front of a line. */
const FRONT = 4 * LEVELS;

/**
 * Where a file nests so deeply that composing it could exhaust the stack or the memory: found on the tokens, before
 * anything recursive looks at them. A file that passes may still be deeper than LEVELS, never by much.
 */
export function firstTooDeep(text: string): number | undefined {
  let offset = 0;
  let brackets = 0;
  let front: number | undefined = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') brackets += 1;
    if (token === ']' || token === '}') brackets -= 1;
    if (token === '\n' || token === '\r\n') front = 0;
    else if (front !== undefined) front = isFront(token) ? front + token.length : undefined;
    if (brackets > LEVELS || (front !== undefined && front > FRONT)) return offset;
    if (!CONTROL.has(token)) offset += token.length;
  }
  return undefined;
}

const isFront = (token: string): boolean => CONTROL.has(token) || /^(?: +|[-?:])$/.test(token);

/** Tokens of the lexer that stand for nothing in the text: start of a document, of a flow's end, of a scalar. */
const CONTROL = new Set(['\u0002', '\u0018', '\u001f']);
