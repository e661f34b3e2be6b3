import { addElapsed, endOfDay, isElapsed, localDateOf, startOfDay } from '../model/calendar.ts';
import type { Duration, Instant } from '../model/primitives.schema.ts';
import { ALONGSIDE, itemAt, placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Anchor, DueAfter, Moment } from '../pathway/work.schema.ts';
import { earliest } from '../rules/condition.ts';
import type { Performed, PlanState } from './plan-state.schema.ts';
import { performedAlong, roundOf } from './progress.ts';
import { dayAfter, dueAfter } from './waits.ts';

/** A plan at an instant, as far as what is counted from asks of it. */
export interface Counted {
  readonly pathway: Pathway;
  readonly state: PlanState;
  readonly now: Instant;
}

/** Of whose work an anchor is asked: of a stage's own, in its present round unless another is named. */
export interface CountedFor {
  readonly stage: string | undefined;
  /** Of the work of a maintenance: `stage` is when that began, and the sessions are those of its whole course. */
  readonly maintenance?: string | undefined;
  readonly round?: number | undefined;
  /** What is counted: hours and minutes need more than the day of a procedure. */
  readonly by?: Duration;
}

/** What a due time counts from, as an instant; what has not come yet counts from now. */
export const anchorOf = (plan: Counted, anchor: Anchor, stage: string | undefined): Instant =>
  anchorFor(plan, anchor, { stage });

/** The same, of a round that may be over, and of hours. */
export function anchorFor(plan: Counted, anchor: Anchor, of: CountedFor): Instant {
  const { state, now } = plan;
  const { stage, maintenance } = of;
  const own = maintenance ?? stage;
  switch (anchor) {
    case 'plan start':
      return state.startedAt;
    case 'consultation':
    case 'assessment':
      return state.enteredAt[anchor] ?? now;
    case 'course':
      return state.enteredAt[anchor] ?? now;
    case 'stage':
      return own === undefined ? now : (state.enteredAt[stageKey(state, of, own)] ?? now);
    case 'stage end':
      return state.enteredAt[`${stage}.recovery`] ?? now;
    case 'procedure':
    case 'session':
    case 'last session':
      return performedAt(plan, of, -1) ?? now;
    case 'first session':
      return performedAt(plan, of, 0) ?? now;
    case 'exit':
      return state.leave?.at ?? now;
    case 'asked':
      return now;
  }
}

/** When work of a list that counts from something is due, and the first day on which it may be done. */
export function dueFor(plan: Counted, chart: string, { from, to, after }: DueAfter) {
  const begins = (by: Duration): Instant => anchorFor(plan, after, { ...countedFor(chart), by });
  return {
    dueAt: dueAfter(plan.pathway, begins(to), to),
    ...(from ? { from: dayAfter(plan.pathway, begins(from), from) } : {}),
  };
}

/** Of whose work the tasks of a list are. */
export function countedFor(chart: string, round?: number): CountedFor {
  const { stage, maintenance } = placeOf(chart);
  return { stage, round, ...(maintenance === undefined ? {} : { maintenance }) };
}

/** Whether what work alongside, or of a maintenance, counts from has come yet. */
export function hasHappened(plan: Counted, anchor: Anchor, of: CountedFor): boolean {
  const { state } = plan;
  if (anchor === 'plan start') return true;
  if (anchor === 'consultation' || anchor === 'assessment' || anchor === 'course')
    return state.enteredAt[anchor] !== undefined;
  if (anchor === 'stage' && of.maintenance !== undefined)
    return maintenanceBegan(state, of.maintenance) !== undefined;
  return performedFor(plan, of).length > 0;
}

/** When a row of repeats begins: with that day; one of hours that begins with the thing itself, at that very time. */
export function beginsAt(plan: Counted, { by, after }: Moment, of: CountedFor): Instant {
  if (by.count === 0 && of.by && isElapsed(of.by)) return anchorFor(plan, after, of);
  const anchor = anchorFor(plan, after, { ...of, by });
  const { pathway } = plan;
  return isElapsed(by) ? addElapsed(anchor, by) : startOfDay(dayAfter(pathway, anchor, by), pathway.zone);
}

/** When it ends: with the end of that day. */
export const endsAt = (plan: Counted, { by, after }: Moment, of: CountedFor): Instant =>
  dueAfter(plan.pathway, anchorFor(plan, after, { ...of, by }), by);

const stageKey = (state: PlanState, { round }: Pick<CountedFor, 'round'>, stage: string): string =>
  `${stage}/${round ?? roundOf(state, stage)}`;

/**
 * When the course began, and a round of a stage: once, though their chart states are entered again and again, by each
 * session. A stage that the plan comes back to from elsewhere begins anew: nobody could work on it meanwhile.
 */
export function begunWith(plan: Counted, chart: string, isBack: boolean): Record<string, Instant> {
  const { state, now } = plan;
  const { stage, maintenance } = placeOf(chart);
  if (itemAt(chart) === undefined) return {};
  const course = { [ALONGSIDE]: state.enteredAt[ALONGSIDE] ?? now };
  if (maintenance !== undefined) {
    const began = maintenanceBegan(state, maintenance);
    const isKept = began !== undefined && (isBack || !isPerformedSince(plan, began));
    return { ...course, [maintenanceKey(maintenance)]: isKept ? began : now };
  }
  if (stage === undefined) return course;
  const key = stageKey(state, {}, stage);
  const known = placeOf(state.chart).stage === stage ? state.enteredAt[key] : undefined;
  return { ...course, [key]: known ?? now };
}

/** When a maintenance was first entered after what was last done. */
export const maintenanceBegan = (state: PlanState, maintenance: string): Instant | undefined =>
  state.enteredAt[maintenanceKey(maintenance)];

/** A maintenance has no rounds. */
export const maintenanceKey = (maintenance: string): string => `${maintenance}/1`;

/** Done, and not only told late. */
export const isPerformedSince = ({ state, pathway }: Counted, began: Instant): boolean =>
  performedAlong(pathway, state).some(
    ({ reportedAt, performedOn }) => reportedAt > began && performedOn >= localDateOf(began, pathway.zone),
  );

/** What was performed of a stage in a round, or, without a stage, in the whole plan: in the order of its days. */
export function performedIn(
  { performed, stages }: Pick<PlanState, 'performed' | 'stages'>,
  { stage, round }: CountedFor,
): Performed[] {
  const meant = stage === undefined ? undefined : (round ?? roundOf({ stages }, stage));
  return performed
    .filter((one) => stage === undefined || (one.stage === stage && one.round === meant))
    .toSorted((one, other) => (one.performedOn < other.performedOn ? -1 : 1));
}

/** A maintenance follows its own course: what goes on along a track would put it off session by session. */
function performedFor({ state, pathway }: Pick<Counted, 'state' | 'pathway'>, of: CountedFor): Performed[] {
  const { stages } = state;
  const performed = of.maintenance === undefined ? state.performed : performedAlong(pathway, state);
  return performedIn({ performed, stages }, of);
}

/**
 * The beginning of the day of a performance: of the last one, that on which it ended. Of hours that would be hours too
 * early: they are counted from the report, or from the end of that day where it was told later.
 */
function performedAt({ state, pathway }: Counted, of: CountedFor, index: 0 | -1): Instant | undefined {
  const one = performedFor({ state, pathway }, of).at(index);
  if (!one) return undefined;
  const day = index === 0 ? one.performedOn : (one.endedOn ?? one.performedOn);
  const end = endOfDay(day, pathway.zone);
  if (of.by && isElapsed(of.by)) return earliest([one.reportedAt, end]);
  return startOfDay(day, pathway.zone);
}
