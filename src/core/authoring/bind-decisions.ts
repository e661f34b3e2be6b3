import type { IntervalRule } from '../pathway/rules.schema.ts';
import { leadsTo } from './bearing.ts';
import { stagesIn } from './course-items.ts';
import type { Report } from './issues.ts';
import type { LoweredCourse } from './lower-pathway.ts';
import type { Rules } from './lower-rule-set.ts';
import { spacingRule } from './lower-spacing.ts';
import type { PathwayFile } from './pathway.schema.ts';
import { Refused } from './problem.ts';
import { checkKnown, checkOnce, keysOf, type RuleKind, type RuleSetNames } from './vocabulary.ts';

interface Bound {
  readonly rules: Rules;
  readonly course: LoweredCourse;
}

/**
 * Rules know no pathway: a decision names under `on` the rules that ask it, in the place of whomever a late interval
 * would ask plainly, and beside the tasks of an alert.
 */
export function bindDecisions(
  file: PathwayFile,
  { rules, course }: Bound,
  { used, report }: { readonly used: readonly RuleSetNames[] | undefined; readonly report: Report },
): Bound {
  const kinds = kindsOf(file, used);
  const all = [...rules.intervals, ...course.intervals];
  const deciding = new Map<string, string>();
  for (const [index, { decision, on = [] }] of (file.decisions ?? []).entries()) {
    const path = ['decisions', index, 'on'];
    checkOnce('rule', { names: on, path }, report);
    for (const [place, rule] of on.entries()) {
      const at = [...path, place];
      checkKnown('rule', { name: rule, known: keysOf(kinds), path: at }, report);
      const kind = kinds?.get(rule);
      const refused =
        kind && refusedRule(rule, { kind, interval: all.find((one) => one.rule === rule), course });
      const other = deciding.get(rule) ?? ownDecision(rule, course);
      if (refused) report(at, refused);
      else if (other !== undefined && other !== decision) report(at, askedAlready(rule, other));
      else if (!deciding.has(rule)) deciding.set(rule, decision);
    }
  }
  const late = (interval: IntervalRule): IntervalRule => {
    const decide = deciding.get(interval.rule);
    return decide === undefined ? interval : { ...interval, ifLate: { decide } };
  };
  const alerts = rules.alerts.map((alert) => {
    const decide = deciding.get(alert.rule);
    return decide === undefined ? alert : { ...alert, decide };
  });
  return {
    rules: { ...rules, intervals: rules.intervals.map(late), alerts },
    course: { ...course, intervals: course.intervals.map(late) },
  };
}

/** Of the rule sets and of the pathway itself. */
function kindsOf(
  file: PathwayFile,
  used: readonly RuleSetNames[] | undefined,
): ReadonlyMap<string, RuleKind> | undefined {
  const { intervals = [] } = file;
  const kindOf = ({ latest }: { readonly latest?: unknown }): RuleKind =>
    latest === undefined ? 'interval' : 'interval that can be late';
  return (
    used &&
    new Map([
      ...used.flatMap(({ rules }) => [...rules]),
      ...intervals.map((one) => [one.interval, kindOf(one)] as const),
      ...stagesIn(file).flatMap(({ item }) =>
        item.spacing ? [[spacingRule(item), kindOf(item.spacing)] as const] : [],
      ),
    ])
  );
}

interface Found {
  readonly kind: RuleKind;
  readonly interval: IntervalRule | undefined;
  readonly course: LoweredCourse;
}

function refusedRule(rule: string, { kind, interval, course }: Found): Refused | undefined {
  switch (kind) {
    case 'other':
      return new Refused(
        'CC1069',
        `\`${rule}\` asks nobody to decide: it holds a gate, or answers one`,
        'name an alert here, or an interval that has a latest day',
      );
    case 'interval':
      return new Refused(
        'CC1069',
        `\`${rule}\` has no latest day: nothing is ever late for it`,
        'leave it out',
      );
    case 'alert':
      return undefined;
    case 'interval that can be late':
      return interval && !course.stages.some((stage) => leadsTo(interval, stage))
        ? new Refused('CC1069', `\`${rule}\` leads to no stage of this pathway`, 'leave it out')
        : undefined;
  }
}

function ownDecision(rule: string, { intervals }: LoweredCourse): string | undefined {
  const ifLate = intervals.find((one) => one.rule === rule)?.ifLate;
  return ifLate && 'decide' in ifLate ? ifLate.decide : undefined;
}

const askedAlready = (rule: string, decision: string): Refused =>
  new Refused('CC1069', `\`${rule}\` asks the decision \`${decision}\``, 'let one of the two ask');
