import type { OnlyFor } from '../pathway/tailoring.schema.ts';
import type { Report } from './issues.ts';
import { didYouMean } from './nearest.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import { checkOnce, type Vocabulary } from './vocabulary.ts';

/** Stands for the choice of a value that no choice of the pathway has. */
const NONE = '';

/** The values by their choices. One that no choice has is reported where the list is used, for a pack serves several pathways. */
export function lowerOnlyFor(names: readonly string[], { values }: Pick<Vocabulary, 'values'>): OnlyFor {
  const byChoice = new Map<string, string[]>();
  for (const name of names) {
    const choice = values?.get(name) ?? NONE;
    byChoice.set(choice, [...(byChoice.get(choice) ?? []), name]);
  }
  return [...byChoice].map(([choice, all]) => ({ choice, values: all }));
}

/** Of a list of values: that each has a choice, and stands there once. */
export function checkOnlyFor(
  { names, path }: { readonly names: readonly string[]; readonly path: Path },
  vocabulary: Pick<Vocabulary, 'values'>,
  report: Report,
): void {
  checkOnce('value of a choice', { names, path }, report);
  for (const [index, name] of names.entries()) {
    const refused = refusedValue(name, vocabulary);
    if (refused) report([...path, index], refused);
  }
}

/** Of a task that a pack brings along. */
export const refusedOnlyFor = (
  onlyFor: OnlyFor | undefined,
  vocabulary: Pick<Vocabulary, 'values'>,
): Refused[] =>
  (onlyFor ?? [])
    .filter(({ choice }) => choice === NONE)
    .flatMap(({ values }) => values.flatMap((name) => refusedValue(name, vocabulary) ?? []));

function refusedValue(name: string, { values }: Pick<Vocabulary, 'values'>): Refused | undefined {
  if (!values || values.has(name)) return undefined;
  return new Refused('CC1075', `no choice has a value \`${name}\``, didYouMean(name, [...values.keys()]));
}
