import type { CompiledPathway } from '../pathway/compiled.schema.ts';
import type { FactDefinition, LoweredCondition } from '../pathway/facts.schema.ts';
import type { Contraindication } from '../pathway/rules.schema.ts';
import { CatalogueFile } from './catalogue.schema.ts';
import { ClinicFile } from './clinic.schema.ts';
import { type Opened, open } from './issues.ts';
import { lowerCatalogue } from './lower-catalogue.ts';
import { lowerClinic } from './lower-clinic.ts';
import { type LoweredCourse, lowerPathway } from './lower-pathway.ts';
import { lowerRuleSet } from './lower-rule-set.ts';
import { PathwayFile } from './pathway.schema.ts';
import { type Problem, Refused } from './problem.ts';
import { RuleSetFile } from './rule-set.schema.ts';
import type { SourceFile } from './source.ts';
import { vocabularyOf } from './vocabulary.ts';

/** One pathway with all the files that it may name. */
export interface PathwaySources {
  readonly clinic: SourceFile;
  readonly catalogue: SourceFile;
  readonly ruleSets: readonly SourceFile[];
  readonly pathway: SourceFile;
}

export interface Compilation {
  /** Undefined when there is any problem. */
  readonly compiled?: CompiledPathway;
  /** Of all files, in the order of the files and of their lines. */
  readonly problems: readonly Problem[];
}

/**
 * Makes one immutable form of a pathway, its rules, its catalogue and its clinic. Nothing is accepted that is not
 * executed: whatever a file holds beside that is a problem, and all problems of all files are found in one go.
 */
export function compilePathway(sources: PathwaySources): Compilation {
  const clinic = open(ClinicFile, sources.clinic);
  const catalogue = open(CatalogueFile, sources.catalogue);
  const ruleSets = sources.ruleSets.map((file) => open(RuleSetFile, file));
  const pathway = open(PathwayFile, sources.pathway);
  const vocabulary = vocabularyOf({
    clinic: clinic.value,
    catalogue: catalogue.value,
    ruleSets: namesOf(ruleSets),
  });
  checkRuleNames(ruleSets);
  const parts = {
    clinic: clinic.value && lowerClinic(clinic.value, clinic.report),
    facts: catalogue.value && lowerCatalogue(catalogue.value, vocabulary, catalogue.report),
    rules: ruleSets.flatMap(({ value, report }) => (value ? lowerRuleSet(value, vocabulary, report) : [])),
    pathway: pathway.value,
    course: pathway.value && lowerPathway(pathway.value, vocabulary, pathway.report),
  };
  const problems = [clinic, catalogue, ...ruleSets, pathway].flatMap((opened) => inOrder(opened.problems));
  const compiled = problems.length === 0 ? assemble(parts) : undefined;
  return compiled ? { compiled, problems } : { problems };
}

/** Undefined while one of them could not be read: it may be the one that a pathway names. */
function namesOf(ruleSets: readonly Opened<RuleSetFile>[]): string[] | undefined {
  const names = ruleSets.flatMap(({ value }) => value?.ruleSet ?? []);
  return names.length === ruleSets.length ? names : undefined;
}

/** A plan knows its holds by the names of their rules: no two rules share one, whichever file they stand in. */
function checkRuleNames(ruleSets: readonly Opened<RuleSetFile>[]): void {
  const seen = { sets: new Set<string>(), rules: new Set<string>() };
  for (const { value, report } of ruleSets) {
    if (!value) continue;
    if (seen.sets.has(value.ruleSet)) report(['ruleSet'], taken('rule set', value.ruleSet));
    seen.sets.add(value.ruleSet);
    for (const [index, { contraindication }] of value.rules.entries()) {
      if (seen.rules.has(contraindication))
        report(['rules', index, 'contraindication'], taken('rule', contraindication));
      seen.rules.add(contraindication);
    }
  }
}

const taken = (kind: string, name: string): Refused =>
  new Refused('CC1047', `there is a ${kind} \`${name}\` already`);

const inOrder = (problems: readonly Problem[]): Problem[] =>
  problems.toSorted((one, other) => one.line - other.line || one.column - other.column);

interface Parts {
  readonly clinic: CompiledPathway['clinic'] | undefined;
  readonly facts: readonly FactDefinition[] | undefined;
  readonly rules: readonly Contraindication[];
  readonly pathway: PathwayFile | undefined;
  readonly course: LoweredCourse | undefined;
}

function assemble({ clinic, facts, rules, pathway, course }: Parts): CompiledPathway | undefined {
  if (!clinic || !facts || !pathway || !course) return undefined;
  const contraindications = rules.filter(({ ruleSet }) => pathway.uses.includes(ruleSet));
  const used = new Set([...contraindications.flatMap(({ when }) => factsIn(when)), ...recordedIn(course)]);
  return {
    format: 2,
    pathway: pathway.pathway,
    version: pathway.version,
    title: pathway.title,
    clinic,
    team: pathway.team,
    facts: facts.filter(({ fact }) => used.has(fact)),
    areas: {},
    derived: [],
    procedures: {},
    contraindications,
    eligibility: [],
    tables: [],
    intervals: [],
    alerts: [],
    ...course,
  };
}

function factsIn(condition: LoweredCondition): string[] {
  if ('fact' in condition) return [condition.fact];
  if ('not' in condition) return factsIn(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(factsIn);
}

const recordedIn = ({ consultation, assessment, stages }: LoweredCourse): string[] =>
  [
    ...consultation,
    ...assessment,
    ...stages.flatMap(({ closure, recovery }) => [...closure, ...recovery]),
  ].flatMap(({ records }) => records);
