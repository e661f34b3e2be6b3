import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem, severityOf } from '../../../src/core/authoring/problem.ts';
import { openRuleBook } from '../../../src/core/authoring/rule-book.ts';
import { checkMeaning } from '../../../src/core/checker/check-meaning.ts';
import { checkRuleBook } from '../../../src/core/checker/check-rule-book.ts';
import type { Meaning } from '../../../src/core/checker/meaning.ts';
import { BOOK, filesEnding, sourcesFor } from '../../support/content-files.ts';

/** What nobody has to act on is not said, and what somebody has to act on does not stand in what is shipped. */
const toAct = ({ problems }: Meaning): string =>
  problems
    .filter((one) => severityOf(one) !== 'note')
    .map(formatProblem)
    .join('\n');

it('the rule sets of the repository mean what they say', () => {
  const { book } = openRuleBook(BOOK);
  expect(book && toAct(checkRuleBook(BOOK, book))).toBe('');
});

describe('the pathways of the repository mean what they say', () => {
  it.each(filesEnding('pathways', '.pathway.yaml').map((file) => [file.file, file] as const))(
    '%s',
    (_name, file) => {
      const sources = sourcesFor(file);
      const { compiled } = compilePathway(sources);
      const meaning = compiled && checkMeaning(sources, compiled);
      expect(meaning && toAct(meaning)).toBe('');
      expect(
        meaning?.explored.filter((words) => words.startsWith('not ') || words.includes('could be made up')),
      ).toEqual([]);
      expect(meaning?.explored[0]).toMatch(/^course: \d+ states, \d+ transitions/);
    },
  );
});
