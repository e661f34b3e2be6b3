/** Each of `callers` works through its own items, one after the other. */
export async function inParallel<T>(
  callers: readonly T[],
  work: (caller: T) => Promise<void>,
): Promise<void> {
  await Promise.all(callers.map(work));
}

/** At most `width` at a time. */
export async function pooled<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lanes = Array.from({ length: Math.min(width, items.length) }, async () => {
    for (let at = next++; at < items.length; at = next++) {
      const item = items[at];
      if (item !== undefined) await work(item);
    }
  });
  await Promise.all(lanes);
}

/** Milliseconds that `work` took. */
export async function clocked(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
