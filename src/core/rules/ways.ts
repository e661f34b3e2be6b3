import type { Pathway } from '../pathway/pathway.ts';
import { implies, isSatisfiable } from './satisfiable.ts';
import { allWishes, type ResultOf, type Wish, type Wishes } from './wishes.ts';

/** Wishes that together bring about the answer: those that stand already, and those that would have to come true. */
interface Way {
  /** In the order of the evidence. */
  readonly wishes: readonly Wish[];
  /** What has to be stated: what is not true yet, and what another statement about the same fact could undo. */
  readonly stated: readonly Wish[];
  /** How many facts that is, each in one site. */
  readonly facts: number;
}

/** How many ways are kept of each part of a condition, the shortest first; three are shown in the end. */
const MOST_WAYS = 24;
/** A condition may have 20 members in each of three storeys: of a large one, fewer ways are kept. */
const LARGE = 100;
const MOST_WAYS_OF_LARGE = 4;

/**
 * The smallest sets of statements that each bring about what is wished, the shortest first. Any values that fulfil a
 * set will do, and no set has another in it; one that no values can fulfil is left out.
 * @returns one empty set when everything wished is true already
 */
export function waysTo(pathway: Pathway, wishes: Wishes, resultOf: ResultOf): (readonly Wish[])[] {
  const solved = new Solver(pathway, allWishes(wishes), resultOf).solve(wishes);
  const found = solved.map(({ stated }) =>
    withoutImplied(pathway, stated, (wish) => resultOf(wish) === wish.wanted),
  );
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
    const about = set.filter((one) => isOfWhole(pathway, one, wish));
    return about.length > 0 && implies(about, wish, pathway.fact(wish.leaf.fact));
  });

/**
 * Without what the others bring about anyway: what they say of the same site or of one that it is a part of; and what
 * is true already, where nothing that they say of a part of it could undo it.
 */
function withoutImplied(
  pathway: Pathway,
  stated: readonly Wish[],
  isTrue: (wish: Wish) => boolean,
): readonly Wish[] {
  let kept = stated;
  for (const wish of stated) {
    const others = kept.filter((one) => one !== wish && isOfSameFact(pathway, one, wish));
    const isImpliedBy = (some: readonly Wish[]): boolean =>
      some.length > 0 &&
      some.every(({ leaf }) => leaf.fact === wish.leaf.fact) &&
      implies(some, wish, pathway.fact(wish.leaf.fact));
    const sayOf = (one: Wish): Wish[] => others.filter((other) => elementOf(other) === elementOf(one));
    const isImplied = isImpliedBy(others.filter((one) => isOfWhole(pathway, one, wish)));
    const staysTrue = isTrue(wish) && others.length > 0 && others.every((one) => isImpliedBy(sayOf(one)));
    if (isImplied || staysTrue) kept = kept.filter((one) => one !== wish);
  }
  return kept;
}

/** Whether the one speaks of the same fact and site as the other, or of a site that the other's is a part of. */
function isOfWhole({ areas }: Pathway, one: Wish, other: Wish): boolean {
  if (elementOf(one) === elementOf(other)) return true;
  const [whole, part] = [one.evidence.area, other.evidence.area];
  if (one.leaf.fact !== other.leaf.fact || whole === undefined || part === undefined) return false;
  const atoms = areas.atomsOf(whole);
  return areas.atomsOf(part).every((atom) => atoms.includes(atom));
}

/** What one statement is about: a fact in one site. */
export const elementOf = ({ leaf, evidence }: Wish): string =>
  evidence.area === undefined ? leaf.fact : `${leaf.fact}/${evidence.area}`;

const NOTHING: Way = { wishes: [], stated: [], facts: 0 };

class Solver {
  readonly #pathway: Pathway;
  readonly #resultOf: ResultOf;
  readonly #mostWays: number;
  /** By what a statement is about: all that it may change what is known of. */
  readonly #touched = new Map<string, ReadonlySet<string>>();
  /** What statements may be about, or change. */
  readonly #unsettled: ReadonlySet<string>;

  constructor(pathway: Pathway, all: readonly Wish[], resultOf: ResultOf) {
    this.#pathway = pathway;
    this.#resultOf = resultOf;
    this.#mostWays = all.length > LARGE ? MOST_WAYS_OF_LARGE : MOST_WAYS;
    const elements = [...new Map(all.map((wish) => [elementOf(wish), wish]))];
    for (const [element, wish] of elements) {
      const touched = elements.filter(([, other]) => isOfSameFact(pathway, wish, other));
      this.#touched.set(element, new Set(touched.map(([name]) => name)));
    }
    const open = all.filter((wish) => !this.#isTrue(wish)).map(elementOf);
    this.#unsettled = new Set([...new Set(open)].flatMap((element) => [...this.#touchedBy(element)]));
  }

  solve(wishes: Wishes): readonly Way[] {
    if ('leaf' in wishes) {
      // True, and nothing that may have to be stated speaks of the same fact: it will stay so.
      if (this.#isTrue(wishes) && !this.#unsettled.has(elementOf(wishes))) return [NOTHING];
      return this.#shortest([this.#wayOf([wishes])]);
    }
    if ('some' in wishes) return this.#shortest(wishes.some.flatMap((one) => this.solve(one)));
    let ways: readonly Way[] = [NOTHING];
    for (const one of wishes.every) {
      const more = this.solve(one);
      ways = this.#shortest(ways.flatMap((way) => more.map((other) => this.#both(way, other))));
    }
    return ways;
  }

  #isTrue(wish: Wish): boolean {
    return this.#resultOf(wish) === wish.wanted;
  }

  #touchedBy(element: string): ReadonlySet<string> {
    return this.#touched.get(element) ?? new Set();
  }

  #both(one: Way, other: Way): Way {
    if (other.wishes.length === 0) return one;
    if (one.wishes.length === 0) return other;
    const all = [...new Set([...one.wishes, ...other.wishes])];
    return this.#wayOf(all.sort((some, more) => some.index - more.index));
  }

  #wayOf(wishes: readonly Wish[]): Way {
    const open = new Set(wishes.filter((wish) => !this.#isTrue(wish)).map(elementOf));
    const changed = new Set([...open].flatMap((element) => [...this.#touchedBy(element)]));
    const stated = wishes.filter((wish) => changed.has(elementOf(wish)));
    return { wishes, stated, facts: new Set(stated.map(elementOf)).size };
  }

  /** Without those that have another in them or that no values can fulfil, and no more than can matter. */
  #shortest(ways: readonly Way[]): readonly Way[] {
    const sorted = ways.toSorted(
      (one, other) => one.facts - other.facts || one.wishes.length - other.wishes.length,
    );
    const kept: Way[] = [];
    for (const way of sorted) {
      if (kept.length === this.#mostWays) break;
      if (!kept.some((other) => isIn(other.wishes, way.wishes)) && this.#isPossible(way)) kept.push(way);
    }
    return kept;
  }

  #isPossible({ stated }: Way): boolean {
    return [...new Set(stated.map(elementOf))].every((element) => {
      const touched = this.#touchedBy(element);
      const about = stated.filter((wish) => touched.has(elementOf(wish)));
      const facts = new Set(about.map(({ leaf }) => leaf.fact));
      return [...facts].every((fact) =>
        isSatisfiable(
          about.filter(({ leaf }) => leaf.fact === fact),
          this.#pathway.fact(fact),
        ),
      );
    });
  }
}

const isIn = (set: readonly Wish[], other: readonly Wish[]): boolean =>
  set.length <= other.length && set.every((wish) => other.includes(wish));

/** Stating the one may change what is known of the other: one base, and areas that share a part. */
function isOfSameFact(pathway: Pathway, one: Wish, other: Wish): boolean {
  const baseOf = ({ leaf }: Wish): string => pathway.derived(leaf.fact)?.of ?? leaf.fact;
  if (baseOf(one) !== baseOf(other)) return false;
  const [area, otherArea] = [one.evidence.area, other.evidence.area];
  return area === undefined || otherArea === undefined || pathway.areas.isSame(area, otherArea);
}
