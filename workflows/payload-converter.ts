import { DefaultPayloadConverter, type Payload, type PayloadConverter } from '@temporalio/common';
import type { Undecodable } from './messages.ts';

/**
 * The default converter, but for one thing: what cannot be read is delivered as `undecodable` instead of throwing. A
 * signal stays in history for ever; one that throws would stop its plan for ever.
 */
class TolerantPayloadConverter implements PayloadConverter {
  readonly #inner = new DefaultPayloadConverter();

  toPayload<T>(value: T): Payload {
    return this.#inner.toPayload(value);
  }

  fromPayload<T>(payload: Payload): T {
    try {
      return this.#inner.fromPayload<T>(payload);
    } catch (error) {
      const undecodable: Undecodable = {
        undecodable: error instanceof Error ? error.message : String(error),
      };
      return undecodable as T;
    }
  }
}

export const payloadConverter: PayloadConverter = new TolerantPayloadConverter();
