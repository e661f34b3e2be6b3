import { CODES, type Code } from '../core/model/codes.ts';
import { Problem } from './problem.ts';

interface ProblemResponse {
  readonly description: string;
  readonly content: { readonly 'application/problem+json': { readonly schema: typeof Problem } };
}

/** Any address that needs a sign-in and reads the store. */
export const READING = ['CC2019', 'CC5002', 'CC9002'] as const satisfies readonly Code[];

/** Any address that takes a body. */
export const BODY = ['CC2001', 'CC2003', 'CC2004', 'CC2005', 'CC2006'] as const satisfies readonly Code[];

/** The responses by which an address answers with these codes, for its description and its serializer. */
export function problems(...codes: readonly Code[]): Record<`${4 | 5}${number}`, ProblemResponse> {
  const responses: Record<string, ProblemResponse> = {};
  for (const code of [...codes].sort()) {
    const { status, summary } = CODES[code];
    const before = responses[status]?.description;
    const description = `${before === undefined ? '' : `${before}\n`}${code} ${summary}`;
    responses[status] = { description, content: { 'application/problem+json': { schema: Problem } } };
  }
  return responses;
}
