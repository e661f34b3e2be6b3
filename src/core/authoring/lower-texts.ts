import type { Translation } from '../pathway/care.schema.ts';
import { type Opened, open } from './issues.ts';
import { didYouMean } from './nearest.ts';
import { type Problem, Refused } from './problem.ts';
import { RuleSetFile } from './rule-set.schema.ts';
import { SAID_BY, type SaidBy, type Saying, sayingsIn } from './sayings.ts';
import type { SourceFile } from './source.ts';
import { TextsFile } from './texts.schema.ts';
import { checkKnown } from './vocabulary.ts';

/** A file whose words patients read. */
export interface Spoken {
  /** Under which files of texts name it. */
  readonly name: string;
  readonly file: unknown;
}

/** What is said in the first language alone. */
export interface Untranslated {
  /** The pathway, the rule set, or `packs`. */
  readonly of: string;
  readonly path: string;
  readonly key: SaidBy;
  readonly language: string;
  /** Stale: what was translated is not what is said now. */
  readonly is: 'missing' | 'stale';
  /** An alert or a hold says it: a patient who does not understand it may come to harm. */
  readonly isSafety: boolean;
}

interface Asked {
  /** The first is the one that everything is written in. */
  readonly languages: readonly string[] | undefined;
  readonly spoken: readonly Spoken[];
  readonly texts: readonly Opened<TextsFile>[];
}

/** Each language but the first with what is said in it, and all that is not. */
export function lowerTexts({ languages, spoken, texts }: Asked) {
  const [, ...others] = languages ?? [];
  const documents = spoken.map(({ name, file }) => ({ name, sayings: sayingsIn(file) }));
  for (const { value, report } of texts) {
    if (!value || !languages) continue;
    checkKnown('language', { name: value.language, known: others, path: ['language'] }, report);
  }
  const translations = others.map((language): Translation & { untranslated: Untranslated[] } => {
    const says = new Map<string, string>();
    const untranslated = documents.flatMap(({ name, sayings }) => {
      const files = texts.filter(({ value }) => value?.texts === name && value.language === language);
      const stale = new Set(files.flatMap((file) => take(file, sayings, says)));
      return gapsIn({ sayings, says, stale }).map((gap) => ({ ...gap, of: name, language }));
    });
    return { language, says: [...says].map(([was, now]) => ({ was, now })), untranslated };
  });
  return {
    texts: translations.map(({ language, says }): Translation => ({ language, says })),
    untranslated: translations.flatMap(({ untranslated }) => untranslated),
  };
}

/** Adds what still fits. @returns what does not, as `key path` */
function take(
  { value, report }: Opened<TextsFile>,
  sayings: readonly Saying[],
  says: Map<string, string>,
): string[] {
  const stale: string[] = [];
  let unknown = 0;
  for (const key of SAID_BY) {
    const meant = textsByPath(sayings, key);
    for (const [path, { was, now }] of Object.entries(value?.[key] ?? {})) {
      const texts = meant.get(path);
      if (!texts) {
        unknown += 1;
        const help = unknown > MOST_HELPED ? undefined : didYouMean(path, [...meant.keys()]);
        report([key, path], new Refused('CC1134', `nothing is said under \`${path}\``, help), 'key');
      } else if (!texts.includes(was)) stale.push(`${key} ${path}`);
      else {
        const before = says.get(was);
        if (before !== undefined && before !== now)
          report(
            [key, path, 'now'],
            new Refused('CC1135', `\`${was}\` is translated as \`${before}\` already`),
          );
        says.set(was, now);
      }
    }
  }
  return stale;
}

/** Whoever has so many to mend looks at the first. */
const MOST_HELPED = 20;

function textsByPath(sayings: readonly Saying[], key: SaidBy): ReadonlyMap<string, readonly string[]> {
  const byPath = new Map<string, string[]>();
  for (const one of sayings)
    if (one.key === key) byPath.set(one.path, [...(byPath.get(one.path) ?? []), one.text]);
  return byPath;
}

/** Everything said, and why home care is so; titles are shown as they are where nothing else is said. */
function gapsIn({
  sayings,
  says,
  stale,
}: {
  readonly sayings: readonly Saying[];
  readonly says: ReadonlyMap<string, string>;
  readonly stale: ReadonlySet<string>;
}): Omit<Untranslated, 'of' | 'language'>[] {
  return sayings.flatMap(({ path, key, text, kind }) => {
    if (says.has(text)) return [];
    const isStale = stale.has(`${key} ${path}`);
    if (key === 'title' && !isStale) return [];
    const isSafety = key === 'say' && (kind === 'alert' || kind === 'contraindication');
    return [{ path, key, is: isStale ? ('stale' as const) : ('missing' as const), isSafety }];
  });
}

/**
 * Files of texts that name nothing.
 * @param pathways - all of the clinic
 */
export function strayTexts(
  { texts, ruleSets }: { readonly texts: readonly SourceFile[]; readonly ruleSets: readonly SourceFile[] },
  pathways: readonly string[],
): Problem[] {
  if (texts.length === 0) return [];
  const names = [
    ...pathways,
    ...ruleSets.flatMap((file) => open(RuleSetFile, file).value?.ruleSet ?? []),
    PACKS,
  ];
  return texts.flatMap((file) => {
    const { value, problemAt } = open(TextsFile, file);
    if (!value || names.includes(value.texts)) return [];
    const says = `there is no pathway or rule set \`${value.texts}\``;
    return [problemAt(['texts'], new Refused('CC1136', says, didYouMean(value.texts, names)))];
  });
}

/** What files of texts call the clinic's packs. */
export const PACKS = 'packs';
