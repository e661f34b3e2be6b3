import type { CompiledPathway } from '../pathway/compiled.schema.ts';
import type { Report } from './issues.ts';
import { lowerAlert } from './lower-alert.ts';
import { lowerContraindication } from './lower-contraindication.ts';
import { lowerEligibility } from './lower-eligibility.ts';
import { lowerInterval } from './lower-interval.ts';
import { lowerTable } from './lower-table.ts';
import type { RulePlace } from './rule-place.ts';
import { kindAndName, type Rule, type RuleSetFile } from './rule-set.schema.ts';
import { checkKnown, checkOnce, citationsOf, keysOf, type Vocabulary } from './vocabulary.ts';

export type Rules = Pick<
  CompiledPathway,
  'contraindications' | 'eligibility' | 'tables' | 'intervals' | 'alerts'
>;

/** Rules in the compiled form; less those that something was reported of. */
export function lowerRuleSet(file: RuleSetFile, vocabulary: Vocabulary, report: Report): Rules {
  const { ruleSet, version, sources } = file;
  const names = sources.map(({ source }) => source);
  checkOnce('source', { names, path: ['sources'], key: 'source' }, report);
  const citations = citationsOf(sources);
  const rules: Rules = { contraindications: [], eligibility: [], tables: [], intervals: [], alerts: [] };
  for (const [index, rule] of file.rules.entries()) {
    const path = ['rules', index];
    const { title, source } = rule;
    checkKnown('source', { name: source, known: keysOf(citations), path: [...path, 'source'] }, report);
    const [, name] = kindAndName(rule);
    const header = { rule: name, ruleSet, version, title, source: citations.get(source) ?? source };
    lowerInto(rules, rule, { path, header, vocabulary, report });
  }
  return rules;
}

function lowerInto(rules: Rules, rule: Rule, place: RulePlace): void {
  if ('contraindication' in rule) add(rules.contraindications, lowerContraindication(rule, place));
  else if ('interval' in rule) add(rules.intervals, lowerInterval(rule, place));
  else if ('table' in rule) add(rules.tables, lowerTable(rule, place));
  else if ('alert' in rule) add(rules.alerts, lowerAlert(rule, place));
  else add(rules.eligibility, lowerEligibility(rule, place));
}

function add<Item>(items: Item[], item: Item | undefined): void {
  if (item) items.push(item);
}
