/** Looked at by shape: under Jest, Node's own errors are of another realm, and `instanceof Error` says no. */
const field = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;

export const codeOf = (error: unknown): unknown => field(error, 'code');

/** In words, with the cause. One error for several attempts (one per address of a name) has no message of its own. */
export function reasonOf(error: unknown): string {
  const errors = field(error, 'errors');
  if (Array.isArray(errors)) return errors.map(reasonOf).join('; ');
  const message = field(error, 'message');
  if (typeof message !== 'string') return String(error);
  const cause = field(error, 'cause');
  return cause === undefined ? message : `${message} (${reasonOf(cause)})`;
}
