import type { RuleBook, RuleBookSources } from '../authoring/rule-book.ts';
import { conditionsOfFacts, conditionsOfRules } from './asked-conditions.ts';
import { checkConditions } from './check-conditions.ts';
import { checkHolds } from './check-holds.ts';
import { checkTables } from './check-tables.ts';
import { type Meaning, meaningOf } from './meaning.ts';

/** What the rule sets and the catalogue say by themselves, whichever pathway uses them: asked once. */
export function checkRuleBook(sources: RuleBookSources, book: RuleBook): Meaning {
  const sets = [...book.ruleSets];
  const ofFacts = checkConditions(conditionsOfFacts(book.facts), book);
  const ofSets = sets.flatMap(([name, rules]) =>
    [
      checkTables(rules.tables, book),
      checkConditions(conditionsOfRules(rules), book),
      checkHolds(rules.contraindications, book),
    ].map(({ findings, explored }) => ({
      findings,
      explored: explored.map((words) => `rules ${name}: ${words}`),
    })),
  );
  return meaningOf(sources, [{ findings: ofFacts.findings, explored: [] }, ...ofSets]);
}
