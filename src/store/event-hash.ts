import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

interface Identified {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time?: string | undefined;
  readonly data: unknown;
}

/** Two events of one id are the same when this is equal: who sent it does not count (RFC 8785, SHA-256). */
export function eventHash({ id, source, type, time, data }: Identified): string {
  return digestOf({ id, source, type, time, data });
}

/** The digest of anything that JSON can say, independent of the order of its keys. */
export function digestOf(value: unknown): string {
  return hash('sha256', canonicalize(value) ?? '');
}
