import type { Code } from '../model/codes.ts';
import type { FactKind } from '../pathway/facts.schema.ts';
import { CLINICAL_LEAD, COORDINATOR } from '../pathway/roles.ts';
import { type CatalogueFile, factKindOf } from './catalogue.schema.ts';
import type { ClinicFile } from './clinic.schema.ts';
import type { Report } from './issues.ts';
import { didYouMean } from './nearest.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';

/** The names that files give one another. Undefined where the file that gives them could not be read. */
export interface Vocabulary {
  readonly roles: readonly string[] | undefined;
  readonly ladders: readonly string[] | undefined;
  readonly facts: ReadonlyMap<string, FactKind | undefined> | undefined;
  /** The traits of each procedure. */
  readonly procedures: ReadonlyMap<string, readonly string[]> | undefined;
  readonly ruleSets: readonly string[] | undefined;
}

export function vocabularyOf(files: {
  readonly clinic: ClinicFile | undefined;
  readonly catalogue: CatalogueFile | undefined;
  readonly ruleSets: readonly string[] | undefined;
}): Vocabulary {
  const { clinic, catalogue, ruleSets } = files;
  const procedures = catalogue?.procedures.map(({ procedure, traits = [] }) => [procedure, traits] as const);
  return {
    roles: clinic && rolesOf(clinic),
    ladders: clinic?.ladders.map(({ ladder }) => ladder),
    facts: catalogue && new Map(catalogue.facts.map((fact) => [fact.fact, factKindOf(fact)])),
    procedures: procedures && new Map(procedures),
    ruleSets,
  };
}

/** Roles that every clinic needs count as known: where one is missing, that is said once. */
export const NEEDED_ROLES: readonly string[] = [COORDINATOR, CLINICAL_LEAD];
export const rolesOf = ({ roles }: ClinicFile): string[] => [...new Set([...roles, ...NEEDED_ROLES])];

export const keysOf = (map: ReadonlyMap<string, unknown> | undefined): string[] | undefined =>
  map && [...map.keys()];

const MISSING = {
  role: 'CC1040',
  fact: 'CC1041',
  procedure: 'CC1042',
  'procedure or trait': 'CC1042',
  ladder: 'CC1043',
  calendar: 'CC1044',
  source: 'CC1045',
  'rule set': 'CC1046',
} as const satisfies Record<string, Code>;

type Kind = keyof typeof MISSING;

/** A name where it stands, beside the names there are. */
interface Named {
  readonly name: string;
  readonly known: readonly string[] | undefined;
  readonly path: Path;
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
