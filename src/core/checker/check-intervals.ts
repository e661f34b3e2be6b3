import type { Duration } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Action } from '../pathway/decisions.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { IntervalRule } from '../pathway/rules.schema.ts';
import { type Constraint, contradiction } from './constraints.ts';
import { daysOf, inWords, MONTHS, type Months } from './days.ts';
import { lengthsOf, timesOf } from './figure-reach.ts';
import { counted, type Finding, type Looked, type Subject } from './finding.ts';
import { constraintsOf, type Journey, journeysOf, leadsTo, type Reason } from './journeys.ts';

/**
 * Intervals as a network of differences between days: whether all can be kept, in every month, in some, or in none; in
 * itself and with every value that its figures may be set to; and whether a gate's waits leave time for them.
 */
export function checkIntervals(pathway: Pathway): Looked {
  const lines = [undefined, ...pathway.tracks.map(({ track }) => track)].map((track) => pathway.line(track));
  const journeys = lines.flatMap(journeysOf);
  const together = lines.flatMap((line) =>
    firstOfEach(journeysOf(line).flatMap((journey) => conflicts(journey, pathway))),
  );
  const { intervals } = pathway;
  return {
    findings: [
      ...firstOfEach(together),
      ...intervals.flatMap((rule) => hasRoom(rule, pathway)),
      ...pathway.stages.flatMap((stage) => waitsBefore(stage, pathway)),
    ],
    explored:
      intervals.length === 0
        ? []
        : [
            `${counted(intervals.length, 'interval')} along ${counted(journeys.length, 'way')}, months of 28 to 31 days`,
          ],
  };
}

/** What several ways through a course have in common is said once. */
const firstOfEach = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.toReversed().map((one) => [JSON.stringify(one.at), one])).values(),
];

/** An interval of the pathway's own stands in its file, and the spacing of sessions with their stage. */
export function placeOf({ rule, ruleSet, to }: IntervalRule, pathway: Pathway, key: string): Subject {
  const isOwn = ruleSet === pathway.id;
  return isOwn && to.kind === 'stage' && rule === `${to.stage}-spacing`
    ? { kind: 'stage', name: to.stage, path: ['spacing', key] }
    : { kind: 'interval', name: rule, path: [key] };
}

function conflicts(journey: Journey, pathway: Pathway): Finding[] {
  const rings = MONTHS.map((months) => contradiction(constraintsOf(journey, months)));
  const [first] = rings.flatMap((ring) => (ring ? [ring] : []));
  const late = first?.find(({ reason, most }) => reason.rule?.latest && most > 0)?.reason.rule;
  // One that has no room by itself is found as such.
  const rules = new Set(first?.flatMap(({ reason }) => reason.rule ?? []));
  if (!first || !late || (rules.size < 2 && first.every(({ reason, most }) => reason.rule || most === 0)))
    return [];
  const isAlways = rings.every((ring) => ring !== undefined);
  const at = placeOf(late, pathway, 'latest');
  const example = saysOf(first);
  if (isAlways) {
    const says = `\`${late.rule}\` is never kept: the latest day is over before all that comes before it can be done`;
    return [{ code: 'CC1225', severity: 'error', at, says, example }];
  }
  const says = `whether \`${late.rule}\` can be kept depends on the months: where they are ${rings[0] ? 'short' : 'long'}, its latest day is over before the rest can be done`;
  return [{ code: 'CC1226', severity: 'warning', at, says, example }];
}

const saysOf = (ring: readonly Constraint<Reason>[]): string[] => [
  ...new Set(ring.map(({ reason }) => reason.says)),
];

/** One interval by itself, with all values of its figures: the latest day is not before the earliest. */
function hasRoom(rule: IntervalRule, pathway: Pathway): Finding[] {
  const { minimum, latest, recommended } = rule;
  if (!latest) return [];
  const longest = (one: Duration, other: Duration): boolean =>
    MONTHS.some((months) => isMore(one, other, months));
  for (const last of lengthsOf(pathway, latest)) {
    const least = lengthsOf(pathway, minimum).find((one) => longest(one, last));
    const best = recommended && lengthsOf(pathway, recommended.from).find((one) => longest(one, last));
    const over = least ?? best;
    if (!over) continue;
    const what = least ? 'the earliest day' : 'what is recommended';
    const says = `\`${rule.rule}\`: ${what} can be ${inWords(over)} after, and the latest day is ${inWords(last)} after`;
    return [{ code: 'CC1230', severity: 'warning', at: placeOf(rule, pathway, 'latest'), says }];
  }
  return [];
}

const isMore = (one: Duration, other: Duration, months: Months): boolean =>
  daysOf(one, months) > daysOf(other, months);

/** `minimum + atMost × wait ≤ latest`: whoever is told to wait as often as may be is not late by it. */
function waitsBefore(stage: StageDefinition, pathway: Pathway): Finding[] {
  return outcomesAt(stage, pathway).flatMap(({ at, action }) =>
    action.flatMap((step): Finding[] => {
      if (step.do !== 'wait') return [];
      const rule = pathway.intervals.find(
        (one) =>
          leadsTo(one, stage) &&
          isLateAfter(one, { by: step.for, atMost: timesOf(pathway, step.atMost) }, pathway),
      );
      if (!rule) return [];
      const says = `who waits ${timesOf(pathway, step.atMost)} × ${inWords(step.for)} here comes too late for \`${rule.rule}\`: its latest day is over before the last wait is`;
      const help = 'wait less often, or less long, or move the latest day';
      return [{ code: 'CC1227', severity: 'warning', at, says, help }];
    }),
  );
}

function isLateAfter(
  { minimum, latest }: IntervalRule,
  { by, atMost }: { readonly by: Duration; readonly atMost: number },
  pathway: Pathway,
): boolean {
  if (!latest) return false;
  const spare = MONTHS.map((months) => {
    const least = Math.max(...lengthsOf(pathway, minimum).map((one) => daysOf(one, months)));
    const most = Math.min(...lengthsOf(pathway, latest).map((one) => daysOf(one, months)));
    return { days: most - least, waited: atMost * daysOf(by, months) };
  });
  // Where there is no room at all, that is what is wrong.
  return spare.every(({ days }) => days >= 0) && spare.some(({ days, waited }) => waited > days);
}

/** What can be decided at a stage's gate, where it stands. */
function outcomesAt(
  { stage, table, decidedBefore }: StageDefinition,
  pathway: Pathway,
): { readonly at: Subject; readonly action: Action }[] {
  const path = ['beforeEach', 'decision', 'outcomes'];
  const ofTable = Object.entries(table?.outcomes ?? {}).map(([answer, action]) => ({
    at: { kind: 'stage', name: stage, path: [...path, answer] },
    action,
  }));
  const decided = decidedBefore === undefined ? {} : pathway.decision(decidedBefore).outcomes;
  const ofDecision = Object.entries(decided).map(([outcome, action]) => ({
    at: { kind: 'stage', name: stage, path: [...path, outcome] },
    action,
  }));
  return [...ofTable, ...ofDecision];
}
