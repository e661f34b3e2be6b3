import { openRuleBook } from '../authoring/rule-book.ts';
import { checkMeaning } from '../checker/check-meaning.ts';
import { checkRuleBook } from '../checker/check-rule-book.ts';
import type { Meaning } from '../checker/meaning.ts';
import type { Checked } from './check-content.ts';
import { eachOnce } from './compile-content.ts';

/** What files that can be executed say and cannot mean: the rules by themselves, and then each pathway with them. */
export function meaningOfContent({ content, pathways }: Pick<Checked, 'content' | 'pathways'>): Meaning {
  const { book } = content ? openRuleBook(content) : {};
  const ofRules = content && book ? [checkRuleBook(content, book)] : [];
  const ofPathways = pathways.map(({ sources, compiled }) => {
    const { problems, explored } = checkMeaning(sources, compiled);
    return { problems, explored: explored.map((words) => `${compiled.pathway}: ${words}`) };
  });
  const meanings = [...ofRules, ...ofPathways];
  return {
    problems: eachOnce(meanings.flatMap(({ problems }) => problems)),
    explored: meanings.flatMap(({ explored }) => explored),
  };
}
