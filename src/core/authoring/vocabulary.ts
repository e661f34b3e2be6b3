import type { Code } from '../model/codes.ts';
import { areasOf } from '../pathway/areas.ts';
import { CLINICAL_LEAD, COORDINATOR, PATIENT_ROLES } from '../pathway/roles.ts';
import { type Askables, askablesOf, factsOf } from './askable.ts';
import type { CatalogueFile } from './catalogue.schema.ts';
import { areasIn, type ClinicFile } from './clinic.schema.ts';
import type { Report } from './issues.ts';
import { didYouMean } from './nearest.ts';
import type { PathwayFile } from './pathway.schema.ts';
import { Refused } from './problem.ts';
import { kindAndName, type Rule, type RuleSetFile } from './rule-set.schema.ts';
import type { Path } from './source.ts';

/** The names that files give one another. Undefined where the file that gives them could not be read. */
export interface Vocabulary {
  readonly roles: readonly string[] | undefined;
  readonly ladders: readonly string[] | undefined;
  /** Every part of the body that has a name. */
  readonly sites: readonly string[] | undefined;
  /** What can be recorded. */
  readonly facts: Askables | undefined;
  /** What a test can ask: the facts, and what is derived of them. */
  readonly askables: Askables | undefined;
  /** The traits of each procedure. */
  readonly procedures: ReadonlyMap<string, readonly string[]> | undefined;
  readonly ruleSets: ReadonlyMap<string, RuleSetNames> | undefined;
  /** Home care that the catalogue names. */
  readonly care: readonly string[] | undefined;
  /** What the clinic's own list says of each product; undefined: it has no list, or cannot be read. */
  readonly products: ReadonlyMap<string, string | undefined> | undefined;
  /** The choice of each value of the pathway. */
  readonly values: ReadonlyMap<string, string> | undefined;
}

/** What a pathway may name of a rule set that it uses. */
export interface RuleSetNames {
  /** The kind of each rule; an interval that nothing can be late for is none that a decision could be asked by. */
  readonly rules: ReadonlyMap<string, RuleKind>;
  /** The answers of each table. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  /** The facts that each table asks. */
  readonly asked: ReadonlyMap<string, readonly string[]>;
  /** The citation of each source. */
  readonly sources: ReadonlyMap<string, string>;
}

export type RuleKind = ReturnType<typeof kindOf>;

export function vocabularyOf(files: {
  readonly clinic: ClinicFile | undefined;
  readonly catalogue: CatalogueFile | undefined;
  /** Undefined while one of them could not be read: it may be the one that a pathway names. */
  readonly ruleSets: readonly RuleSetFile[] | undefined;
  readonly pathway: PathwayFile | undefined;
}): Vocabulary {
  const { clinic, catalogue, ruleSets, pathway } = files;
  const procedures = catalogue?.procedures.map(({ procedure, traits = [] }) => [procedure, traits] as const);
  const facts = catalogue && factsOf(catalogue);
  return {
    roles: clinic && rolesOf(clinic),
    ladders: clinic?.ladders.map(({ ladder }) => ladder),
    sites: clinic && areasOf(areasIn(clinic)).sites,
    facts,
    askables: catalogue && facts && askablesOf(catalogue, facts),
    procedures: procedures && new Map(procedures),
    ruleSets: ruleSets && new Map(ruleSets.map((file) => [file.ruleSet, namesIn(file)])),
    care: catalogue && (catalogue.care ?? []),
    products: clinic?.products && new Map(clinic.products.map(({ product, note }) => [product, note])),
    values:
      pathway &&
      new Map(
        (pathway.choices ?? []).flatMap(({ choice, values }) =>
          Object.keys(values).map((value) => [value, choice] as const),
        ),
      ),
  };
}

const namesIn = ({ rules, sources }: RuleSetFile): RuleSetNames => ({
  rules: new Map(rules.map((rule) => [kindAndName(rule)[1], kindOf(rule)])),
  tables: new Map(rules.flatMap((rule) => ('table' in rule ? [[rule.table, rule.answers] as const] : []))),
  asked: new Map(
    rules.flatMap((rule) => ('table' in rule ? [[rule.table, factsAskedBy(rule)] as const] : [])),
  ),
  sources: citationsOf(sources),
});

const factsAskedBy = ({ rows }: Extract<Rule, { table: unknown }>): string[] => [
  ...new Set(rows.flatMap(({ tests }) => tests.map(({ fact }) => fact))),
];

function kindOf(rule: Rule) {
  if ('alert' in rule) return 'alert';
  if (!('interval' in rule)) return 'other';
  return rule.latest ? 'interval that can be late' : 'interval';
}

export const citationsOf = (sources: RuleSetFile['sources']): ReadonlyMap<string, string> =>
  new Map(sources.map(({ source, cite }) => [source, cite]));

/** Roles that every clinic needs count as known: where one is missing, that is said once. */
export const NEEDED_ROLES: readonly string[] = [COORDINATOR, CLINICAL_LEAD];
export const rolesOf = ({ roles }: ClinicFile): string[] => [...new Set([...roles, ...NEEDED_ROLES])];

export const keysOf = (map: ReadonlyMap<string, unknown> | undefined): string[] | undefined =>
  map && [...map.keys()];

/** Procedures and their traits: what a rule speaks of. */
export const bearersOf = ({ procedures }: Vocabulary): readonly string[] | undefined =>
  procedures && [...new Set([...procedures.keys(), ...[...procedures.values()].flat()])];

const MISSING = {
  role: 'CC1040',
  fact: 'CC1041',
  procedure: 'CC1042',
  'procedure or trait': 'CC1042',
  ladder: 'CC1043',
  calendar: 'CC1044',
  source: 'CC1045',
  'rule set': 'CC1046',
  pathway: 'CC1094',
  'stage, procedure or trait': 'CC1042',
  area: 'CC1049',
  table: 'CC1052',
  answer: 'CC1053',
  decision: 'CC1055',
  stage: 'CC1056',
  pack: 'CC1057',
  rule: 'CC1058',
  track: 'CC1082',
  choice: 'CC1075',
  'value of a choice': 'CC1075',
  figure: 'CC1077',
  care: 'CC1130',
  product: 'CC1131',
  language: 'CC1133',
  goal: 'CC1111',
  objective: 'CC1111',
} as const satisfies Record<string, Code>;

type Kind = keyof typeof MISSING;

/** A name where it stands, beside the names there are. */
interface Named {
  readonly name: string;
  readonly known: readonly string[] | undefined;
  readonly path: Path;
}

/** Reports a role that the clinic lacks, or one that speaks for the patient and signs nothing for the clinic. */
export function checkDeciders(
  { names, path }: { readonly names: readonly string[]; readonly path: Path },
  { roles }: Vocabulary,
  report: Report,
): void {
  checkOnce('role', { names, path }, report);
  for (const [index, name] of names.entries()) checkDecider(name, { roles, path: [...path, index] }, report);
}

export function checkDecider(
  name: string,
  { roles, path }: { readonly roles: readonly string[] | undefined; readonly path: Path },
  report: Report,
): void {
  checkKnown('role', { name, known: roles, path }, report);
  if (!PATIENT_ROLES.includes(name) || roles?.includes(name) === false) return;
  report(path, new Refused('CC1054', `\`${name}\` states facts, and signs nothing for the clinic`));
}

/** Reports a name that nothing has; says nothing where the file that would give it could not be read. */
export function checkKnown(kind: Kind, { name, known, path }: Named, report: Report, at?: 'key'): void {
  if (known === undefined || known.includes(name)) return;
  report(path, new Refused(MISSING[kind], `there is no ${kind} \`${name}\``, didYouMean(name, known)), at);
}

/** The same for a list of names, each of which stands there once. */
export function checkAllKnown(
  kind: Kind,
  { names, known, path }: Omit<Named, 'name'> & { readonly names: readonly string[] },
  report: Report,
): void {
  checkOnce(kind, { names, path }, report);
  for (const [index, name] of names.entries())
    checkKnown(kind, { name, known, path: [...path, index] }, report);
}

/**
 * Reports every name after its first.
 * @param key - under which the items of a list give their names; absent: the items are the names
 */
export function checkOnce(
  kind: string,
  { names, path, key }: { readonly names: readonly string[]; readonly path: Path; readonly key?: string },
  report: Report,
): void {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    const place = key === undefined ? [...path, index] : [...path, index, key];
    if (seen.has(name)) report(place, new Refused('CC1047', `there is a ${kind} \`${name}\` already`));
    seen.add(name);
  }
}
