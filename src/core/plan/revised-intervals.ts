import { DATES, isNeverShorter, isSurelyLonger, readDurationIn, readWindow } from '../model/durations.ts';
import { invariant } from '../model/failure.ts';
import type { ChangeOf } from '../model/plan-change.schema.ts';
import type { Duration } from '../model/primitives.schema.ts';
import { Refused } from '../model/refused.ts';
import type { Overlay } from '../pathway/overlay.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Interval, IntervalRule } from '../pathway/rules.schema.ts';
import { lengthText, tailored, windowText } from '../pathway/tailored.ts';
import { listed } from './border.ts';
import { intervalFor } from './figures.ts';
import { openGateOf } from './gates.ts';
import { intervalsOf } from './intervals.ts';
import { mayRevise } from './may-revise.ts';
import type { PlanState } from './plan-state.schema.ts';
import { against, type Changed, type Problem, type Revising, unknown, withOverlay } from './revising.ts';

/**
 * An interval is only made stricter for one patient: its minimum longer, its latest day earlier. It is measured by what
 * the pathway says, so that what a revision before made stricter may come back to that, and no further.
 */

type Own = Overlay['intervals'][string];

export function reviseInterval(revising: Revising, change: ChangeOf<'interval'>): Changed {
  const { pathway, state } = revising;
  const { interval: name } = change;
  const known = pathway.intervals.find(({ rule }) => rule === name);
  if (!known) {
    const rules = pathway.intervals.map(({ rule }) => rule);
    return [unknown(`No interval of this pathway is called ${name}; there are: ${listed(rules)}.`)];
  }
  const own = read(change);
  if ('code' in own) return [own];
  const written = asWritten(pathway, state, name);
  const problems = [
    ...mayRevise(pathway, revising.actor),
    ...looser(own, written, intervalFor(pathway, state, written)),
  ];
  if (problems.length > 0) return problems;
  const { intervals } = state.overlay;
  return {
    state: withOverlay(state, { intervals: { ...intervals, [name]: { ...intervals[name], ...own } } }),
    says: saysOf(written.title, known, own),
  };
}

function read({ interval, minimum, recommended, latest }: ChangeOf<'interval'>): Own | Problem {
  const own: Own = {};
  for (const [key, text] of Object.entries({ minimum, latest })) {
    const length = text === undefined ? undefined : readDurationIn(DATES, text, 0);
    if (length instanceof Refused) return wrongly(interval, key, length);
    if (length) Object.assign(own, { [key]: length });
  }
  const window = recommended === undefined ? undefined : readWindow(recommended);
  if (window instanceof Refused) return wrongly(interval, 'recommended', window);
  if (window) own.recommended = window;
  return Object.keys(own).length > 0
    ? own
    : unknown(`Say what is otherwise of ${interval}: minimum, recommended or latest.`);
}

const wrongly = (name: string, key: string, { message }: Refused): Problem =>
  unknown(`The ${key} of ${name}: ${message}.`);

/** The rule without what earlier revisions made of it. */
function asWritten(pathway: Pathway, { overlay }: PlanState, name: string): IntervalRule {
  const { [name]: _own, ...intervals } = overlay.intervals;
  const rule = tailored(pathway, { ...overlay, intervals }).intervals.find((one) => one.rule === name);
  invariant(rule !== undefined, `the pathway has the interval ${name}, whatever a plan has of it`);
  return rule;
}

function looser(own: Own, written: IntervalRule, { title, minimum, latest }: Interval): Problem[] {
  const problems: Problem[] = [];
  for (const key of ['minimum', 'latest'] as const) {
    const length = written[key];
    if (own[key] && length && 'figure' in length)
      problems.push(against(`The ${key} of ${title} is the figure ${length.figure}: set that otherwise.`));
  }
  if (own.minimum && !isNeverShorter(own.minimum, minimum))
    problems.push(
      against(
        `${title}: at least ${lengthText(minimum)}, and ${lengthText(own.minimum)} may be shorter; a minimum is only made longer.`,
      ),
    );
  if (own.latest && latest && !isNeverShorter(latest, own.latest))
    problems.push(
      against(
        `${title}: at most ${lengthText(latest)}, and ${lengthText(own.latest)} may be longer; a latest day is only made earlier.`,
      ),
    );
  return problems;
}

function saysOf(title: string, before: IntervalRule, own: Own): string {
  const { minimum, recommended, latest } = own;
  const parts = [
    minimum && `at least ${lengthText(minimum)}, not ${lengthText(before.minimum)}`,
    recommended && `best ${windowText(recommended)}, not ${windowText(before.recommended)}`,
    latest && `at most ${lengthText(latest)}, not ${lengthText(before.latest)}`,
  ];
  return `${title}: ${parts.filter((one) => one !== undefined).join('; ')}`;
}

/**
 * Of all intervals that are otherwise by now, be it by a figure: their lengths are in order, and no gate that they bear
 * on stands open. Who went through it did so by what counted then.
 */
export function againstIntervals(before: Revising, after: Revising): Problem[] {
  const lengthsOf = ({ pathway, state }: Revising, rule: IntervalRule): Interval =>
    intervalFor(pathway, state, rule);
  const known = new Map(before.pathway.intervals.map((rule) => [rule.rule, lengthsOf(before, rule)]));
  const changed = after.pathway.intervals
    .map((rule) => lengthsOf(after, rule))
    .filter((one) => lengthsText(known.get(one.rule)) !== lengthsText(one));
  const names = new Set(changed.map(({ rule }) => rule));
  const open = after.pathway.stages.filter(
    (stage) =>
      openGateOf(after, stage.stage) &&
      intervalsOf(after.pathway, after.state, stage).some(({ rule }) => names.has(rule)),
  );
  return [
    ...changed.flatMap(disorderOf),
    ...open.map(({ title }) =>
      against(`The gate of ${title} stands open on what counted until now: report what became of it first.`),
    ),
  ];
}

export const lengthsText = (interval: Interval | undefined): string =>
  JSON.stringify([interval?.minimum, interval?.recommended, interval?.latest]);

function disorderOf({ title, minimum, recommended, latest }: Interval): Problem[] {
  const isAfter = (one: Duration, other: Duration | undefined) => other && isSurelyLonger(one, other);
  if (recommended && isAfter(minimum, recommended.from))
    return [against(`${title}: what is recommended begins before the minimum; say what is recommended now.`)];
  if (isAfter(recommended?.to ?? minimum, latest))
    return [
      against(`${title}: the latest day comes before the end of what is recommended, or the earliest.`),
    ];
  if (latest && !isNeverShorter(latest, minimum))
    return [against(`${title}: the latest day may come before the earliest.`)];
  return [];
}
