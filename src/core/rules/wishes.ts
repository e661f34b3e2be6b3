import { invariant } from '../model/failure.ts';
import type { Evidence, Result } from '../model/verdict.schema.ts';
import type { LoweredCondition, LoweredLeaf } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';

/** One leaf as it was judged of one site, and the answer that is wished of it. */
export interface Wish {
  /** Its place among all wishes of the condition. */
  readonly index: number;
  readonly leaf: LoweredLeaf;
  readonly evidence: Evidence;
  readonly wanted: 'met' | 'unmet';
}

/** Which wishes have to come true for a condition's answer to be the one that is wanted. */
export type Wishes = Wish | { readonly every: readonly Wishes[] } | { readonly some: readonly Wishes[] };

interface Reading {
  readonly pathway: Pathway;
  readonly evidence: readonly Evidence[];
  next: number;
}

/**
 * Reads evidence back into the condition that it was given for: every leaf in order, with an entry for each site that
 * it was asked of; and all of that once more for each part of a site in which its facts differ.
 */
export function wishesOf(
  pathway: Pathway,
  when: LoweredCondition,
  evidence: readonly Evidence[],
  wanted: 'met' | 'unmet',
  from = 0,
): Wishes {
  const reading: Reading = { pathway, evidence, next: 0 };
  const rounds: Wishes[] = [];
  while (reading.next < evidence.length) rounds.push(wish(when, wanted, reading, from));
  return joined(wanted === 'met' ? 'some' : 'every', rounds);
}

const joined = (how: 'some' | 'every', wishes: readonly Wishes[]): Wishes => {
  const [only, another] = wishes;
  if (only && !another) return only;
  return how === 'some' ? { some: wishes } : { every: wishes };
};

function wish(when: LoweredCondition, wanted: 'met' | 'unmet', reading: Reading, from: number): Wishes {
  if ('fact' in when) return leafWish(when, wanted, reading, from);
  if ('not' in when) return wish(when.not, wanted === 'met' ? 'unmet' : 'met', reading, from);
  const isAll = 'all' in when;
  const members = (isAll ? when.all : when.any).map((member) => wish(member, wanted, reading, from));
  return joined(isAll === (wanted === 'met') ? 'every' : 'some', members);
}

function leafWish(leaf: LoweredLeaf, wanted: 'met' | 'unmet', reading: Reading, from: number): Wishes {
  const { pathway, evidence } = reading;
  const base = pathway.fact(leaf.fact);
  const mayRepeat = base?.byArea === true && base.is.kind === 'findings';
  const areas = new Set<string | undefined>();
  const found: Wish[] = [];
  do {
    const entry = evidence[reading.next];
    invariant(
      entry?.fact === leaf.fact && entry.asks === leaf.name,
      'evidence is in the order of its condition',
    );
    areas.add(entry.area);
    found.push({ index: from + reading.next, leaf, evidence: entry, wanted });
    reading.next += 1;
  } while (mayRepeat && isAnotherSite(leaf, evidence[reading.next], areas));
  return joined(wanted === 'met' ? 'some' : 'every', found);
}

const isAnotherSite = (
  { fact, name }: LoweredLeaf,
  entry: Evidence | undefined,
  areas: ReadonlySet<string | undefined>,
): boolean => entry?.fact === fact && entry.asks === name && !areas.has(entry.area);

export const allWishes = (wishes: Wishes): Wish[] => {
  if ('leaf' in wishes) return [wishes];
  return ('every' in wishes ? wishes.every : wishes.some).flatMap(allWishes);
};

/** How a leaf's answer stands, now or on another day. */
export type ResultOf = (wish: Wish) => Result;
