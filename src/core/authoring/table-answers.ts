import type { Report } from './issues.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import { checkKnown, keysOf, type RuleSetNames } from './vocabulary.ts';

/** A table that decides, and what follows from each of its answers. */
interface Deciding {
  readonly table: string;
  readonly outcomes: Readonly<Record<string, unknown>>;
}

/** Every answer of the table leads somewhere, and nothing else does. */
export function checkAnswers(
  { table, outcomes }: Deciding,
  place: {
    readonly path: Path;
    readonly used: readonly RuleSetNames[] | undefined;
    readonly report: Report;
  },
): void {
  const { path, used, report } = place;
  const tables = used && new Map(used.flatMap((set) => [...set.tables]));
  checkKnown('table', { name: table, known: keysOf(tables), path: [...path, 'by', 'table'] }, report);
  const answers = tables?.get(table);
  for (const answer of answers ?? []) {
    if (Object.hasOwn(outcomes, answer)) continue;
    const help = `add \`${answer}:\` with \`go\`, or with what else it leads to`;
    report([...path, 'outcomes'], new Refused('CC1070', `the answer \`${answer}\` leads nowhere`, help));
  }
  for (const answer of Object.keys(outcomes))
    checkKnown(
      'answer',
      { name: answer, known: answers, path: [...path, 'outcomes', answer] },
      report,
      'key',
    );
}
