import { casesIn } from '../../../src/core/authoring/read-cases.ts';
import { openRuleBook } from '../../../src/core/authoring/rule-book.ts';
import { BOOK, filesEnding } from '../../support/content-files.ts';
import { sayTheSame } from '../../support/every-patient.ts';
import { type Mutant, mutantsOf } from '../../support/mutants.ts';

/** A case that stays true whatever its rule says tests nothing: each slip of a hand has to make one fail. */
const { book } = openRuleBook(BOOK);
if (!book) throw new Error('the rules of the repository cannot be read');
const cases = filesEnding('rules', '.cases.yaml').flatMap((file) => casesIn(book, file).cases);
const isGrade = (name: string): boolean =>
  book.facts.some(({ fact, is }) => fact === name && is.kind === 'grade');
/** A grade, or what it has fallen by. */
const isWhole = (name: string): boolean => {
  const derived = book.derived.find((one) => one.derived === name);
  const isShare = derived?.way.kind === 'fall' && derived.way.percent;
  return !isShare && isGrade(derived?.of ?? name);
};
const mutants = [...book.ruleSets.values()].flatMap((rules) => mutantsOf(rules, { isWhole }));

/** A rule that cannot even be loaded is caught too. */
function isCaught({ rule, asked }: Mutant): boolean {
  try {
    return asked(() => cases.some(({ of, judge }) => of === rule && judge().problem !== undefined));
  } catch {
    return true;
  }
}

/** What says the same of every patient is another way to write the rule, and no mistake. */
const isNone = ({ conditions }: Mutant): boolean =>
  conditions !== undefined && sayTheSame(conditions.right, conditions.wrong, book);

function judged(kind: Mutant['kind']) {
  const all = mutants.filter((one) => one.kind === kind);
  const passed = all.filter((one) => !isCaught(one));
  const missed = passed.filter((one) => !isNone(one)).map(({ rule, says }) => `${rule}: ${says}`);
  return { mistakes: all.length - passed.length + missed.length, missed };
}

it('a mistake in an absolute contraindication is caught by a case, whichever it is', () => {
  const { mistakes, missed } = judged('absolute');
  expect(mistakes).toBeGreaterThan(40);
  expect(missed).toEqual([]);
});

it('of ten mistakes in other contraindications, eligibility, intervals and tables, nine are caught', () => {
  const { mistakes, missed } = judged('other');
  expect(mistakes).toBeGreaterThan(400);
  expect(missed.slice(Math.floor(mistakes / 10))).toEqual([]);
});

it('what every case would let pass is a mistake all the same', () => {
  const when = { all: [{ fact: 'bmi', operator: 'lessThan', value: 35, name: 'below 35 kg/m2' }] };
  const [leaf] = when.all;
  if (!leaf) throw new Error('a leaf');
  const other = (change: object) => ({ when: { all: [{ ...leaf, ...change }] } });
  expect(sayTheSame({ when }, other({ operator: 'lessThanInclusive' }), book)).toBe(false);
  expect(sayTheSame({ when }, other({ value: 34 }), book)).toBe(false);
  expect(sayTheSame({ when }, { when: { any: when.all } }, book)).toBe(true);
});
