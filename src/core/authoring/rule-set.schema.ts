import type { z } from 'zod';
import { Alert } from './alert.schema.ts';
import { Contraindication } from './contraindication.schema.ts';
import { Eligibility } from './eligibility.schema.ts';
import { Interval } from './interval.schema.ts';
import { titled, version } from './rule-words.ts';
import { Table } from './table.schema.ts';
import { date, group, itemOf, list, name, text } from './words.ts';

const Source = group({
  source: name(),
  cite: text(),
  grade: text(80).optional(),
  revisedOn: date.optional(),
});

export type Rule = Contraindication | Interval | Table | Alert | Eligibility;

/** A rule begins with its kind and its name. */
const Rule = itemOf<Rule>(
  {
    contraindication: Contraindication,
    interval: Interval,
    table: Table,
    alert: Alert,
    eligibility: Eligibility,
  },
  Object.keys(titled),
);

export const RuleSetFile = group({
  ruleSet: name(),
  version,
  title: text(200),
  sources: list(Source),
  rules: list(Rule),
});
export type RuleSetFile = z.infer<typeof RuleSetFile>;

/** A rule's kind, which is the key that it begins with, and its name. */
export function kindAndName(rule: Rule): readonly [kind: string, name: string] {
  if ('contraindication' in rule) return ['contraindication', rule.contraindication];
  if ('interval' in rule) return ['interval', rule.interval];
  if ('table' in rule) return ['table', rule.table];
  return 'alert' in rule ? ['alert', rule.alert] : ['eligibility', rule.eligibility];
}
