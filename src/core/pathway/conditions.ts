import { Rule } from 'json-rules-engine';
import { Defect } from '../model/failure.ts';
import type { Duration } from '../model/primitives.schema.ts';
import { fits } from '../rules/operators.ts';
import { type Areas, areasOf } from './areas.ts';
import type { CompiledPathway } from './compiled.schema.ts';
import type { DerivedDefinition, FactDefinition, LoweredCondition, LoweredLeaf } from './facts.schema.ts';
import type { TaskDefinition } from './work.schema.ts';

/** What `params.area` may say beside the name of a site. */
export const ANY_AREA = 'any area of this stage';
const AREA_WORDS: readonly string[] = ['treatment', 'donor', ANY_AREA];

/** Everything that a condition can ask of, by name. */
interface Catalogue {
  readonly facts: ReadonlyMap<string, FactDefinition>;
  readonly derived: ReadonlyMap<string, DerivedDefinition>;
  readonly areas: Areas;
}

/**
 * That every condition of a compiled pathway can be judged: json-rules-engine parses it, each leaf asks what can be
 * asked of its fact, and no fact's validity hangs on itself.
 * @throws Defect when the compiled form breaks what the compiler promises
 */
export function assertConditions(compiled: CompiledPathway): void {
  const catalogue: Catalogue = {
    facts: new Map(compiled.facts.map((fact) => [fact.fact, fact])),
    derived: new Map(compiled.derived.map((one) => [one.derived, one])),
    areas: areasOf(compiled.clinic.areas),
  };
  assertDerived(compiled, catalogue);
  for (const [owner, when] of conditionsOf(compiled)) {
    assertRule(owner, when);
    const leaves = leavesOf(when);
    for (const leaf of leaves) assertLeaf(owner, leaf, catalogue);
    assertTogether(owner, leaves, catalogue);
  }
  for (const { fact } of compiled.facts) assertValidity(fact, [], catalogue);
}

/** Every condition, with the name of what it stands in. */
export function conditionsOf(
  compiled: CompiledPathway,
): (readonly [owner: string, when: LoweredCondition])[] {
  return [
    ...[...compiled.contraindications, ...compiled.eligibility, ...compiled.alerts].map(
      ({ rule, when }) => [rule, when] as const,
    ),
    ...compiled.alerts.flatMap(({ rule, do: calls }) =>
      calls.flatMap(({ onlyWhen }) => (onlyWhen ? [[rule, onlyWhen] as const] : [])),
    ),
    ...compiled.tables.flatMap(({ rule, rows }) => rows.map(({ when }) => [rule, when] as const)),
    ...compiled.intervals.flatMap(({ rule, onlyWhen }) => (onlyWhen ? [[rule, onlyWhen] as const] : [])),
    ...compiled.choices.flatMap(({ choice, values }) =>
      values.flatMap(({ offeredWhen }) => (offeredWhen ? [[choice, offeredWhen] as const] : [])),
    ),
    ...compiled.stages.flatMap(({ stage, untilWhen, onlyWhen }) =>
      [untilWhen, onlyWhen].flatMap((when) => (when ? [[stage, when] as const] : [])),
    ),
    ...tasksIn(compiled).flatMap(({ task, needs, onlyWhen }) =>
      [needs, onlyWhen].flatMap((when) => (when ? [[task, when] as const] : [])),
    ),
    ...compiled.goals.flatMap(({ objectives }) =>
      objectives.flatMap(({ objective, target, ineffectiveWhen }) =>
        [target, ineffectiveWhen].flatMap((when) => (when ? [[objective, when] as const] : [])),
      ),
    ),
    ...compiled.clinic.ladders.flatMap(({ ladder, rungs }) =>
      rungs.flatMap(({ onlyWhen }) => (onlyWhen ? [[ladder, onlyWhen] as const] : [])),
    ),
    ...compiled.facts.flatMap(({ fact, notValidWhen }) =>
      notValidWhen ? [[fact, notValidWhen] as const] : [],
    ),
  ];
}

/** Every task that a pathway defines, wherever it stands. */
export const tasksIn = ({
  consultation,
  assessment,
  stages,
  exits,
  maintenance,
  alongside,
}: Pick<
  CompiledPathway,
  'consultation' | 'assessment' | 'stages' | 'exits' | 'maintenance' | 'alongside'
>): TaskDefinition[] => [
  ...consultation,
  ...assessment,
  ...stages.flatMap(({ beforeEach, prep = [], closure, recovery, afterEach, period }) => [
    ...[...beforeEach, ...prep, ...(period?.tasks ?? [])],
    ...[...closure, ...recovery, ...afterEach],
  ]),
  ...Object.values(exits).flatMap(({ tasks }) => tasks),
  ...maintenance.flatMap(({ tasks }) => tasks),
  ...alongside,
];

/** The leaves of a condition, in the order in which they are judged. */
export const leavesOf = (condition: LoweredCondition): LoweredLeaf[] => {
  if ('fact' in condition) return [condition];
  if ('not' in condition) return leavesOf(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(leavesOf);
};

/** json-rules-engine's own parser has the last word on what a condition is. */
function assertRule(name: string, conditions: LoweredCondition): void {
  if ('fact' in conditions) throw new Defect(`rule ${name}: a condition begins with all, any or not`);
  new Rule({ name, conditions, event: { type: name } });
}

/** What json-rules-engine would notice only when it judges, or never. */
function assertLeaf(rule: string, leaf: LoweredLeaf, { facts, derived, areas }: Catalogue): void {
  const base = facts.get(derived.get(leaf.fact)?.of ?? leaf.fact);
  if (!base) throw new Defect(`rule ${rule}: no fact is called ${leaf.fact}`);
  const kind = facts.has(leaf.fact) ? base.is : ({ kind: 'derived' } as const);
  if (!fits(leaf, kind))
    throw new Defect(`rule ${rule}: ${leaf.fact} (${kind.kind}) cannot be asked ${leaf.operator}`);
  const { area, taken } = leaf.params ?? {};
  if (area !== undefined && !(base.byArea && (AREA_WORDS.includes(area) || areas.sites.includes(area))))
    throw new Defect(`rule ${rule}: ${leaf.fact} cannot be asked of ${area}`);
  if (taken && 'within' in taken) assertCountable(rule, taken.within);
}

/** Working days are counted in tasks, never in the age of a fact. */
function assertCountable(owner: string, { unit }: Duration): void {
  if (unit === 'working day') throw new Defect(`${owner}: the age of a fact is not counted in working days`);
}

/**
 * Evidence has one entry for each site of a leaf, and is read back by fact and sentence: the same sentence about the
 * same fact must ask the same. And a condition is judged once for each place that its facts differ in: of two areas
 * at most, for the places of several multiply.
 */
function assertTogether(rule: string, leaves: readonly LoweredLeaf[], { facts, derived }: Catalogue): void {
  const params = new Map<string, string>();
  const areas = new Set<string>();
  for (const { fact, name, params: asked = {} } of leaves) {
    const base = facts.get(derived.get(fact)?.of ?? fact);
    if (!base?.byArea) continue;
    const text = JSON.stringify([asked.area, asked.taken]);
    const key = JSON.stringify([fact, name]);
    if ((params.get(key) ?? text) !== text)
      throw new Defect(`rule ${rule}: ${fact} is asked "${name}" in two ways`);
    params.set(key, text);
    if (base.is.kind !== 'findings') areas.add(asked.area ?? '');
  }
  if (areas.size > 2) throw new Defect(`rule ${rule}: it asks of more than two areas`);
}

function assertDerived({ facts, derived }: CompiledPathway, catalogue: Catalogue): void {
  const names = [...facts.map(({ fact }) => fact), ...derived.map((one) => one.derived)];
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) throw new Defect(`two facts are called ${repeated}`);
  for (const { derived: name, of } of derived) {
    const kind = catalogue.facts.get(of)?.is.kind;
    if (kind !== 'number' && kind !== 'grade') throw new Defect(`${name}: ${of} is no number`);
  }
  for (const { fact, goodFor } of facts) if (goodFor) assertCountable(fact, goodFor);
}

/** Whether an observation is valid hangs on other facts, whose validity may hang on others: never on itself. */
function assertValidity(fact: string, above: readonly string[], { facts, derived, areas }: Catalogue): void {
  if (above.includes(fact)) throw new Defect(`whether ${fact} is valid hangs on itself`);
  const when = facts.get(fact)?.notValidWhen;
  for (const leaf of when ? leavesOf(when) : [])
    assertValidity(derived.get(leaf.fact)?.of ?? leaf.fact, [...above, fact], { facts, derived, areas });
}
