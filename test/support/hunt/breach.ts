/** Something that must never be. */
export class Breach extends Error {}

export function must(holds: boolean, promise: string | (() => string)): void {
  if (!holds) throw new Breach(typeof promise === 'string' ? promise : promise());
}

export const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((text, index) => text === other[index]);
