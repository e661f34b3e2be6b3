/** `to` is no more than `most` days after `from`; a least distance is one the other way round, below nothing. */
export interface Constraint<Reason> {
  readonly from: string;
  readonly to: string;
  readonly most: number;
  readonly reason: Reason;
}

export const atLeast = <Reason>(
  { from, to }: { readonly from: string; readonly to: string },
  days: number,
  reason: Reason,
): Constraint<Reason> => ({ from: to, to: from, most: -days, reason });

/**
 * A ring of constraints that cannot all be kept, in their order; undefined: there are days that keep every one. By
 * Bellman and Ford: it is a way around that is shorter than nothing.
 */
export function contradiction<Reason>(all: readonly Constraint<Reason>[]): Constraint<Reason>[] | undefined {
  const distance = new Map<string, number>();
  const cameBy = new Map<string, Constraint<Reason>>();
  const nodes = new Set(all.flatMap(({ from, to }) => [from, to]));
  let last: string | undefined;
  for (let round = 0; round <= nodes.size; round += 1) {
    last = undefined;
    for (const one of all) {
      const by = (distance.get(one.from) ?? 0) + one.most;
      if (by >= (distance.get(one.to) ?? 0)) continue;
      distance.set(one.to, by);
      cameBy.set(one.to, one);
      last = one.to;
    }
    if (last === undefined) return undefined;
  }
  return last === undefined ? undefined : ringAt(last, cameBy, nodes.size);
}

function ringAt<Reason>(
  node: string,
  cameBy: ReadonlyMap<string, Constraint<Reason>>,
  size: number,
): Constraint<Reason>[] {
  let start = node;
  for (let step = 0; step < size; step += 1) start = cameBy.get(start)?.from ?? start;
  const ring: Constraint<Reason>[] = [];
  let at = start;
  do {
    const one = cameBy.get(at);
    if (!one) break;
    ring.unshift(one);
    at = one.from;
  } while (at !== start);
  return ring;
}

/** The fewest days from one on to each that comes after it: what the constraints add up to on the longest of all ways. */
export function leastFrom<Reason>(
  all: readonly Constraint<Reason>[],
  from: string,
): ReadonlyMap<string, number> {
  const least = new Map([[from, 0]]);
  for (let hasGrown = true, rounds = all.length; hasGrown && rounds >= 0; rounds -= 1) {
    hasGrown = false;
    for (const one of all) {
      const begun = least.get(one.to);
      if (begun === undefined || begun - one.most <= (least.get(one.from) ?? -1)) continue;
      least.set(one.from, begun - one.most);
      hasGrown = true;
    }
  }
  return least;
}
