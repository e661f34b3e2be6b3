import type { Rules } from '../../src/core/authoring/lower-rule-set.ts';
import type { Duration } from '../../src/core/model/primitives.schema.ts';
import type { LoweredCondition, LoweredLeaf } from '../../src/core/pathway/facts.schema.ts';
import type { Contraindication, IntervalRule, Table } from '../../src/core/pathway/rules.schema.ts';

/**
 * Rules with one mistake in them, such as a hand slips into: a number next to the right one, `below` for `at most`,
 * `any` for `all`, a `not` too many, a row that is missing.
 */
interface Slip<Part> {
  /** What is wrong with it. */
  readonly says: string;
  readonly part: Part;
}

const slips = <Part, Whole>(found: readonly Slip<Part>[], whole: (part: Part) => Whole): Slip<Whole>[] =>
  found.map(({ says, part }) => ({ says, part: whole(part) }));

/** What a number is next to: a grade to the next one, others to one unit in their second place (7 to 7.1, 30 to 31). */
interface Steps {
  readonly isWhole: (fact: string) => boolean;
}

export const stepAt = (value: number, isWhole: boolean): number =>
  isWhole || value === 0 ? 1 : 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);

const besides = (value: number, step: number): number[] =>
  [value - step, value + step].map((one) => Number(one.toFixed(6)));

const durations = ({ count, unit }: Duration): Duration[] =>
  [count - 1, count + 1].filter((one) => one >= 0).map((one) => ({ count: one, unit }));

const inWords = ({ count, unit }: Duration): string => `${count} ${unit}s`;

/** The operator that asks the same but at the edge, and the one that asks the contrary. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  lessThan: ['lessThanInclusive', 'greaterThanInclusive'],
  lessThanInclusive: ['lessThan', 'greaterThan'],
  greaterThan: ['greaterThanInclusive', 'lessThanInclusive'],
  greaterThanInclusive: ['greaterThan', 'lessThan'],
  equal: ['notEqual'],
  notEqual: ['equal'],
  in: ['notIn'],
  notIn: ['in'],
  withinTheLast: ['atLeastAgo'],
  atLeastAgo: ['withinTheLast'],
  atLeastAgoOrNever: ['withinTheLast'],
};

function leafSlips(leaf: LoweredLeaf, steps: Steps): Slip<LoweredLeaf>[] {
  const { fact, operator, value } = leaf;
  const operators = (OTHERS[operator] ?? []).map((other) => ({
    says: `${fact}: ${other} in the place of ${operator}`,
    part: { ...leaf, operator: other },
  }));
  const values = otherValues(value, steps.isWhole(fact)).map((other) => ({
    says: `${fact}: ${JSON.stringify(other)} in the place of ${JSON.stringify(value)}`,
    part: { ...leaf, value: other },
  }));
  return [...operators, ...values];
}

function otherValues(value: LoweredLeaf['value'], isWhole: boolean): LoweredLeaf['value'][] {
  if (typeof value === 'number') return besides(value, stepAt(value, isWhole));
  if (typeof value === 'boolean') return [!value];
  if (Array.isArray(value)) return value.map((word) => value.filter((other) => other !== word));
  return typeof value === 'string' ? [] : durations(value);
}

function conditionSlips(condition: LoweredCondition, steps: Steps): Slip<LoweredCondition>[] {
  if ('fact' in condition) return leafSlips(condition, steps);
  if ('not' in condition) {
    const inside = slips(conditionSlips(condition.not, steps), (not): LoweredCondition => ({ not }));
    return [{ says: 'a negation left out', part: condition.not }, ...inside];
  }
  const isAll = 'all' in condition;
  const members = isAll ? condition.all : condition.any;
  const joined = (some: LoweredCondition[]): LoweredCondition => (isAll ? { all: some } : { any: some });
  const other: Slip<LoweredCondition> = {
    says: isAll ? 'any in the place of all' : 'all in the place of any',
    part: isAll ? { any: members } : { all: members },
  };
  const several = members.length > 1;
  const without = members.map((_one, at) => ({
    says: `condition ${at + 1} left out`,
    part: joined(members.toSpliced(at, 1)),
  }));
  const within = members.flatMap((one, at) =>
    slips(conditionSlips(one, steps), (member) => joined(members.with(at, member))),
  );
  return [...(several ? [other, ...without] : []), ...within];
}

/** How fresh the facts of a condition have to be, wherever it says so. */
function ofAge(condition: LoweredCondition, change: (within: Duration) => Duration): LoweredCondition {
  if ('not' in condition) return { not: ofAge(condition.not, change) };
  if ('all' in condition) return { all: condition.all.map((one) => ofAge(one, change)) };
  if ('any' in condition) return { any: condition.any.map((one) => ofAge(one, change)) };
  const { taken } = condition.params ?? {};
  if (!taken || !('within' in taken)) return condition;
  return { ...condition, params: { ...condition.params, taken: { within: change(taken.within) } } };
}

const AGES = [-1, 1].map((more) => ({
  says: `facts that are ${more} older`,
  change: ({ count, unit }: Duration): Duration => ({ count: count + more, unit }),
}));

const isAged = (condition: LoweredCondition): boolean =>
  JSON.stringify(ofAge(condition, () => ({ count: 0, unit: 'day' }))) !== JSON.stringify(condition);

interface WithWhen {
  readonly rule: string;
  readonly when: LoweredCondition;
}

function slipsOfWhen<Rule extends WithWhen>(rule: Rule, steps: Steps): Slip<Rule>[] {
  const { when } = rule;
  const ages = isAged(when) ? AGES : [];
  const all: Slip<LoweredCondition>[] = [
    { says: 'negated', part: { not: when } },
    ...ages.map(({ says, change }) => ({ says, part: ofAge(when, change) })),
    ...conditionSlips(when, steps),
  ];
  return slips(all, (part) => ({ ...rule, when: part }));
}

function slipsOfTable(table: Table, steps: Steps): Slip<Table>[] {
  const { rows, answers } = table;
  const put = (at: number, row: Table['rows'][number]): Table => ({ ...table, rows: rows.with(at, row) });
  const ages = rows.some(({ when }) => isAged(when)) ? AGES : [];
  const older = ages.map(({ says, change }) => ({
    says,
    part: { ...table, rows: rows.map((row) => ({ ...row, when: ofAge(row.when, change) })) },
  }));
  const ofRows = rows.flatMap((row, at): Slip<Table>[] =>
    [
      ...(rows.length > 1 ? [{ says: 'left out', part: { ...table, rows: rows.toSpliced(at, 1) } }] : []),
      ...answers
        .filter((answer) => answer !== row.answer)
        .map((answer) => ({
          says: `${answer} in the place of ${row.answer}`,
          part: put(at, { ...row, answer }),
        })),
      ...slips(conditionSlips(row.when, steps), (when) => put(at, { ...row, when })),
    ].map(({ says, part }) => ({ says: `row ${at + 1}: ${says}`, part })),
  );
  return [...older, ...ofRows];
}

function slipsOfInterval(interval: IntervalRule): Slip<IntervalRule>[] {
  const { minimum, recommended, latest, area, from } = interval;
  const other = (length: IntervalRule['minimum'] | undefined, says: string) =>
    (length && 'unit' in length ? durations(length) : []).map((one) => ({
      says: `${says} ${inWords(one)}`,
      one,
    }));
  const isSame = from.kind === 'procedure' && area === 'same';
  return [
    ...other(minimum, 'minimum').map(({ says, one }) => ({ says, part: { ...interval, minimum: one } })),
    ...other(latest, 'latest').map(({ says, one }) => ({ says, part: { ...interval, latest: one } })),
    ...(recommended ? RECOMMENDED : []).flatMap((edge) =>
      other(recommended?.[edge], `recommended ${edge}`).flatMap(({ says, one }) =>
        recommended ? [{ says, part: { ...interval, recommended: { ...recommended, [edge]: one } } }] : [],
      ),
    ),
    ...(isSame ? [{ says: 'any area', part: { ...interval, area: 'any' as const } }] : []),
  ];
}

const RECOMMENDED = ['from', 'to'] as const;

/** A mistake in a rule. */
export interface Mutant {
  readonly rule: string;
  readonly says: string;
  readonly kind: 'absolute' | 'other';
  /** Asks with the mistake in it, and takes it out again. */
  readonly asked: <Answer>(ask: () => Answer) => Answer;
  /** What it asks of a patient, before and after; undefined where it is not asked of facts, or of their age. */
  readonly conditions: { readonly right: Asked; readonly wrong: Asked } | undefined;
}

/** One condition, or a table of them. */
export type Asked = { readonly when: LoweredCondition } | Table;

/** Every mutant of a rule set: of what holds, and of what says when and which. */
export function mutantsOf(rules: Rules, steps: Steps): Mutant[] {
  const { contraindications, eligibility, tables, intervals } = rules;
  return [
    ...contraindications.flatMap((rule) => planted(rule, slipsOfWhen(rule, steps), kindOf(rule))),
    ...eligibility.flatMap((rule) => planted(rule, slipsOfWhen(rule, steps), 'other')),
    ...tables.flatMap((rule) => planted(rule, slipsOfTable(rule, steps), 'other')),
    ...intervals.flatMap((rule) => planted(rule, slipsOfInterval(rule), 'other')),
  ];
}

const kindOf = ({ strength }: Contraindication): Mutant['kind'] =>
  strength === 'absolute' ? 'absolute' : 'other';

function planted<Rule extends { readonly rule: string }>(
  rule: Rule & Partial<Asked>,
  found: readonly Slip<Rule & Partial<Asked>>[],
  kind: Mutant['kind'],
): Mutant[] {
  return found.map(({ says, part }) => ({
    ...{ rule: rule.rule, says, kind },
    asked: (ask) => {
      const right = { ...rule };
      Object.assign(rule, part);
      try {
        return ask();
      } finally {
        Object.assign(rule, right);
      }
    },
    conditions: says.startsWith('facts that are') ? undefined : conditionsIn(rule, part),
  }));
}

function conditionsIn(right: Partial<Asked>, wrong: Partial<Asked>): Mutant['conditions'] {
  const [one, other] = [right, wrong].map(askedBy);
  return one && other ? { right: one, wrong: other } : undefined;
}

const askedBy = (rule: Partial<Asked>): Asked | undefined => {
  if ('rows' in rule) return { ...rule } as Table;
  return 'when' in rule && rule.when ? { when: rule.when } : undefined;
};
