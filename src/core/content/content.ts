import { type Problem, Refused } from '../authoring/problem.ts';
import type { SourceFile } from '../authoring/source.ts';

/** The files of a clinic by what they are, each in the order of their names. */
export interface Content {
  readonly clinic: SourceFile;
  readonly catalogue: SourceFile;
  readonly ruleSets: readonly SourceFile[];
  readonly pathways: readonly SourceFile[];
  /** Lists of tasks that several stages share; a clinic may have none. */
  readonly packs?: SourceFile;
  /** What is expected of the rules and of the pathways. No plan needs them. */
  readonly cases: readonly SourceFile[];
  readonly scenarios: readonly SourceFile[];
  /** What was kept of a scenario when somebody last read it. */
  readonly traces: readonly SourceFile[];
}

/** A file's kind, by its name from the clinic's folder on. */
const KINDS = {
  clinic: /^rules\/(?:.*\/)?clinic\.yaml$/,
  catalogue: /^rules\/.*\.facts\.yaml$/,
  ruleSets: /^rules\/.*\.rules\.yaml$/,
  cases: /^rules\/.*\.cases\.yaml$/,
  pathways: /^pathways\/.*\.pathway\.yaml$/,
  scenarios: /^pathways\/.*\.scenario\.yaml$/,
  traces: /^pathways\/.*\.trace\.txt$/,
  packs: /^(?:rules|pathways)\/(?:.*\/)?packs\.yaml$/,
} as const satisfies Record<keyof Content, RegExp>;

/** What the format has beside, and this version does not execute. */
const LATER = /\.(?:rules\.json|texts\.yaml)$/;

/** Examples and what is kept of them: a clinic's server starts without reading them. */
export const isOfTests = (file: string): boolean =>
  [KINDS.cases, KINDS.scenarios, KINDS.traces].some((kind) => kind.test(file));

/** `x.trace.txt` beside `x.scenario.yaml`. */
export const traceFileOf = (scenario: string): string => scenario.replace(/\.scenario\.yaml$/, '.trace.txt');

/**
 * Sorts a clinic's files: `rules/` (clinic, catalogue, rule sets, cases) and `pathways/` (pathways, scenarios, traces),
 * with packs in either. A file that is none of these is named, never passed over: a rule that nobody reads keeps nobody
 * safe.
 * @returns the content, where there is all that a clinic needs
 */
export function sorted(files: readonly SourceFile[]): {
  readonly content?: Content;
  readonly problems: readonly Problem[];
} {
  const of = (kind: keyof Content): SourceFile[] => files.filter(({ file }) => KINDS[kind].test(file));
  const problems = files.flatMap(({ file }) => strayIn(file) ?? []);
  const onlyOne = (kind: 'clinic' | 'catalogue' | 'packs', what: string): SourceFile | undefined => {
    const [only, ...others] = of(kind);
    for (const { file } of others)
      problems.push(atTop(file, new Refused('CC1161', `there is more than one ${what}: also ${only?.file}`)));
    return only;
  };
  const clinic = onlyOne('clinic', 'clinic.yaml');
  const catalogue = onlyOne('catalogue', 'catalogue (*.facts.yaml)');
  const packs = onlyOne('packs', 'packs.yaml');
  if (!clinic) problems.push(missing('rules/clinic.yaml', 'clinic.yaml'));
  if (!catalogue) problems.push(missing('rules/catalogue.facts.yaml', 'catalogue (*.facts.yaml)'));
  if (!clinic || !catalogue) return { problems };
  const content: Content = {
    ...{ clinic, catalogue, ruleSets: of('ruleSets'), pathways: of('pathways') },
    ...{ cases: of('cases'), scenarios: of('scenarios'), traces: of('traces') },
    ...(packs ? { packs } : {}),
  };
  return { content, problems };
}

const missing = (file: string, what: string): Problem =>
  atTop(file, new Refused('CC1160', `rules/ has no ${what}`, `write ${file}`));

function strayIn(file: string): Problem | undefined {
  if (Object.values(KINDS).some((kind) => kind.test(file))) return undefined;
  if (!LATER.test(file)) return atTop(file, new Refused('CC1162', 'no file of this name is read'));
  const says = 'this kind of file is part of the format, and this version does not execute it yet';
  return atTop(file, new Refused('CC1013', says, 'keep it in another folder until it does'));
}

/** What is wrong with a file as a whole. */
export function atTop(file: string, { code, message, help }: Refused): Problem {
  const problem = { file, line: 1, column: 1, code, message };
  return help === undefined ? problem : { ...problem, help };
}
