import { fileURLToPath } from 'node:url';
import { compressingCodec } from './payload-codec.ts';

/** The same on every client and worker: tolerant on the way in, compressed on the way out. */
export const dataConverter = {
  payloadConverterPath: fileURLToPath(new URL('../../workflows/payload-converter.js', import.meta.url)),
  payloadCodecs: [compressingCodec],
};
