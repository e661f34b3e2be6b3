import type { CompiledPathway } from '../pathway/compiled.schema.ts';
import { assemble } from './assemble.ts';
import { checkBearing } from './bearing.ts';
import { bindDecisions } from './bind-decisions.ts';
import { CatalogueFile } from './catalogue.schema.ts';
import { ClinicFile } from './clinic.schema.ts';
import { checkFlow } from './course-flow.ts';
import { stagesIn } from './course-items.ts';
import { checkDecidingTables } from './deciding-tables.ts';
import { type Opened, open } from './issues.ts';
import { lowerCatalogue } from './lower-catalogue.ts';
import { lowerClinic } from './lower-clinic.ts';
import { lowerPacks } from './lower-packs.ts';
import { type LoweredCourse, lowerPathway, usedSets } from './lower-pathway.ts';
import { lowerRuleSet, type Rules } from './lower-rule-set.ts';
import { spacingRule } from './lower-spacing.ts';
import type { Packs } from './lower-tasks.ts';
import { lowerTexts, PACKS, type Spoken, type Untranslated } from './lower-texts.ts';
import { PathwayFile } from './pathway.schema.ts';
import { type Problem, Refused } from './problem.ts';
import { kindAndName, RuleSetFile } from './rule-set.schema.ts';
import type { SourceFile } from './source.ts';
import { PacksFile } from './task.schema.ts';
import { TextsFile } from './texts.schema.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** One pathway with all the files that it may name. */
export interface PathwaySources {
  readonly clinic: SourceFile;
  readonly catalogue: SourceFile;
  readonly ruleSets: readonly SourceFile[];
  readonly pathway: SourceFile;
  /** Lists of tasks that several stages share; a clinic may have none. */
  readonly packs?: SourceFile;
  /** Translations, of this pathway and of others. */
  readonly texts?: readonly SourceFile[];
}

export interface Compilation {
  /** Undefined when there is any problem. */
  readonly compiled?: CompiledPathway;
  /** Of all files, in the order of the files and of their lines. */
  readonly problems: readonly Problem[];
  /** What is said to patients in the first language alone, though the clinic speaks others. */
  readonly untranslated: readonly Untranslated[];
}

/**
 * Makes one immutable form of a pathway, its rules, its catalogue and its clinic. Nothing is accepted that is not
 * executed: whatever a file holds beside that is a problem, and all problems of all files are found in one go.
 */
export function compilePathway(sources: PathwaySources): Compilation {
  const clinic = open(ClinicFile, sources.clinic);
  const catalogue = open(CatalogueFile, sources.catalogue);
  const ruleSets = sources.ruleSets.map((file) => open(RuleSetFile, file));
  const packs = sources.packs && open(PacksFile, sources.packs);
  const pathway = open(PathwayFile, sources.pathway);
  const texts = (sources.texts ?? []).map((file) => open(TextsFile, file));
  const vocabulary = vocabularyOf({
    clinic: clinic.value,
    catalogue: catalogue.value,
    ruleSets: allOf(ruleSets),
    pathway: pathway.value,
  });
  checkRuleNames(ruleSets, pathway);
  const ofClinic = clinic.value && lowerClinic(clinic.value, vocabulary, clinic.report);
  const facts = catalogue.value && lowerCatalogue(catalogue.value, vocabulary, catalogue.report);
  const rules = ruleSets.map(({ value, report }) => ({
    isUsed: value !== undefined && pathway.value?.uses.includes(value.ruleSet) === true,
    rules: value ? lowerRuleSet(value, vocabulary, report) : NO_RULES,
  }));
  const used = joined(rules.filter(({ isUsed }) => isUsed).map(({ rules }) => rules));
  const beside = { clinic: clinic.value, packs: packsIn(packs, vocabulary), rules: used };
  const bound = lowerOnto(beside, pathway, vocabulary);
  const spoken = spokenIn({ pathway, ruleSets, packs });
  const said = lowerTexts({ languages: clinic.value && (clinic.value.languages ?? []), spoken, texts });
  const files = [clinic, catalogue, ...ruleSets, ...(packs ? [packs] : []), pathway, ...texts];
  const problems = files.flatMap((opened) => inOrder(opened.problems));
  const { untranslated } = said;
  if (problems.length > 0 || !ofClinic || !facts || !bound || !pathway.value)
    return { problems, untranslated };
  const parts = { ...bound, clinic: ofClinic, facts, pathway: pathway.value, vocabulary, texts: said.texts };
  return { compiled: assemble(parts), problems, untranslated };
}

/** What patients of this pathway read: of the pathway, of the rules that it uses, and of packs. */
function spokenIn({
  pathway: { value },
  ruleSets,
  packs,
}: {
  readonly pathway: Opened<PathwayFile>;
  readonly ruleSets: readonly Opened<RuleSetFile>[];
  readonly packs: Opened<PacksFile> | undefined;
}): Spoken[] {
  if (!value) return [];
  return [
    { name: value.pathway, file: value },
    ...ruleSets.flatMap(({ value: set }) =>
      set && value.uses.includes(set.ruleSet) ? [{ name: set.ruleSet, file: { rules: set.rules } }] : [],
    ),
    ...(packs?.value ? [{ name: PACKS, file: packs.value }] : []),
  ];
}

/** @returns undefined where there is a file of packs that cannot be read */
function packsIn(packs: Opened<PacksFile> | undefined, vocabulary: Vocabulary): Packs {
  if (!packs) return new Map();
  return packs.value && lowerPacks(packs.value, vocabulary, packs.report);
}

/** A pathway's own part, and the rules that it uses with the decisions that they ask in it. */
function lowerOnto(
  {
    rules,
    ...beside
  }: { readonly clinic: ClinicFile | undefined; readonly packs: Packs; readonly rules: Rules },
  { value: file, report }: Opened<PathwayFile>,
  vocabulary: Vocabulary,
): { readonly rules: Rules; readonly course: LoweredCourse } | undefined {
  if (!file) return undefined;
  const { course, leads } = lowerPathway(file, beside, { vocabulary, report });
  checkBearing(rules, course, { file, vocabulary }, report);
  checkDecidingTables(file, { rules, course }, vocabulary, report);
  const bound = bindDecisions(file, { rules, course }, { used: usedSets(file, vocabulary), report });
  const intervals = [...bound.rules.intervals, ...bound.course.intervals];
  checkFlow({ file, course, leads, intervals, alerts: bound.rules.alerts }, report);
  return bound;
}

const NO_RULES: Rules = { contraindications: [], eligibility: [], tables: [], intervals: [], alerts: [] };

const joined = (all: readonly Rules[]): Rules => ({
  contraindications: all.flatMap(({ contraindications }) => contraindications),
  eligibility: all.flatMap(({ eligibility }) => eligibility),
  tables: all.flatMap(({ tables }) => tables),
  intervals: all.flatMap(({ intervals }) => intervals),
  alerts: all.flatMap(({ alerts }) => alerts),
});

/** Undefined while one of them could not be read: it may be the one that a pathway names. */
function allOf(ruleSets: readonly Opened<RuleSetFile>[]): RuleSetFile[] | undefined {
  const files = ruleSets.flatMap(({ value }) => value ?? []);
  return files.length === ruleSets.length ? files : undefined;
}

/**
 * A plan knows its holds by the names of their rules: no two rules share one, whichever file they stand in, and none of
 * a pathway's own intervals has the name of a rule that it uses.
 */
function checkRuleNames(ruleSets: readonly Opened<RuleSetFile>[], pathway: Opened<PathwayFile>): void {
  const seen = { sets: new Set<string>(), rules: new Set<string>(), used: new Set<string>() };
  for (const { value, report } of ruleSets) {
    if (!value) continue;
    if (seen.sets.has(value.ruleSet)) report(['ruleSet'], taken('rule set', value.ruleSet));
    if (value.ruleSet === PACKS) report(['ruleSet'], new Refused('CC1015', ARE_PACKS));
    seen.sets.add(value.ruleSet);
    const isUsed = pathway.value?.uses.includes(value.ruleSet) === true;
    for (const [index, rule] of value.rules.entries()) {
      const [kind, name] = kindAndName(rule);
      if (seen.rules.has(name)) report(['rules', index, kind], taken('rule', name));
      seen.rules.add(name);
      if (isUsed) seen.used.add(name);
    }
  }
  checkPathwayName(pathway, seen.sets);
  for (const { item, path } of pathway.value ? stagesIn(pathway.value) : []) {
    if (!item.spacing) continue;
    const rule = spacingRule(item);
    if (seen.used.has(rule)) pathway.report([...path, 'spacing'], taken('rule', rule), 'key');
    seen.used.add(rule);
  }
  for (const [index, { interval }] of (pathway.value?.intervals ?? []).entries()) {
    if (seen.used.has(interval)) pathway.report(['intervals', index, 'interval'], taken('rule', interval));
    seen.used.add(interval);
  }
}

/** Texts and cases name what they are of by its name alone: a pathway has none that a rule set has, or the packs. */
function checkPathwayName({ value, report }: Opened<PathwayFile>, sets: ReadonlySet<string>): void {
  if (!value) return;
  if (sets.has(value.pathway)) report(['pathway'], taken('rule set', value.pathway));
  if (value.pathway === PACKS) report(['pathway'], new Refused('CC1015', ARE_PACKS));
}

const ARE_PACKS = `\`${PACKS}\` are the clinic's shared lists, and names nothing else`;

const taken = (kind: string, name: string): Refused =>
  new Refused('CC1047', `there is a ${kind} \`${name}\` already`);

const inOrder = (problems: readonly Problem[]): Problem[] =>
  problems.toSorted((one, other) => one.line - other.line || one.column - other.column);
