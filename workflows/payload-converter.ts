import { DefaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';
import type { Undecodable } from './messages.ts';

/** Far above what Carechart writes, far below what overflows a stack. */
const DEEPEST = 64;
/** PostgreSQL keeps no NUL, and half a surrogate pair is no character: neither as an escape nor as itself. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|[dD][89a-fA-F])|[\0\p{Cs}]/u;

/**
 * The default converter, but for one thing: what cannot be read, or could not be kept, is delivered as `undecodable`
 * instead of throwing. A signal stays in history for ever; one that throws would stop its plan for ever. The words are
 * ours: a parser's would quote what it read.
 */
class TolerantPayloadConverter implements PayloadConverter {
  readonly #inner = new DefaultPayloadConverter();

  toPayload<T>(value: T): Payload {
    return this.#inner.toPayload(value);
  }

  fromPayload<T>(payload: Payload): T {
    try {
      const problem = problemOf(payload);
      return problem === undefined ? this.#inner.fromPayload<T>(payload) : (undecodable(problem) as T);
    } catch {
      return undecodable('it is not what its encoding says') as T;
    }
  }
}

const undecodable = (why: string): Undecodable => ({ undecodable: why });

/** Looks at the bytes alone, before anything is made of them. */
function problemOf({ data }: Payload): string | undefined {
  // An empty one may be a plain list, which is no text to be decoded.
  if (!data || data.length === 0) return undefined;
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < data.length; at += 1) {
    const byte = data[at];
    if (isInString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) isInString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth += 1;
      if (depth > DEEPEST) return `it is nested deeper than ${DEEPEST}`;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
  }
  return UNSTORABLE.test(new TextDecoder().decode(data)) ? 'it holds text that cannot be stored' : undefined;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

export const payloadConverter: PayloadConverter = new TolerantPayloadConverter();
