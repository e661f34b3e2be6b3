import { startOfDay } from '../model/calendar.ts';
import { Duration, type Instant, LocalDate } from '../model/primitives.schema.ts';
import type { Clearing, Clearings, Evidence, Result } from '../model/verdict.schema.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { CLINICAL_LEAD } from '../pathway/roles.ts';
import { denied } from './denied.ts';
import { staleFrom } from './freshness.ts';
import { judgeLeaf, leavesWindowOn } from './operators.ts';
import { bringsAbout, elementOf, waysTo } from './ways.ts';
import { allWishes, type Wish, type Wishes, wishesOf } from './wishes.ts';

/** How many days ahead are looked at, the first ones first. */
const MOST_DAYS = 6;

/**
 * What would turn a condition's answer into `wanted`, given the evidence of its judgement, leaf by leaf in order: sets
 * of facts, and days on which time alone does it, or does it once some facts are in place. Each set as a whole is
 * enough, and none could be smaller; at most three, the smallest first, a day before a fact.
 */
export function clearingsOf(
  pathway: Pathway,
  when: LoweredCondition,
  evidence: readonly Evidence[],
  wanted: 'met' | 'unmet',
): Clearings {
  return clearingsTo(pathway, wishesOf(pathway, when, evidence, wanted));
}

/** The same for wishes that were put together in another way. */
export function clearingsTo(pathway: Pathway, wishes: Wishes): Clearings {
  const sets: Found[] = [];
  const add = (ways: readonly (readonly Wish[])[], on?: LocalDate): void => {
    for (const stated of ways) {
      const facts = factsOf(pathway, stated);
      const words = JSON.stringify(facts);
      // What an earlier day or no day at all does with the same facts, or with fewer; or what reads the same.
      if (sets.some((other) => other.words === words || bringsAbout(pathway, stated, other.stated))) continue;
      sets.push({
        stated,
        words,
        clearings: on === undefined ? facts : [{ kind: 'date', on }, ...facts],
        on,
      });
    }
  };
  const ways = waysTo(pathway, wishes, ({ evidence }) => evidence.result);
  if (ways.some((stated) => stated.length === 0)) return [];
  add(ways);
  for (const on of daysOf(pathway, wishes)) add(waysTo(pathway, wishes, resultOn(pathway, on)), on);
  return sets
    .toSorted(
      (one, other) =>
        one.clearings.length - other.clearings.length ||
        Number(one.on === undefined) - Number(other.on === undefined),
    )
    .slice(0, 3)
    .map(({ clearings }) => clearings);
}

interface Found {
  readonly stated: readonly Wish[];
  readonly words: string;
  readonly clearings: Clearing[];
  readonly on: LocalDate | undefined;
}

/** Facts in the order of the evidence, each with all that has to be true of it, in the words of the file. */
function factsOf(pathway: Pathway, stated: readonly Wish[]): Clearing[] {
  const byElement = new Map<string, Wish[]>();
  for (const wish of stated) {
    const element = elementOf(wish);
    byElement.set(element, [...(byElement.get(element) ?? []), wish]);
  }
  return [...byElement.values()].flatMap((about) => {
    const [first] = about;
    if (!first) return [];
    const beside = doubtsOf(pathway, about);
    // Once nothing speaks against it, what was observed is as good as what would be.
    const isSaid = beside.length > 0 && about.every(isAsObserved);
    return isSaid ? beside : [factOf(pathway, first, about), ...beside];
  });
}

const isAsObserved = ({ leaf, evidence: { value }, wanted }: Wish): boolean =>
  value !== undefined &&
  !Duration.safeParse(leaf.value).success &&
  judgeLeaf(leaf.operator, value, leaf.value) === (wanted === 'met');

/** What has to be known, so that an observation is believed that nobody can say is valid. */
function doubtsOf(pathway: Pathway, about: readonly Wish[]): Clearing[] {
  const doubts = about.flatMap(({ evidence }) => evidence.doubts ?? []);
  const unknown = doubts.filter(({ result }) => result === 'unknown');
  // What is known to spoil the value stays so: only another value helps.
  if (unknown.length < doubts.length) return [];
  const clearings = unknown.map(({ fact, asks, cause }): Clearing => {
    const ask = pathway.fact(pathway.derived(fact)?.of ?? fact)?.ask;
    return {
      kind: 'fact',
      fact,
      needs: denied(asks),
      ...(cause === undefined ? {} : { cause }),
      role: ask?.role ?? CLINICAL_LEAD,
      ...(ask === undefined ? {} : { within: ask.within }),
    };
  });
  const texts = new Set<string>();
  return clearings.filter((one) => !texts.has(JSON.stringify(one)) && texts.add(JSON.stringify(one)));
}

function factOf(
  pathway: Pathway,
  { leaf: { fact }, evidence: { area } }: Wish,
  about: readonly Wish[],
): Clearing {
  const of = pathway.derived(fact)?.of;
  const { ask, from = [] } = pathway.fact(of ?? fact) ?? {};
  const needs = about.map(({ leaf, wanted }) => (wanted === 'met' ? leaf.name : denied(leaf.name)));
  const cause = about.find(({ evidence }) => evidence.cause !== undefined)?.evidence.cause;
  const spoilt = about.flatMap(({ evidence: { doubts = [] } }) =>
    doubts.filter(({ result }) => result === 'met'),
  );
  const once = [...new Set(spoilt.map(({ fact: by, asks }) => `${by} is ${denied(asks)}`))];
  return {
    kind: 'fact',
    fact,
    ...(area === undefined ? {} : { area }),
    ...(of === undefined ? {} : { of }),
    ...(from.includes('clinician') ? {} : { from }),
    needs: [...new Set(needs), ...(once.length > 0 ? [`measured once ${once.join(' and ')}`] : [])].join(
      ' and ',
    ),
    ...(cause === undefined ? {} : { cause }),
    role: ask?.role ?? CLINICAL_LEAD,
    ...(ask === undefined ? {} : { within: ask.within }),
  };
}

/** The days on which time alone makes a wish come true, the first of them first. */
function daysOf(pathway: Pathway, wishes: Wishes): LocalDate[] {
  const days = allWishes(wishes).flatMap((wish) => {
    if (wish.evidence.result === wish.wanted) return [];
    return edgesOf(pathway, wish).filter((on) => resultOn(pathway, on)(wish) === wish.wanted);
  });
  return [...new Set(days)].sort().slice(0, MOST_DAYS);
}

/** The days ahead on which a date enters or leaves the window that is asked for. */
function edgesOf(pathway: Pathway, { leaf, evidence }: Wish): LocalDate[] {
  const dated = datedOf(leaf.value, evidence);
  if (!dated) return [];
  return [dated.date, leavesWindowOn(dated.date, dated.window)].filter(
    (on) => startOfDay(on, pathway.zone) === evidence.validUntil,
  );
}

function datedOf(asked: unknown, { value }: Evidence): { date: LocalDate; window: Duration } | undefined {
  const window = Duration.safeParse(asked);
  const date = LocalDate.safeParse(value);
  return window.success && date.success ? { date: date.data, window: window.data } : undefined;
}

/**
 * What each leaf will say on a day if nobody says anything new. A fact that goes stale until then leaves an unknown
 * behind, which holds as well.
 */
const resultOn =
  (pathway: Pathway, on: LocalDate) =>
  ({ leaf, evidence }: Wish): Result => {
    if (evidence.result === 'unknown') return 'unknown';
    const at = startOfDay(on, pathway.zone);
    const dated = datedOf(leaf.value, evidence);
    if (!dated)
      return evidence.validUntil !== undefined && evidence.validUntil <= at ? 'unknown' : evidence.result;
    if (isStaleAt(pathway, { leaf, evidence }, at)) return 'unknown';
    return judgeLeaf(leaf.operator, { date: dated.date, today: on }, leaf.value) ? 'met' : 'unmet';
  };

function isStaleAt(
  pathway: Pathway,
  { leaf, evidence: { observedAt } }: Pick<Wish, 'leaf' | 'evidence'>,
  at: Instant,
): boolean {
  const goodFor = pathway.fact(leaf.fact)?.goodFor;
  const taken = leaf.params?.taken;
  return [goodFor, taken && 'within' in taken ? taken.within : undefined].some(
    (limit) =>
      limit !== undefined && observedAt !== undefined && staleFrom(observedAt, limit, pathway.zone) <= at,
  );
}
