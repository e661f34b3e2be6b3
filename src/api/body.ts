import { LIMITS } from '../core/model/limits.ts';
import { findJsonFault } from './json-fault.ts';
import { ProblemError } from './problem.ts';

/**
 * Reads a body as JSON and refuses what no schema sees: nesting beyond the limit, keys that reach for a prototype, and
 * characters that are not text, on which hashing and PostgreSQL fail.
 * @throws ProblemError CC2001, CC2003, CC2005
 */
export function readBody(bytes: Uint8Array): unknown {
  const text = decode(bytes);
  if (text.trim() === '') throw new ProblemError('CC2001', { detail: 'The body is empty.' });
  const body = parse(text);
  inspect(body);
  return body;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProblemError('CC2001', { detail: 'The body is not UTF-8.' });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { line, column, expected } = findJsonFault(text);
    const detail = `Reading stopped at line ${line}, column ${column}: expected ${expected}.`;
    throw new ProblemError('CC2001', { detail });
  }
}

interface Nested {
  readonly value: unknown;
  readonly depth: number;
  readonly parent: Nested | undefined;
  readonly key: string;
}

function inspect(body: unknown): void {
  const open: Nested[] = [{ value: body, depth: 1, parent: undefined, key: '' }];
  for (let nested = open.pop(); nested; nested = open.pop()) {
    const { value, depth } = nested;
    if (typeof value === 'string' && !isText(value))
      throw faultAt(nested, 'holds a character that is not text');
    if (typeof value !== 'object' || value === null) continue;
    if (depth > LIMITS.bodyDepth) {
      throw new ProblemError('CC2005', {
        detail: `The body is nested more than ${LIMITS.bodyDepth} levels.`,
      });
    }
    for (const [key, inner] of Object.entries(value)) {
      const child = { value: inner, depth: depth + 1, parent: nested, key };
      if (key === '__proto__') throw faultAt(child, 'is not a key of any form');
      open.push(child);
    }
  }
}

const isText = (value: string): boolean => !value.includes('\0') && !/\p{Surrogate}/u.test(value);

function faultAt(nested: Nested, says: string): ProblemError {
  const keys: string[] = [];
  for (let one: Nested | undefined = nested; one?.parent; one = one.parent) keys.unshift(one.key);
  const field = keys.join('.') || 'body';
  return new ProblemError('CC2003', { detail: `${field} ${says}.`, fields: [{ field, says }] });
}
