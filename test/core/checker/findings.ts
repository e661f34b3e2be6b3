import { compilePathway } from '../../../src/core/authoring/compile.ts';
import type { Problem } from '../../../src/core/authoring/problem.ts';
import { openRuleBook } from '../../../src/core/authoring/rule-book.ts';
import { checkMeaning } from '../../../src/core/checker/check-meaning.ts';
import { checkRuleBook } from '../../../src/core/checker/check-rule-book.ts';
import type { Code } from '../../../src/core/model/codes.ts';
import { alter, type Part, sourcesOf, type Texts } from '../authoring/sample.ts';
import { SOUND } from './sample.ts';

/** Everything that is found in files that compile, and how much was looked at. */
export function meaningOf(texts: Texts): {
  readonly problems: readonly Problem[];
  readonly explored: readonly string[];
} {
  const sources = sourcesOf(texts);
  const { compiled, problems } = compilePathway(sources);
  const { book } = openRuleBook(sources);
  if (!compiled || !book) throw new Error(JSON.stringify(problems, undefined, 2));
  const found = [checkRuleBook(sources, book), checkMeaning(sources, compiled)];
  return {
    problems: found.flatMap((one) => one.problems),
    explored: found.flatMap(({ explored }) => explored),
  };
}

interface Change {
  readonly from: string;
  readonly wrong: string;
  readonly right?: string;
  /** Another change that is made with either. */
  readonly given?: readonly [part: Part, from: string, to: string];
  /** Where it is found, if that is not at the mark: at these words of a file. */
  readonly found?: readonly [part: Part, words: string];
}

/** What is found with which code, where, of what weight, and the nearest thing to it in which nothing is. */
export type Row = readonly [
  code: Code,
  severity: 'error' | 'warning' | 'note',
  says: string,
  part: Part,
  change: Change,
];

/** Every row drawn and not drawn. */
export function describeFindings(rows: readonly Row[]): void {
  describe('the checker finds, where it stands,', () => {
    it.each(rows)('%s (%s): %s', (code, severity, _says, part, change) => {
      const { texts, at } = alter(given(change), part, change.from, change.wrong);
      const found = meaningOf(texts).problems;
      const place = change.found ? placeOf(texts, change.found) : `${texts[part].file}:${at}`;
      expect(
        found.map((one) => [one.code, one.severity ?? 'error', `${one.file}:${one.line}:${one.column}`]),
      ).toEqual([[code, severity, place]]);
    });
  });

  describe('and nothing in the nearest thing to', () => {
    it.each(rows)('%s (%s): %s', (_code, _severity, _says, part, change) => {
      const { texts } = alter(given(change), part, change.from, change.right ?? change.from);
      expect(meaningOf(texts).problems).toEqual([]);
    });
  });
}

const given = ({ given: also }: Change): Texts => (also ? alter(SOUND, ...also).texts : SOUND);

function placeOf(texts: Texts, [part, words]: readonly [Part, string]): string {
  const { file, text } = texts[part];
  const lines = text.slice(0, text.indexOf(words)).split('\n');
  return `${file}:${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}
