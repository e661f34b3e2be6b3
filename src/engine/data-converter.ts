import { fileURLToPath } from 'node:url';
import { compressingCodec } from './payload-codec.ts';

/** For a worker: tolerant on the way in, compressed on the way out. */
export const dataConverter = {
  payloadConverterPath: fileURLToPath(new URL('../../workflows/payload-converter.js', import.meta.url)),
  payloadCodecs: [compressingCodec],
};

/** For a client: the same on the wire. What it reads was written by Carechart. */
export const clientDataConverter = { payloadCodecs: [compressingCodec] };
