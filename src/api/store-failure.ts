import { Failure } from '../core/model/failure.ts';

/** Classes of PostgreSQL's own words that mean it cannot serve now: connection, resources, intervention, system. */
const AWAY = /^(08|53|57|58)/;

/**
 * Tells a store that is away from a defect of our own.
 * @throws Failure CC5002 when PostgreSQL does not answer
 */
export async function fromStore<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && isAway(error)) {
      throw new Failure('CC5002', 'PostgreSQL did not answer.', { cause: error });
    }
    throw error;
  }
}

/** What the driver throws without PostgreSQL's own word is a cut line or a time-out. */
function isAway(error: Error): boolean {
  if (error instanceof Failure || OURS.has(error.name)) return false;
  const isSaidByPostgres = 'severity' in error && 'code' in error;
  return !isSaidByPostgres || AWAY.test(String(error.code));
}

const OURS = new Set([
  'Defect',
  'ZodError',
  '$ZodError',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
]);
