import { z } from 'zod';
import { CODES, type Code } from '../core/model/codes.ts';
import { Reason } from '../core/plan/outcome.schema.ts';

export const FieldProblem = z.strictObject({ field: z.string(), says: z.string() });
export type FieldProblem = z.infer<typeof FieldProblem>;

/** Every answer that is not a success (RFC 9457). */
export const Problem = z.strictObject({
  type: z.string().describe('Where this server explains the code.'),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().describe('What happened this time.'),
  remedy: z.string().describe('What to do about it.'),
  instance: z.string().optional().describe('This request, as the log names it.'),
  outcome: z.enum(['refused', 'rejected', 'quarantined']).optional(),
  reasons: z.array(Reason).optional().describe('Each reason of a refusal, and what would clear it.'),
  sequence: z.int().optional().describe('The step of the plan that gave this answer.'),
  fields: z.array(FieldProblem).optional(),
  checks: z.record(z.string(), z.string()).optional(),
});
export type Problem = z.infer<typeof Problem>;

export type ProblemExtras = Partial<Omit<Problem, 'type' | 'title' | 'status' | 'code'>>;

/** An answer that is not a success, thrown where it is known and sent by the one error handler. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: Code;
  readonly extras: ProblemExtras;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: Code, extras: ProblemExtras = {}, headers: Readonly<Record<string, string>> = {}) {
    super(extras.detail ?? CODES[code].summary);
    this.code = code;
    this.extras = extras;
    this.headers = headers;
  }
}

export function problemOf(code: Code, extras: ProblemExtras): Problem {
  const { status, summary, remedy } = CODES[code];
  return { type: `/errors/${code}`, title: summary, status, code, detail: summary, remedy, ...extras };
}
