import { Failure } from '../core/model/failure.ts';

/** Classes of PostgreSQL's own words that mean it cannot serve now: connection, resources, intervention, system. */
const AWAY = /^(08|53|57|58)/;

/** Errors of the language or of our own: never the network's. */
const OURS = new Set([
  'Defect',
  'ZodError',
  '$ZodError',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
]);

/** Tells a store that is away from a defect: what the driver throws without PostgreSQL's word is a cut line. */
export function isOutage(error: unknown): boolean {
  if (error instanceof Failure) return error.code === 'CC5002';
  if (!(error instanceof Error) || OURS.has(error.name)) return false;
  const isSaidByPostgres = 'severity' in error && 'code' in error;
  return !isSaidByPostgres || AWAY.test(String(error.code));
}

/** `commit_step` found no step, or another state, under the one that it was given. */
export const hasNoGround = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'CC410';

/** @throws Failure CC5002 when PostgreSQL does not answer */
export async function fromStore<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof Failure) && isOutage(error)) {
      throw new Failure('CC5002', 'PostgreSQL did not answer.', { cause: error });
    }
    throw error;
  }
}
