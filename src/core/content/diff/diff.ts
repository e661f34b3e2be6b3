import { casesIn, type ReadCase } from '../../authoring/read-cases.ts';
import { type ReadScenario, readScenario } from '../../authoring/read-scenario.ts';
import { openRuleBook } from '../../authoring/rule-book.ts';
import { invariant } from '../../model/failure.ts';
import type { PathwayOfContent } from '../compile-content.ts';
import type { Content } from '../content.ts';
import { caseChange } from './cases.ts';
import type { Change } from './effects.ts';
import { scenarioChanges } from './scenarios.ts';
import { type Reworded, reworded } from './words.ts';

/** A version of a clinic's files in which nothing is wrong. */
export interface Version {
  readonly content: Content;
  readonly pathways: readonly PathwayOfContent[];
}

/** A made-up patient for whom something is otherwise. */
export interface Affected {
  readonly of: 'case' | 'scenario';
  /** The rule that a case is of, or the pathway. */
  readonly subject: string;
  readonly name: string;
  readonly changes: readonly Change[];
}

export interface Difference {
  readonly words: readonly Reworded[];
  readonly patients: readonly Affected[];
  /** How many patients both versions were asked about. */
  readonly asked: number;
  /** Whom only one version can answer for: it has a rule, a pathway or a word that the other does not have. */
  readonly onlyIn: readonly (Pick<Affected, 'of' | 'subject' | 'name'> & {
    readonly version: 'before' | 'after';
  })[];
}

/**
 * Two versions by what they mean: each case and scenario of either, the newer wording of those that both have, is put to
 * both. Comments, layout and the places of files mean nothing.
 */
export function diff(before: Version, after: Version): Difference {
  const words = reworded(before.content, after.content);
  const [was, is] = [readBy(before, before, after), readBy(after, before, after)];
  const names = [...new Map([...is, ...was]).keys()];
  const pairs = names.map((name) => pairOf(was.get(name), is.get(name)));
  const onlyIn = pairs.flatMap((pair) => ('version' in pair ? [pair] : []));
  const both = pairs.flatMap((pair) => ('version' in pair ? [] : [pair]));
  const isTheSame = sameIn(before, after);
  // What is compiled to the same answers the same: it need not be asked.
  const asked = words.length === 0 ? [] : both.filter(({ now }) => !isTheSame(now));
  const patients = asked.flatMap(({ old, now }) => affected(old, now));
  return { words, patients, asked: both.length, onlyIn };
}

/** Whether both versions play a scenario by the very same pathway. */
function sameIn(before: Version, after: Version): (example: Named) => boolean {
  const textOf = ({ pathways }: Version) =>
    new Map(pathways.map(({ compiled }) => [compiled.pathway, JSON.stringify(compiled)]));
  const [was, is] = [textOf(before), textOf(after)];
  return ({ of, subject }) => of === 'scenario' && was.get(subject) === is.get(subject);
}

type Example = Named & ({ readonly case: ReadCase } | { readonly scenario: ReadScenario });
type Named = Pick<Affected, 'of' | 'subject' | 'name'>;
/** One patient, as the files of each version tell of them. */
type Told = Partial<Record<'before' | 'after', Example>>;

/** The same words to both: the newer ones, unless the older version cannot answer them. */
function pairOf(
  was: Told = {},
  is: Told = {},
): { readonly old: Example; readonly now: Example } | Difference['onlyIn'][number] {
  for (const words of ['after', 'before'] as const) {
    const [old, now] = [was[words], is[words]];
    if (old && now) return { old, now };
  }
  const [inAfter, inBefore] = [is.after ?? is.before, was.after ?? was.before];
  const told = inAfter ?? inBefore;
  invariant(told !== undefined, 'a patient stands in one version at least');
  const { of, subject, name } = told;
  return { of, subject, name, version: inAfter ? 'after' : 'before' };
}

/** Every example of both versions that one of them can answer. */
function readBy(version: Version, before: Version, after: Version): Map<string, Told> {
  const byName = new Map<string, Told>();
  for (const [words, { content }] of [
    ['after', after],
    ['before', before],
  ] as const)
    for (const example of examplesOf(version, content)) {
      const key = JSON.stringify([example.of, example.subject, example.name]);
      byName.set(key, { ...byName.get(key), [words]: example });
    }
  return byName;
}

function examplesOf({ content, pathways }: Version, { cases, scenarios }: Content): Example[] {
  const { book } = openRuleBook(content);
  const byName = new Map(pathways.map(({ compiled }) => [compiled.pathway, compiled]));
  return [
    ...cases.flatMap((file) =>
      (book ? casesIn(book, file).cases : []).map((read) => ({
        ...{ of: 'case' as const, subject: read.of, name: read.name },
        case: read,
      })),
    ),
    ...scenarios.flatMap((file) => {
      const { scenario } = readScenario(file, byName);
      if (!scenario) return [];
      return [{ of: 'scenario' as const, subject: scenario.of, name: scenario.name, scenario }];
    }),
  ];
}

function affected(old: Example, now: Example): Affected[] {
  const { of, subject, name } = now;
  const changes = changesOf(old, now);
  return changes.length > 0 ? [{ of, subject, name, changes }] : [];
}

function changesOf(old: Example, now: Example): readonly Change[] {
  if ('scenario' in old && 'scenario' in now) return scenarioChanges(old.scenario, now.scenario);
  const change = 'case' in old && 'case' in now ? caseChange(old.case, now.case) : undefined;
  return change ? [change] : [];
}
