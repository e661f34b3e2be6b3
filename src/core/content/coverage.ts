import type { Place } from '../authoring/item-places.ts';
import { COVERED, type Coverable } from './coverable.ts';

/** How much of one pathway the examples show. */
export interface Coverage {
  readonly pathway: string;
  readonly counts: readonly { readonly of: Coverable['of']; readonly shown: number; readonly all: number }[];
  /** What is not shown, or not in each of its ways. */
  readonly missing: readonly {
    readonly of: Coverable['of'];
    readonly name: string;
    readonly never: readonly string[];
    readonly place: Place;
  }[];
}

export function coverageOf(
  {
    pathway,
    file,
    coverables,
  }: { readonly pathway: string; readonly file: string; readonly coverables: readonly Coverable[] },
  seen: ReadonlySet<string>,
): Coverage {
  const counted = coverables.map(({ ways, ...one }) => ({
    ...one,
    never: ways.filter(({ sight }) => !seen.has(sight)).map(({ says }) => says),
  }));
  return {
    pathway,
    counts: COVERED.map((of) => {
      const all = counted.filter((one) => one.of === of);
      return { of, shown: all.filter(({ never }) => never.length === 0).length, all: all.length };
    }),
    missing: counted
      .filter(({ never }) => never.length > 0)
      .map(({ place = { file, line: 1, column: 1 }, ...one }) => ({ ...one, place })),
  };
}
