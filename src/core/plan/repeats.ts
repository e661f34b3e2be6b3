import type { Duration, Instant } from '../model/primitives.schema.ts';
import { ALONGSIDE, homeOf, isCareAfter, placeOf } from '../pathway/chart.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import {
  anchorFor,
  beginsAt,
  type Counted,
  countedFor,
  endsAt,
  hasHappened,
  maintenanceBegan,
  performedIn,
} from './due-anchors.ts';
import { maintenanceEnds } from './maintenance.ts';
import { dueAfter } from './waits.ts';

/**
 * Work that comes round again. The nth is due n times `every` after what the row counts from, whatever became of those
 * before it: a row that counts from the last one done drifts. One that says from when it is done is due then, for the
 * first time.
 */
export interface Row {
  readonly chart: string;
  readonly when: Extract<TaskDefinition['when'], { every: unknown }>;
  /** The round of its stage in which it began. */
  readonly round?: number | undefined;
}

export interface Occurrence {
  /** From 1. */
  readonly repeat: number;
  readonly dueAt: Instant;
  /** What it was counted from. */
  readonly begunAt: Instant;
}

/** The first of a row, overdue though it may be; undefined: the row has ended before it. */
export function firstOf(plan: Counted, row: Row): Occurrence | undefined {
  return within(plan, row, 1);
}

/** The first that is due after now, of those after one that was done; undefined: the row has ended. */
export function nextOf(plan: Counted, row: Row, done: number): Occurrence | undefined {
  const isAhead = (repeat: number): boolean => dueOf(plan, row, repeat) > plan.now;
  // Doubling, then halving: an hourly row of ten years is looked through in some thirty questions.
  let step = 1;
  while (!isAhead(done + step)) step *= 2;
  let low = done + Math.floor(step / 2);
  let high = done + step;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isAhead(middle)) high = middle;
    else low = middle;
  }
  return within(plan, row, high);
}

/**
 * Whether its stage, phase or exit has been left, which ends a row that names no end. Neither care after a procedure nor
 * maintenance is left for an exit, and what goes on alongside ends with the plan.
 */
export function isLeft({ state }: Counted, { chart }: Row): boolean {
  const { stage, maintenance } = placeOf(chart);
  if (chart === ALONGSIDE) return false;
  if (maintenance !== undefined) return homeOf(state) !== chart;
  if (stage === undefined) return state.chart !== chart;
  const at = isCareAfter(chart) ? homeOf(state) : state.chart;
  return placeOf(at).stage !== stage;
}

/** Work after a procedure has nothing to count from once the report of it was withdrawn; nor has what is still to come. */
export function hasBegun(plan: Counted, { chart, round, when }: Row): boolean {
  if (isCareAfter(chart)) return performedIn(plan.state, countedFor(chart, round)).length > 0;
  const isOfPlan = chart === ALONGSIDE || placeOf(chart).maintenance !== undefined;
  return !isOfPlan || when.from === undefined || hasHappened(plan, when.from.after, countedFor(chart));
}

function within(plan: Counted, row: Row, repeat: number): Occurrence | undefined {
  const { until } = row.when;
  const one = { repeat, dueAt: dueOf(plan, row, repeat), begunAt: beginningOf(plan, row) };
  const ends = [
    ...(until ? [endsAt(plan, until, countedFor(row.chart, row.round))] : []),
    ...[maintenanceEnds(plan, row.chart) ?? []].flat(),
  ];
  return ends.some((end) => one.dueAt > end) ? undefined : one;
}

function dueOf(plan: Counted, row: Row, repeat: number): Instant {
  const { every, from } = row.when;
  const times = from ? repeat - 1 : repeat;
  const by: Duration = { ...every, count: Math.max(every.count, 1) * times };
  return dueAfter(plan.pathway, beginningOf(plan, row), by);
}

/** What a row counts from. It may move: its phase is entered again, another session is given. */
export function beginningOf(plan: Counted, row: Row): Instant {
  const { every, from } = row.when;
  const of = { ...countedFor(row.chart, row.round), by: every };
  if (from) return beginsAt(plan, from, of);
  if (isCareAfter(row.chart)) return anchorFor(plan, 'procedure', of);
  const { maintenance } = of;
  const began = maintenance === undefined ? undefined : maintenanceBegan(plan.state, maintenance);
  return began ?? plan.state.enteredAt[row.chart] ?? plan.now;
}
