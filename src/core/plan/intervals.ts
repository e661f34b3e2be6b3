import { localDateOf } from '../model/calendar.ts';
import type { Instant, LocalDate } from '../model/primitives.schema.ts';
import type { IntervalFinding } from '../model/verdict.schema.ts';
import { placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Interval } from '../pathway/rules.schema.ts';
import { excusedFrom, type Member, together, type Window } from '../rules/window.ts';
import { placesOfInterval } from './anchors.ts';
import { intervalFor } from './figures.ts';
import { stageNow } from './listed-sessions.ts';
import type { Reason } from './outcome.schema.ts';
import { countedFrom, judgeInterval, type PlacedInterval } from './placed-interval.ts';
import type { PlanState } from './plan-state.schema.ts';

/**
 * Intervals say when (S3). Each is judged for one day of the clinic's zone, from the days that anchor it, and once for
 * each site of the stage where it counts what was done in the same area. Nothing of it is kept in the plan but the
 * answers to what was asked when a latest day had passed.
 */

/**
 * What lies in a stage's way, by the name of its procedure, one of its traits, or the stage itself; each with its lengths
 * for this plan.
 */
export const intervalsOf = (
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
): readonly Interval[] =>
  pathway.intervals
    .filter(({ to }) =>
      to.kind === 'stage'
        ? to.stage === stage.stage
        : stage.procedures.includes(to.of) || stage.traits.includes(to.of),
    )
    .map((rule) => intervalFor(pathway, state, rule));

/** What each interval says of today, in the clinic's zone. */
export const decideIntervals = (
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): IntervalFinding[] => placedIntervals(pathway, state, stage, now).map(({ finding }) => finding);

export const placedIntervals = (
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): readonly PlacedInterval[] => placedOn(pathway, state, { stage, now, on: localDateOf(now, pathway.zone) });

/** A stage asked about for a day, on what is known now. */
interface DayAsked {
  readonly stage: StageDefinition;
  readonly now: Instant;
  readonly on: LocalDate;
}

/**
 * A step asks the same stage about the same day several times: as it settles, at the gate, for the next wake. States
 * are replaced, never changed, so that the very same one has the same answers.
 */
let last: (Placed & { readonly of: readonly PlacedInterval[] }) | undefined;

interface Placed extends DayAsked {
  readonly pathway: Pathway;
  readonly state: PlanState;
}

function placedOn(
  pathway: Pathway,
  state: PlanState,
  { stage, now, on }: DayAsked,
): readonly PlacedInterval[] {
  const isSameDay = last?.stage === stage && last.now === now && last.on === on;
  if (last && isSameDay && last.state === state && last.pathway === pathway) return last.of;
  const of = placedAnew(pathway, state, { stage, now, on });
  last = { pathway, state, stage, now, on, of };
  return of;
}

function placedAnew(pathway: Pathway, state: PlanState, { stage, now, on }: DayAsked): PlacedInterval[] {
  const placed = intervalsOf(pathway, state, stage).flatMap((interval) =>
    placesOfInterval(state, interval, stage).map((place) =>
      judgeInterval(pathway, state, { interval, stage, place, now, on }),
    ),
  );
  const { earliest } = windowTogether(placed);
  return placed.map((one) =>
    one.finding.result === 'too early' && earliest !== undefined
      ? { ...one, finding: { ...one.finding, clears: [[{ kind: 'date', on: earliest }]] } }
      : one,
  );
}

/** The fact whose date says when something is best done, whatever else does. */
const BIRTH = 'birthDate';

function windowTogether(placed: readonly PlacedInterval[]) {
  return together(
    placed.flatMap((one): (Member & { rule: string })[] => {
      const { rule, from, earliest, recommended, latest } = one.finding;
      if (earliest === undefined) return [];
      const window = { earliest, ...(recommended ? { recommended } : {}), ...(latest ? { latest } : {}) };
      return [{ rule, window, isFromBirth: from === BIRTH }];
    }),
  );
}

/** When a stage may be, should be, and has to be done, by all its intervals. */
export interface StageWindow extends Partial<Window> {
  /** The rules that set each of the days. */
  readonly binding: Readonly<Record<keyof Window, readonly string[]>>;
  /** What cannot be counted yet: once it can, the days may come to lie otherwise. */
  readonly unknown: readonly string[];
  readonly findings: readonly IntervalFinding[];
}

export function windowOf(
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): StageWindow {
  const placed = placedIntervals(pathway, state, stage, now);
  const { binding, ...window } = windowTogether(placed);
  const rules = (members: readonly { rule: string }[]): string[] => [
    ...new Set(members.map(({ rule }) => rule)),
  ];
  return {
    ...window,
    binding: {
      earliest: rules(binding.earliest),
      recommended: rules(binding.recommended),
      latest: rules(binding.latest),
    },
    unknown: rules(
      placed.filter(({ finding }) => finding.result === 'unknown').map(({ finding }) => finding),
    ),
    findings: placed.map(({ finding }) => finding),
  };
}

/** S3: no minimum is breached, no latest day has passed unanswered, and what is counted from is known. */
export const reasonsOf = (placed: readonly PlacedInterval[]): Reason[] =>
  placed.filter(({ finding }) => finding.result !== 'open').map(reasonOf);

/** The same of a day ahead: what is known now is not asked to be known then. */
export const intervalReasonsOn = (pathway: Pathway, state: PlanState, asked: DayAsked): Reason[] =>
  reasonsOf(placedOn(pathway, state, asked));

/** A latest day that has passed closes every gate of its stage until somebody answers. */
export const latenessReasons = (
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): Reason[] =>
  reasonsOf(placedIntervals(pathway, state, stage, now)).filter(
    ({ interval }) => interval?.result === 'too late',
  );

function reasonOf({ finding, why, asked = [] }: PlacedInterval): Reason {
  const says = saysOf(finding, { asked, why });
  return { invariant: 'S3', says, interval: finding, clears: finding.clears };
}

function saysOf(
  finding: IntervalFinding,
  { asked, why }: { asked: readonly string[]; why: string | undefined },
): string {
  const { result, title, area, from, earliest, latest } = finding;
  const what = area === undefined ? title : `${title}, ${area}`;
  if (result === 'unknown') return `${what} cannot be counted from ${from}: ${why}.`;
  const counted = `${what}: ${countedFrom(finding)}`;
  if (result === 'too early') return `${counted}, it may be from ${earliest} on.`;
  return asked.length === 0
    ? `${counted}, ${latest} was the last day; what follows from that is under way.`
    : `${counted}, ${latest} was the last day; the ${asked.join(' and the ')} ${asked.length === 1 ? 'has' : 'have'} to decide.`;
}

/** An interval that a performance came too early for. */
export interface Breach {
  readonly interval: Interval;
  readonly reason: Reason;
  /** Within the grace that the rule gives. */
  readonly isExcused: boolean;
}

/**
 * What a performance breached by its day alone, as the plan stood before it.
 * @param before - the plan as of that day, without the performance itself
 * @param now - an instant of the day
 */
export function earlyReport(
  pathway: Pathway,
  before: PlanState,
  stage: StageDefinition,
  now: Instant,
): Breach[] {
  const on = localDateOf(now, pathway.zone);
  return placedIntervals(pathway, before, stage, now).flatMap((one): Breach[] => {
    const { interval, finding } = one;
    if (finding.result !== 'too early' || finding.earliest === undefined) return [];
    const isExcused = on >= excusedFrom(finding.earliest, interval.grace);
    return [{ interval, reason: reasonOf(one), isExcused }];
  });
}

/** When time alone changes what the intervals say of the stage that the plan is at or comes to next. */
export function intervalEdges(pathway: Pathway, state: PlanState, now: Instant): Instant[] {
  const { phase, stage: name } = placeOf(state.chart);
  const isBefore = phase === 'consultation' || phase === 'assessment';
  const isAt = phase === 'ready' || phase === 'prep' || phase === 'procedure';
  const meant = isBefore ? pathway.stages[0]?.stage : isAt ? name : undefined;
  const stage = stageNow(pathway, state, meant);
  return stage ? placedIntervals(pathway, state, stage, now).flatMap(({ changesAt }) => changesAt) : [];
}
