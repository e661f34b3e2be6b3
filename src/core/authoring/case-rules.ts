import { leavesOf } from '../pathway/conditions.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { Contraindication } from '../pathway/rules.schema.ts';
import type { Rules } from './lower-rule-set.ts';
import type { RuleBook } from './rule-book.ts';

/** A rule by itself, and what a case of it may say. */
export interface KnownRule {
  /** A rule set of it alone. */
  readonly alone: Rules;
  /** Procedures and traits that it speaks of; none: all. */
  readonly of: readonly string[];
  /** What it can say. */
  readonly says: readonly string[];
  /** Of a table: its answers. */
  readonly answers?: readonly string[];
  readonly isInterval: boolean;
  /** Whether it has another answer for another part of the body. */
  readonly asksOfSite: (book: RuleBook) => boolean;
}

const NONE: Rules = { contraindications: [], eligibility: [], tables: [], intervals: [], alerts: [] };

const OF_A_CONDITION = ['met', 'unmet', 'unknown'];

/** The rules of a set by their names. */
export function rulesIn(rules: Rules): ReadonlyMap<string, KnownRule> {
  const known = new Map<string, KnownRule>();
  const add = (rule: string, one: Omit<KnownRule, 'isInterval'>, isInterval = false) =>
    known.set(rule, { ...one, isInterval });
  for (const one of rules.contraindications)
    add(one.rule, {
      ...{ alone: { ...NONE, contraindications: [atAGate(one)] }, of: one.of },
      ...{ says: OF_A_CONDITION, asksOfSite: asking([one.when]) },
    });
  for (const one of rules.eligibility)
    add(one.rule, {
      ...{ alone: { ...NONE, eligibility: [one] }, of: [] },
      ...{ says: OF_A_CONDITION, asksOfSite: asking([one.when]) },
    });
  for (const one of rules.alerts)
    add(one.rule, {
      ...{ alone: { ...NONE, alerts: [one] }, of: one.of },
      ...{ says: [...OF_A_CONDITION, 'not watching'], asksOfSite: asking([one.when]) },
    });
  for (const one of rules.tables) {
    const { answers } = one;
    const asksOfSite = asking(one.rows.map(({ when }) => when));
    add(one.rule, {
      ...{ alone: { ...NONE, tables: [one] }, of: [], asksOfSite },
      ...{ says: [...answers, 'unknown', 'none'], answers },
    });
  }
  for (const one of rules.intervals) {
    const { to, from, area } = one;
    const isOfSite = ({ facts }: RuleBook): boolean =>
      area === 'same' || (from.kind === 'fact' && isByArea(facts, from.fact));
    const says = ['open', 'too early', 'too late', 'unknown'];
    const of = to.kind === 'procedure' ? [to.of] : [];
    add(one.rule, { alone: { ...NONE, intervals: [one] }, of, says, asksOfSite: isOfSite }, true);
  }
  return known;
}

/** A case asks what a rule says, whatever that stops: one that stops home care alone is asked at a gate, too. */
function atAGate(rule: Contraindication): Contraindication {
  const stopsCareAlone = rule.stops.every((gate) => gate === 'care');
  return stopsCareAlone ? { ...rule, of: [], stops: ['procedure'] } : rule;
}

const isByArea = (facts: RuleBook['facts'], fact: string): boolean =>
  facts.some((one) => one.fact === fact && one.byArea);

/** Whether a fact that is known by area is asked of anything but one part of the body by name. */
const asking =
  (all: readonly LoweredCondition[]) =>
  ({ facts, sites }: RuleBook): boolean =>
    all
      .flatMap(leavesOf)
      .some(({ fact, params }) => isByArea(facts, fact) && !sites.includes(params?.area ?? ''));

/** The first procedure that a rule speaks of, by its name or by a trait. */
export function procedureOf({ of }: Pick<KnownRule, 'of'>, { procedures }: RuleBook): string {
  const all = [...procedures];
  const [spoken] =
    all.find(([name, traits]) => of.length === 0 || of.some((one) => one === name || traits.includes(one))) ??
    [];
  return spoken ?? all[0]?.[0] ?? 'procedure';
}
