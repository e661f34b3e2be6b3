import { leavesOf } from '../pathway/conditions.ts';
import type { DerivedDefinition, LoweredCondition, LoweredLeaf } from '../pathway/facts.schema.ts';
import type { Contraindication } from '../pathway/rules.schema.ts';
import type { Catalogue } from './cells.ts';
import type { Finding, Looked, Subject } from './finding.ts';
import { Space } from './space.ts';

/** Pairs of rules that are compared; of more, those that stand first. */
const MOST_PAIRS = 5_000;

/** Contraindications beside one another, and whether what they hold is ever released. */
export function checkHolds(rules: readonly Contraindication[], catalogue: Catalogue): Looked {
  const pairs = related(rules);
  const cut = `not all pairs of contraindications: ${pairs.length}, and ${MOST_PAIRS} are compared`;
  return {
    findings: [
      ...rules.flatMap((rule) => neverReleased(rule, catalogue)),
      ...pairs.slice(0, MOST_PAIRS).flatMap((pair) => shadowed(pair, catalogue)),
    ],
    explored: pairs.length > MOST_PAIRS ? [cut] : [],
  };
}

/** Those that ask about a fact in common: else the one cannot mean that the other holds. */
function related(rules: readonly Contraindication[]): Pair[] {
  const asked = rules.map(({ when }) => new Set(leavesOf(when).map(({ fact }) => fact)));
  return rules.flatMap((rule, index) =>
    rules.flatMap((other, at): Pair[] => {
      const isRelated = at !== index && [...(asked[at] ?? [])].some((fact) => asked[index]?.has(fact));
      return isRelated ? [{ rule, other, isLater: index > at }] : [];
    }),
  );
}

interface Pair {
  readonly rule: Contraindication;
  readonly other: Contraindication;
  readonly isLater: boolean;
}

function shadowed({ rule, other, isLater }: Pair, catalogue: Catalogue): Finding[] {
  if (!isCovered(rule, other)) return [];
  const space = new Space([rule.when, other.when], catalogue);
  if (!space.implies(rule.when, other.when)) return [];
  const at = placeOf(rule);
  if (rule.override && other.override === undefined) {
    const says = `setting \`${rule.rule}\` aside opens nothing: whenever it holds, \`${other.rule}\` does too, and nobody may set that aside`;
    const help = `drop the override, or let \`${other.rule}\` say less`;
    return [{ code: 'CC1219', severity: 'warning', at: { ...at, path: ['override'] }, says, help }];
  }
  const isSame = space.implies(other.when, rule.when);
  if (!addsNothing(rule, other) || (isSame && addsNothing(other, rule) && !isLater)) return [];
  const says = `\`${rule.rule}\` changes nothing: whenever it holds, \`${other.rule}\` does too, and says as much`;
  return [{ code: 'CC1218', severity: 'warning', at, says }];
}

/** Every gate that the one keeps closed, the other does. */
const isCovered = (rule: Contraindication, other: Contraindication): boolean =>
  rule.stops.every((gate) => other.stops.includes(gate)) &&
  (other.of.length === 0 || (rule.of.length > 0 && rule.of.every((name) => other.of.includes(name))));

function addsNothing(rule: Contraindication, other: Contraindication): boolean {
  const isNoStronger = rule.strength === 'relative' || other.strength === 'absolute';
  const isAsOpen =
    other.override === undefined || JSON.stringify(rule.override) === JSON.stringify(other.override);
  const isAsCareful = rule.ifUnknown === 'accept' || other.ifUnknown === 'hold';
  return (
    isNoStronger &&
    isAsOpen &&
    isAsCareful &&
    rule.response === other.response &&
    (rule.clears.by === 'facts' || JSON.stringify(rule.clears) === JSON.stringify(other.clears)) &&
    rule.tell.every((role) => other.tell.includes(role)) &&
    (rule.say === undefined || other.say !== undefined)
  );
}

/** Postponed is what comes back: a hold that stays whatever becomes known postpones for ever. */
function neverReleased(rule: Contraindication, catalogue: Catalogue): Finding[] {
  const { when, response, override, clears } = rule;
  const isSigned = clears.by === 'signature' && rule.strength === 'relative';
  if (response !== 'postponement' || override || isSigned || !staysMet(when, catalogue)) return [];
  const says = `nothing releases \`${rule.rule}\` once it holds: what it asks stays so, and nobody may set it aside`;
  const help = 'write `then: referral` or `then: conservative`; or, where it is relative, an override';
  return [{ code: 'CC1205', severity: 'warning', at: { ...placeOf(rule), path: ['then'] }, says, help }];
}

function staysMet(condition: LoweredCondition, catalogue: Catalogue): boolean {
  if ('fact' in condition) return isForGood(condition, catalogue);
  if ('not' in condition) return false;
  return ('all' in condition ? condition.all : condition.any).every((one) => staysMet(one, catalogue));
}

/** An age only grows, and so does the sum of what is never less than nothing. */
function isForGood({ fact, operator }: LoweredLeaf, { facts, derived }: Catalogue): boolean {
  const definition = facts.find((one) => one.fact === fact);
  if (definition) return definition.is.kind === 'date' && !definition.goodFor && operator === 'atLeastAgo';
  const sum = derived.find((one) => one.derived === fact);
  const base = facts.find((one) => one.fact === sum?.of)?.is;
  const grows = isSum(sum) && base !== undefined && 'from' in base && base.from >= 0;
  return grows && operator.startsWith('greaterThan');
}

const isSum = (derived: DerivedDefinition | undefined): boolean => derived?.way.kind === 'sum';

const placeOf = ({ rule }: Contraindication): Subject => ({ kind: 'contraindication', name: rule });
