import type { FactValue } from '../model/event.schema.ts';
import type { Instant } from '../model/primitives.schema.ts';
import { homeOf, placeOf } from '../pathway/chart.ts';
import { leavesOf } from '../pathway/conditions.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { ObjectiveDefinition } from '../pathway/goals.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Moment } from '../pathway/work.schema.ts';
import { beginsAt, type Counted, endsAt, hasHappened, performedIn } from './due-anchors.ts';
import type { Achievement, Concern } from './goal-state.schema.ts';
import { judgeAt } from './judging.ts';
import { type Point, seriesOf } from './objective-series.ts';
import type { PlanState } from './plan-state.schema.ts';

/** How an objective stands, on all that is known now. */
export interface Standing {
  readonly achievement: Achievement;
  readonly concern: Concern | undefined;
  /** The first that was known in the plan, as `fall from baseline` counts it. */
  readonly baseline: Point | undefined;
  readonly latest: Point | undefined;
  /** Of the way from the baseline to the target, in percent; below 0, further away. Absent where it is no number. */
  readonly progress: number | undefined;
  /** The end of the day by which it is to be reached; absent: what that counts from has not come. */
  readonly dueAt: Instant | undefined;
  /** When it was reached, if it still is. */
  readonly reachedAt: Instant | undefined;
  /** Since when `ineffectiveWhen` counts, or will; absent: as for `dueAt`. */
  readonly askedFrom: Instant | undefined;
  /** Whether it is known that the treatment has no effect. */
  readonly ineffective: 'met' | 'unmet' | 'unknown' | undefined;
  /** When time alone may change that. */
  readonly validUntil: Instant | undefined;
}

/** An objective, with the site at which it is looked at. */
export interface Sited {
  readonly objective: ObjectiveDefinition;
  readonly site?: string;
}

/** What is measured by area has an objective for each site that the treatment is for. */
export function sitesOf(pathway: Pathway, { areas }: PlanState, objective: ObjectiveDefinition): Sited[] {
  const base = pathway.derived(objective.measure)?.of ?? objective.measure;
  if (!pathway.fact(base)?.byArea) return [{ objective }];
  return (areas.treatment ?? []).map((site) => ({ objective, site }));
}

/** `fewer`, or `clean/left breast`: the name of an objective in the plan. */
export const idOf = ({ objective: { objective }, site }: Sited): string =>
  site === undefined ? objective : `${objective}/${site}`;

/** Of a site with several parts, that of the part that is furthest behind: a site is there when all of it is. */
export function standingOf(plan: Counted, { objective, site }: Sited): Standing {
  const atoms = site === undefined ? [undefined] : plan.pathway.areas.atomsOf(site);
  const all = atoms.map((atom) => standingAt(plan, objective, atom));
  const [first = standingAt(plan, objective, site), ...others] = all;
  return others.reduce((worst, one) => (rankOf(one) < rankOf(worst) ? one : worst), first);
}

const rankOf = ({ latest, progress = 0 }: Standing): number =>
  latest ? (latest.isMet ? 1_000 : progress) : 999;

function standingAt(plan: Counted, objective: ObjectiveDefinition, atom: string | undefined): Standing {
  const { target } = objective;
  const series = seriesOf(plan, objective, atom);
  const [baseline] = series;
  const latest = series.at(-1);
  const run = series.slice(series.findLastIndex(({ isMet }) => !isMet) + 1);
  const dueAt = dayOf(plan, objective.by, 'end');
  const asked = effectOf(plan, objective, { atom, dueAt });
  const concern = concernOf({ series, dueAt, now: plan.now, isIneffective: asked.ineffective === 'met' });
  return {
    achievement: achievementOf(target, series, concern),
    concern,
    baseline,
    latest,
    progress: progressOf(target, baseline, latest),
    dueAt,
    reachedAt: run[0]?.observedAt,
    ...asked,
  };
}

/** What counts from the last session counts from the last of its series: while that goes on, there is none. */
function dayOf(plan: Counted, moment: Moment, edge: 'begin' | 'end'): Instant | undefined {
  const { after } = moment;
  const everywhere = { stage: undefined };
  if (!hasHappened(plan, after, everywhere)) return undefined;
  if (after === 'last session' && isSeriesUnderWay(plan)) return undefined;
  return edge === 'end' ? endsAt(plan, moment, everywhere) : beginsAt(plan, moment, everywhere);
}

function isSeriesUnderWay({ pathway, state }: Counted): boolean {
  const last = performedIn(state, { stage: undefined }).at(-1);
  if (!last) return false;
  const track = state.tracks[pathway.trackOf(last.stage) ?? ''];
  const { phase, stage } = placeOf(track ? (track.leftFrom ?? track.chart) : homeOf(state));
  return stage === last.stage && (phase === 'ready' || phase === 'prep' || phase === 'procedure');
}

/** Before it is due, or the day that the pathway names for that, nothing is said of the effect. */
function effectOf(
  plan: Counted,
  { from, ineffectiveWhen }: ObjectiveDefinition,
  { atom, dueAt }: { readonly atom: string | undefined; readonly dueAt: Instant | undefined },
): Pick<Standing, 'askedFrom' | 'ineffective' | 'validUntil'> {
  if (!ineffectiveWhen) return { askedFrom: undefined, ineffective: undefined, validUntil: undefined };
  const askedFrom = from ? dayOf(plan, from, 'begin') : dueAt;
  const { pathway, state, now } = plan;
  if (askedFrom === undefined || askedFrom > now)
    return { askedFrom, ineffective: undefined, validUntil: undefined };
  const place = atom === undefined ? {} : { site: atom };
  const { result, validUntil } = judgeAt(pathway, state, now, ineffectiveWhen, place);
  return { askedFrom, ineffective: result, validUntil };
}

/**
 * Unknown is not missed: whether it was reached in time is said on a value that was fresh on the day, or on a later one.
 */
function concernOf({
  series,
  dueAt,
  now,
  isIneffective,
}: {
  readonly series: readonly Point[];
  readonly dueAt: Instant | undefined;
  readonly now: Instant;
  readonly isIneffective: boolean;
}): Concern | undefined {
  const latest = series.at(-1);
  if (latest?.isMet) return undefined;
  if (series.some(({ isMet }) => isMet)) return 'lost';
  if (isIneffective && latest) return 'ineffective';
  if (dueAt === undefined || dueAt > now) return undefined;
  const isFresh = latest && (latest.validUntil === undefined || latest.validUntil >= dueAt);
  return isFresh ? 'late' : 'unknown';
}

function achievementOf(
  target: LoweredCondition,
  series: readonly Point[],
  concern: Concern | undefined,
): Achievement {
  const [previous, latest] = series.slice(-2);
  if (series.at(-1)?.isMet) return series.at(-2)?.isMet ? 'sustaining' : 'achieved';
  if (concern === 'lost') return 'worsening';
  if (concern === 'ineffective') return 'no-progress';
  if (concern === 'late') return 'not-achieved';
  const [before, after] = [previous, latest].map((point) => distanceTo(target, point?.value));
  if (before === undefined || after === undefined) return 'in-progress';
  return after < before ? 'improving' : after > before ? 'worsening' : 'no-change';
}

/** How far a number lies outside of what is wanted; undefined: it is no number. */
function distanceTo(target: LoweredCondition, value: FactValue | undefined): number | undefined {
  if (typeof value !== 'number') return undefined;
  const gaps = leavesOf(target).map(({ operator, value: bound }) =>
    typeof bound === 'number' ? (operator.startsWith('less') ? value - bound : bound - value) : 0,
  );
  return Math.max(0, ...gaps);
}

/** What is not reached is not the whole way, however near: a bound that is not itself within it is nearly there. */
function progressOf(
  target: LoweredCondition,
  baseline: Point | undefined,
  latest: Point | undefined,
): number | undefined {
  const [begun, left] = [baseline, latest].map((point) => distanceTo(target, point?.value));
  if (begun === undefined || left === undefined || !latest) return undefined;
  if (latest.isMet) return 100;
  return begun === 0 ? undefined : Math.min(99, Math.floor((100 * (begun - left)) / begun));
}

/** How a target was reached against its day. */
export function timingOf({
  reachedAt,
  dueAt,
}: Pick<Standing, 'reachedAt' | 'dueAt'>): 'in time' | 'late' | undefined {
  if (reachedAt === undefined || dueAt === undefined) return undefined;
  return reachedAt < dueAt ? 'in time' : 'late';
}
