import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';

const ENCODING = 'binary/carechart-deflate';
const SMALLEST_BYTES = 512;
/** An inflated payload is never larger: a small message must not become a large one. */
const LARGEST_BYTES = 4 * 1024 * 1024;

const deflate = promisify(deflateRaw);
const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);
const { Payload: PayloadMessage } = temporal.api.common.v1;

/**
 * Compresses what goes into history: a plan's state is in every step's marker. Never throws on what comes in; a payload
 * that cannot be inflated is passed on as it is, and the converter delivers it as undecodable.
 */
export const compressingCodec: PayloadCodec = {
  encode: (payloads) => Promise.all(payloads.map(compress)),
  decode: (payloads) => Promise.all(payloads.map(decompress)),
};

async function compress(payload: Payload): Promise<Payload> {
  if ((payload.data?.length ?? 0) < SMALLEST_BYTES) return payload;
  const data = await deflate(PayloadMessage.encode(payload).finish(), { level: 1 });
  return { metadata: { encoding: new TextEncoder().encode(ENCODING) }, data };
}

async function decompress(payload: Payload): Promise<Payload> {
  const encoding = payload.metadata?.encoding;
  if (!encoding || new TextDecoder().decode(encoding) !== ENCODING) return payload;
  try {
    return PayloadMessage.decode(
      await inflate(Buffer.from(payload.data ?? []), { maxOutputLength: LARGEST_BYTES }),
    );
  } catch {
    return payload;
  }
}
