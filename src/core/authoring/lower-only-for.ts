import type { OnlyFor } from '../pathway/tailoring.schema.ts';
import type { Report } from './issues.ts';
import { didYouMean } from './nearest.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';

/** A choice, and the names of its values: no other choice has a value of that name. */
export interface ChoiceNames {
  readonly choice: string;
  readonly values: readonly string[];
}

/** Values name their choices: several of one are any of them, and each of the choices has to match. */
export function lowerOnlyFor(
  written: readonly string[],
  {
    choices,
    path,
    report,
  }: { readonly choices: readonly ChoiceNames[]; readonly path: Path; readonly report: Report },
): OnlyFor {
  const known = choices.flatMap(({ values }) => values);
  for (const [index, value] of written.entries()) {
    if (!known.includes(value))
      report(
        [...path, index],
        new Refused('CC1053', `no choice has a value \`${value}\``, didYouMean(value, known)),
      );
    else if (written.indexOf(value) < index)
      report([...path, index], new Refused('CC1047', `\`${value}\` stands there twice`));
  }
  return choices.flatMap(({ choice, values }) => {
    const meant = values.filter((value) => written.includes(value));
    return meant.length === 0 ? [] : [{ choice, values: meant }];
  });
}
