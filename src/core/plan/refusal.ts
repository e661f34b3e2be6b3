import type { Code } from '../model/codes.ts';
import type { Answer, Reason } from './outcome.schema.ts';

/** A request that is not granted, with every reason. */
export type Refusal = Extract<Answer, { outcome: 'refused' }>;

export const refuse = (code: Code, says: string, reasons: readonly Reason[]): Refusal => ({
  outcome: 'refused',
  code,
  says,
  reasons: [...reasons],
});
