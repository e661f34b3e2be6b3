import type { Clinic } from '../pathway/clinic.schema.ts';
import { type CompiledPathway, FORMAT } from '../pathway/compiled.schema.ts';
import { tasksIn } from '../pathway/conditions.ts';
import type { Decider } from '../pathway/decisions.schema.ts';
import type { DerivedDefinition, FactDefinition } from '../pathway/facts.schema.ts';
import { leadsTo } from './bearing.ts';
import { factsIn } from './leaves.ts';
import type { LoweredCourse } from './lower-pathway.ts';
import type { Rules } from './lower-rule-set.ts';
import { BIRTH } from './lower-stage.ts';
import type { PathwayFile } from './pathway.schema.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Parts {
  readonly clinic: Clinic;
  readonly facts: readonly FactDefinition[];
  /** Of the rule sets that the pathway uses. */
  readonly rules: Rules;
  readonly pathway: PathwayFile;
  readonly course: LoweredCourse;
  readonly vocabulary: Vocabulary;
  readonly texts: CompiledPathway['texts'];
}

/** That decides, or whose answer somebody confirms. */
const tableOf = (by: Decider): string | undefined =>
  by.kind === 'table' ? by.table : by.kind === 'roles' ? by.confirms : undefined;

/** One pathway with the rules that bear on it, and the facts that anything of it asks or records: no more. */
export function assemble(parts: Parts): CompiledPathway {
  const { clinic, facts, rules, pathway, course, vocabulary, texts } = parts;
  const { stages, choices, intervals: own } = course;
  const bound = new Set([
    ...[...stages, ...choices].flatMap(({ table }) => table?.table ?? []),
    ...course.decisions.flatMap(({ by }) => tableOf(by) ?? []),
  ]);
  const tables = rules.tables.filter(({ rule }) => bound.has(rule));
  const intervals = [
    ...rules.intervals.filter((interval) => stages.some((stage) => leadsTo(interval, stage))),
    ...own,
  ];
  const used = { ...rules, tables, intervals };
  const asking = [...askedByRules(used), ...askedByWork(course, clinic)];
  const derived = derivedIn(vocabulary);
  const names = withWhatTheyRestOn([...asking, ...recorded(used, course)], facts, derived);
  return {
    format: FORMAT,
    pathway: pathway.pathway,
    version: pathway.version,
    title: pathway.title,
    clinic,
    team: pathway.team,
    ...course,
    facts: facts.filter(({ fact }) => names.has(fact)),
    derived: derived.filter((one) => names.has(one.derived)),
    procedures: Object.fromEntries(
      [...(vocabulary.procedures ?? [])].map(([procedure, traits]) => [procedure, [...traits]]),
    ),
    ...used,
    texts,
  };
}

function askedByRules({ contraindications, eligibility, tables, intervals, alerts }: Rules): string[] {
  const conditions = [
    ...[...contraindications, ...eligibility, ...alerts].map(({ when }) => when),
    ...alerts.flatMap((alert) => alert.do.flatMap(({ onlyWhen }) => onlyWhen ?? [])),
    ...tables.flatMap(({ rows }) => rows.map(({ when }) => when)),
    ...intervals.flatMap(({ onlyWhen }) => onlyWhen ?? []),
  ];
  const anchors = intervals.flatMap(({ from }) => (from.kind === 'fact' ? [from.fact] : []));
  return [...conditions.flatMap(factsIn), ...anchors];
}

/** Also by ladders that nothing here uses: the clinic is carried along whole. */
function askedByWork(course: LoweredCourse, { ladders }: Clinic): string[] {
  const { stages, decisions, choices, goals } = course;
  const objectives = goals.flatMap((goal) => goal.objectives);
  const conditions = [
    ...tasksIn(course).flatMap(({ needs, onlyWhen }) => [needs, onlyWhen]),
    ...stages.flatMap(({ untilWhen, onlyWhen }) => [untilWhen, onlyWhen]),
    ...choices.flatMap(({ values }) => values.map(({ offeredWhen }) => offeredWhen)),
    ...objectives.flatMap(({ target, ineffectiveWhen }) => [target, ineffectiveWhen]),
    ...ladders.flatMap(({ rungs }) => rungs.map(({ onlyWhen }) => onlyWhen)),
  ];
  const isByAge = stages.some(({ consent }) => consent?.orGuardianBelow);
  return [
    ...conditions.flatMap((condition) => (condition ? factsIn(condition) : [])),
    ...decisions.flatMap(({ needs }) => needs),
    ...tasksIn(course).flatMap(({ when }) =>
      'due' in when && 'after' in when.due ? (when.due.fact ?? []) : [],
    ),
    ...(isByAge ? [BIRTH] : []),
  ];
}

const recorded = ({ alerts }: Rules, course: LoweredCourse): string[] =>
  [...alerts.flatMap((alert) => alert.do), ...tasksIn(course)].flatMap(({ records }) => records);

/** All that the catalogue has. */
const derivedIn = ({ askables }: Vocabulary): DerivedDefinition[] =>
  [...(askables?.values() ?? [])].flatMap((askable) => askable?.derived ?? []);

/** What is derived rests on its base, and what is believed on the facts that could make it invalid. */
function withWhatTheyRestOn(
  names: readonly string[],
  facts: readonly FactDefinition[],
  derived: readonly DerivedDefinition[],
): ReadonlySet<string> {
  const bases = new Map(derived.map((one) => [one.derived, one.of]));
  const doubts = new Map(facts.map(({ fact, notValidWhen }) => [fact, notValidWhen]));
  const found = new Set<string>();
  const ahead = [...names];
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const base = bases.get(name);
    if (base !== undefined) ahead.push(base);
    const notValidWhen = doubts.get(name);
    if (notValidWhen) ahead.push(...factsIn(notValidWhen));
  }
  return found;
}
