import type { Pathway } from '../pathway/pathway.ts';
import { implies, isSatisfiable } from './satisfiable.ts';
import { allWishes, type ResultOf, type Wish, type Wishes } from './wishes.ts';

/** Wishes that together bring about the answer: those that stand already, and those that would have to come true. */
interface Way {
  /** In the order of the evidence. */
  readonly wishes: readonly Wish[];
  /** What has to be stated: what is not true yet, and what another statement about the same fact could undo. */
  readonly stated: readonly Wish[];
  /** About how many facts, each in one site. */
  readonly facts: number;
}

/** How many ways are kept of each part of a condition, the shortest first: it has 20 members, and three are shown. */
const MOST_WAYS = 24;

/**
 * The smallest sets of statements that each bring about what is wished, the shortest first. Any values that fulfil a
 * set will do, and no set has another in it; one that no values can fulfil is left out.
 * @returns one empty set when everything wished is true already
 */
export function waysTo(pathway: Pathway, wishes: Wishes, resultOf: ResultOf): (readonly Wish[])[] {
  const all = allWishes(wishes);
  const isTrue = (wish: Wish): boolean => resultOf(wish) === wish.wanted;
  const open = all.filter((wish) => !isTrue(wish));
  const touches = (one: Wish, other: Wish): boolean => isOfSameFact(pathway, one, other);
  const solver: Solver = {
    pathway,
    isTrue,
    touches,
    // True, and nothing that may have to be stated speaks of the same fact: it will stay so.
    isSettled: (wish) => isTrue(wish) && !open.some((one) => touches(one, wish)),
  };
  const found = solve(wishes, solver).map(({ stated }) => stated);
  return found.filter(
    (set, index) => !found.some((other, at) => isNeedless(pathway, { set, index }, { other, at })),
  );
}

/** Whether another set has no more in it than this one brings about anyway; of two alike the first is kept. */
function isNeedless(
  pathway: Pathway,
  { set, index }: { set: readonly Wish[]; index: number },
  { other, at }: { other: readonly Wish[]; at: number },
): boolean {
  return (
    at !== index && bringsAbout(pathway, set, other) && (at < index || !bringsAbout(pathway, other, set))
  );
}

/** Whether stating the one set fulfils the other, too. */
export const bringsAbout = (pathway: Pathway, set: readonly Wish[], other: readonly Wish[]): boolean =>
  other.every((wish) => {
    const about = set.filter((one) => elementOf(one) === elementOf(wish));
    return about.length > 0 && implies(about, wish, pathway.fact(wish.leaf.fact));
  });

const isIn = (set: readonly Wish[], other: readonly Wish[]): boolean =>
  set.every((wish) => other.includes(wish));

interface Solver {
  readonly pathway: Pathway;
  readonly isTrue: (wish: Wish) => boolean;
  readonly touches: (one: Wish, other: Wish) => boolean;
  readonly isSettled: (wish: Wish) => boolean;
}

const NOTHING: Way = { wishes: [], stated: [], facts: 0 };

function solve(wishes: Wishes, solver: Solver): readonly Way[] {
  if ('leaf' in wishes) {
    if (solver.isSettled(wishes)) return [NOTHING];
    const way = wayOf([wishes], solver);
    return way ? [way] : [];
  }
  if ('some' in wishes) return shortest(wishes.some.flatMap((one) => solve(one, solver)));
  let ways: readonly Way[] = [NOTHING];
  for (const one of wishes.every) {
    const more = solve(one, solver);
    ways = shortest(ways.flatMap((way) => more.flatMap((other) => both(way, other, solver) ?? [])));
  }
  return ways;
}

function both(one: Way, other: Way, solver: Solver): Way | undefined {
  if (other.wishes.length === 0) return one;
  if (one.wishes.length === 0) return other;
  return wayOf([...new Set([...one.wishes, ...other.wishes])], solver);
}

/** @returns undefined when no values could fulfil it */
function wayOf(all: readonly Wish[], { pathway, isTrue, touches }: Solver): Way | undefined {
  const wishes = all.toSorted((one, other) => one.index - other.index);
  const open = wishes.filter((wish) => !isTrue(wish));
  const stated = wishes.filter((wish) => open.some((one) => one === wish || touches(one, wish)));
  const isPossible = stated.every((wish) => {
    const together = stated.filter((one) => one.leaf.fact === wish.leaf.fact && touches(one, wish));
    return isSatisfiable(together, pathway.fact(wish.leaf.fact));
  });
  return isPossible ? { wishes, stated, facts: new Set(stated.map(elementOf)).size } : undefined;
}

/** What one statement is about: a fact in one site. */
export const elementOf = ({ leaf, evidence }: Wish): string => `${leaf.fact}/${evidence.area ?? ''}`;

/** Stating the one may change what is known of the other: one base, and areas that share a part. */
function isOfSameFact(pathway: Pathway, one: Wish, other: Wish): boolean {
  const baseOf = ({ leaf }: Wish): string => pathway.derived(leaf.fact)?.of ?? leaf.fact;
  if (baseOf(one) !== baseOf(other)) return false;
  const [area, otherArea] = [one.evidence.area, other.evidence.area];
  return area === undefined || otherArea === undefined || pathway.areas.isSame(area, otherArea);
}

/** Without those that have another in them, and no more than can matter. */
function shortest(ways: readonly Way[]): readonly Way[] {
  const sorted = ways.toSorted(
    (one, other) => one.facts - other.facts || one.wishes.length - other.wishes.length,
  );
  const kept: Way[] = [];
  for (const way of sorted) {
    if (kept.length === MOST_WAYS) break;
    if (!kept.some((other) => isIn(other.wishes, way.wishes))) kept.push(way);
  }
  return kept;
}
