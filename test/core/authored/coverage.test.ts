import { rulesIn } from '../../../src/core/authoring/case-rules.ts';
import { readCases } from '../../../src/core/authoring/read-cases.ts';
import { openRuleBook } from '../../../src/core/authoring/rule-book.ts';
import { BOOK, filesEnding } from '../../support/content-files.ts';

const { book } = openRuleBook(BOOK);
const cases = filesEnding('rules', '.cases.yaml').flatMap(
  (file) => readCases({ ...BOOK, cases: file }).cases,
);
const rules = [...(book?.ruleSets.values() ?? [])].flatMap((set) => [...rulesIn(set)]);

/** What a rule need not say in a case: a table with a row for everything never has none. */
const MAY_BE_MISSING = ['none', 'not watching'];

it('there are rules, and cases of them', () => {
  expect(rules.length).toBeGreaterThan(20);
  expect(cases.length).toBeGreaterThan(100);
});

it.each(rules)('%s has a case of everything that it can say', (name, { says, isInterval, alone }) => {
  const [interval] = alone.intervals;
  const isNeverLate = isInterval && interval?.latest === undefined;
  const wanted = says.filter((one) => !MAY_BE_MISSING.includes(one) && !(isNeverLate && one === 'too late'));
  const expected = new Set(cases.filter(({ of }) => of === name).map(({ expects }) => expects));
  expect(wanted.filter((one) => !expected.has(one))).toEqual([]);
});
