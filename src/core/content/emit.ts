import { z } from 'zod';
import type { Rules } from '../authoring/lower-rule-set.ts';
import type { RuleBook } from '../authoring/rule-book.ts';
import { readSource, type SourceFile } from '../authoring/source.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';

/** A rule in json-rules-engine's own form. */
export interface EmittedRule {
  readonly name: string;
  readonly conditions: LoweredCondition;
  /** The kind of the rule, and all else that the file says of it. */
  readonly event: { readonly type: string; readonly params: Readonly<Record<string, unknown>> };
}

const RawRules = z.object({ ruleSet: z.string(), rules: z.array(z.record(z.string(), z.unknown())) });

/** What json-rules-engine says of a rule without conditions: it applies. */
const ALWAYS: LoweredCondition = { all: [] };

/**
 * What the sentences of a rule set compile to: one rule each, of a table one for each of its rows, in their order.
 * @param source - a rule set of the book
 */
export function emitted({ ruleSets }: Pick<RuleBook, 'ruleSets'>, source: SourceFile): EmittedRule[] {
  const read = RawRules.safeParse(readSource(source).value).data;
  const rules = ruleSets.get(read?.ruleSet ?? '');
  return rules && read ? read.rules.flatMap((raw) => emittedRule(raw, rules)) : [];
}

function emittedRule(raw: Readonly<Record<string, unknown>>, rules: Rules): EmittedRule[] {
  const [type, name] = Object.entries(raw).find(([key]) => KINDS.includes(key)) ?? [];
  if (type === undefined || typeof name !== 'string') return [];
  const { when: _sentence, onlyWhen: _sentences, rows: _rows, ...params } = raw;
  const isNamed = ({ rule }: { readonly rule: string }): boolean => rule === name;
  const table = rules.tables.find(isNamed);
  if (table)
    return table.rows.map(({ when, answer }) => ({
      ...{ name, conditions: asRoot(when) },
      event: { type, params: Object.fromEntries([...Object.entries(params), ['then', answer]]) },
    }));
  const asked = [...rules.contraindications, ...rules.eligibility, ...rules.alerts].find(isNamed)?.when;
  const conditions = asked ?? rules.intervals.find(isNamed)?.onlyWhen ?? ALWAYS;
  return [{ name, conditions: asRoot(conditions), event: { type, params } }];
}

const KINDS: readonly string[] = ['contraindication', 'interval', 'table', 'alert', 'eligibility'];

/** json-rules-engine begins with all, any or not. */
const asRoot = (when: LoweredCondition): LoweredCondition => ('fact' in when ? { all: [when] } : when);
