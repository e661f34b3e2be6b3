import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';

const ENCODING = 'binary/carechart-deflate';
/** Where the encoding of what was compressed is kept. */
const INNER = 'carechart-inner-encoding';
const SMALLEST_BYTES = 512;
/** An inflated payload is never larger: a small message must not become a large one. */
const LARGEST_BYTES = 4 * 1024 * 1024;

const deflate = promisify(deflateRaw);
const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);

/**
 * Compresses what goes into history: a plan's state is in every step's marker. Never throws on what comes in; a payload
 * that cannot be inflated is passed on as it is, and the converter delivers it as undecodable.
 */
export const compressingCodec: PayloadCodec = {
  encode: (payloads) => Promise.all(payloads.map(compress)),
  decode: (payloads) => Promise.all(payloads.map(decompress)),
};

async function compress(payload: Payload): Promise<Payload> {
  const { data, metadata } = payload;
  if (!data || !metadata?.encoding || data.length < SMALLEST_BYTES) return payload;
  const deflated = await deflate(data, { level: 1 });
  return {
    metadata: { ...metadata, encoding: bytesOf(ENCODING), [INNER]: metadata.encoding },
    data: deflated,
  };
}

async function decompress(payload: Payload): Promise<Payload> {
  const { data, metadata } = payload;
  const inner = metadata?.[INNER];
  if (!data || !inner || textOf(metadata?.encoding) !== ENCODING) return payload;
  try {
    const inflated = await inflate(Buffer.from(data), { maxOutputLength: LARGEST_BYTES });
    return { metadata: { ...metadata, encoding: inner }, data: inflated };
  } catch {
    return payload;
  }
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array | null | undefined): string =>
  new TextDecoder().decode(bytes ?? new Uint8Array());
