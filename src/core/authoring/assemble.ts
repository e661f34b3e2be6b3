import type { Clinic } from '../pathway/clinic.schema.ts';
import { type CompiledPathway, FORMAT } from '../pathway/compiled.schema.ts';
import type { ExitDefinition } from '../pathway/decisions.schema.ts';
import type { DerivedDefinition, FactDefinition } from '../pathway/facts.schema.ts';
import { leadsTo } from './bearing.ts';
import { factsIn } from './leaves.ts';
import type { LoweredCourse } from './lower-pathway.ts';
import type { Rules } from './lower-rule-set.ts';
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
}

const EXIT = {
  reviewEvery: { count: 30, unit: 'day' },
  closesAfter: { count: 6, unit: 'month' },
  returnsTo: 'where it left',
  tasks: [],
} satisfies ExitDefinition;
const EXITS = { 'further-evaluation': EXIT, conservative: EXIT, referral: EXIT, postponement: EXIT };

/** One pathway with the rules that bear on it, and the facts that anything of it asks or records: no more. */
export function assemble({ clinic, facts, rules, pathway, course, vocabulary }: Parts): CompiledPathway {
  const { stages, intervals: own } = course;
  const bound = new Set(stages.flatMap(({ table }) => table?.table ?? []));
  const tables = rules.tables.filter(({ rule }) => bound.has(rule));
  const intervals = [
    ...rules.intervals.filter((interval) => stages.some((stage) => leadsTo(interval, stage))),
    ...own,
  ];
  const used = { ...rules, tables, intervals };
  const derived = derivedIn(asked(used), vocabulary);
  const names = withWhatTheyRestOn([...asked(used), ...recorded(used, course)], facts, derived);
  return {
    format: FORMAT,
    pathway: pathway.pathway,
    version: pathway.version,
    title: pathway.title,
    clinic,
    team: pathway.team,
    ...course,
    decidedIn: { consultation: [], assessment: [] },
    course: stages.map(({ stage }) => ({ kind: 'stage', name: stage })),
    decisions: [],
    exits: EXITS,
    facts: facts.filter(({ fact }) => names.has(fact)),
    derived,
    procedures: Object.fromEntries(
      [...(vocabulary.procedures ?? [])].map(([procedure, traits]) => [procedure, [...traits]]),
    ),
    ...used,
  };
}

function asked({ contraindications, eligibility, tables, intervals, alerts }: Rules): string[] {
  const conditions = [
    ...[...contraindications, ...eligibility, ...alerts].map(({ when }) => when),
    ...tables.flatMap(({ rows }) => rows.map(({ when }) => when)),
    ...intervals.flatMap(({ onlyWhen }) => onlyWhen ?? []),
  ];
  const anchors = intervals.flatMap(({ from }) => (from.kind === 'fact' ? [from.fact] : []));
  return [...conditions.flatMap(factsIn), ...anchors];
}

const recorded = ({ alerts }: Rules, { consultation, assessment, stages }: LoweredCourse): string[] =>
  [
    ...alerts.flatMap((alert) => alert.do),
    ...consultation,
    ...assessment,
    ...stages.flatMap(({ closure, recovery }) => [...closure, ...recovery]),
  ].flatMap(({ records }) => records);

function derivedIn(names: readonly string[], { askables }: Vocabulary): DerivedDefinition[] {
  const used = new Set(names);
  return [...(askables ?? [])].flatMap(([name, askable]) =>
    used.has(name) && askable?.derived ? [askable.derived] : [],
  );
}

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
