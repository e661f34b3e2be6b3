import { CODES, type Code } from './codes.ts';

/** The outside world failed, or someone asked for what cannot be had: carries a code of the catalogue. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: Code;

  /** @param detail - what happened this time, in plain words; the catalogue's summary when absent */
  constructor(code: Code, detail?: string, options?: ErrorOptions) {
    super(detail ?? CODES[code].summary, options);
    this.code = code;
  }
}

/** A broken promise of our own code. Never the caller's fault; its message is never shown over HTTP. */
export class Defect extends Error {
  override readonly name = 'Defect';
}

export function invariant(condition: unknown, promise: string): asserts condition {
  if (!condition) throw new Defect(`invariant broken: ${promise}`);
}
