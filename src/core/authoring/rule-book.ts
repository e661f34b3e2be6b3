import type { Clinic } from '../pathway/clinic.schema.ts';
import type { DerivedDefinition, FactDefinition } from '../pathway/facts.schema.ts';
import { CatalogueFile } from './catalogue.schema.ts';
import { ClinicFile } from './clinic.schema.ts';
import { open } from './issues.ts';
import { lowerCatalogue } from './lower-catalogue.ts';
import { lowerClinic } from './lower-clinic.ts';
import { lowerRuleSet, type Rules } from './lower-rule-set.ts';
import type { Problem } from './problem.ts';
import { RuleSetFile } from './rule-set.schema.ts';
import type { SourceFile } from './source.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** A clinic, its catalogue and all its rule sets, of no pathway. */
export interface RuleBookSources {
  readonly clinic: SourceFile;
  readonly catalogue: SourceFile;
  readonly ruleSets: readonly SourceFile[];
}

export interface RuleBook {
  readonly clinic: Clinic;
  readonly facts: readonly FactDefinition[];
  readonly derived: readonly DerivedDefinition[];
  readonly procedures: ReadonlyMap<string, readonly string[]>;
  readonly sites: readonly string[];
  readonly ruleSets: ReadonlyMap<string, Rules>;
  readonly vocabulary: Vocabulary;
}

/** @returns the book, or every problem of its files */
export function openRuleBook(sources: RuleBookSources): {
  readonly book?: RuleBook;
  readonly problems: readonly Problem[];
} {
  const clinic = open(ClinicFile, sources.clinic);
  const catalogue = open(CatalogueFile, sources.catalogue);
  const opened = sources.ruleSets.map((file) => open(RuleSetFile, file));
  const files = opened.flatMap(({ value }) => value ?? []);
  const vocabulary = vocabularyOf({
    clinic: clinic.value,
    catalogue: catalogue.value,
    ruleSets: files.length === opened.length ? files : undefined,
    pathway: undefined,
  });
  const lowered = clinic.value && lowerClinic(clinic.value, vocabulary, clinic.report);
  const facts = catalogue.value && lowerCatalogue(catalogue.value, vocabulary, catalogue.report);
  const ruleSets = opened.flatMap(({ value, report }) =>
    value ? [[value.ruleSet, lowerRuleSet(value, vocabulary, report)] as const] : [],
  );
  const problems = [clinic, catalogue, ...opened].flatMap((one) => one.problems);
  const { procedures, sites, askables } = vocabulary;
  if (problems.length > 0 || !lowered || !facts || !procedures || !sites) return { problems };
  const derived = [...(askables?.values() ?? [])].flatMap((askable) => askable?.derived ?? []);
  const book = {
    clinic: lowered,
    facts,
    derived,
    procedures,
    sites,
    ruleSets: new Map(ruleSets),
    vocabulary,
  };
  return { book, problems };
}
