import { homeOf, isCareAfter, isExit, itemAt, placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Draft } from './draft.ts';
import { leaveAgain } from './exits.ts';
import { isGateOpen } from './gates.ts';
import { enterAnew } from './phases.ts';
import type { MovedFrom, Performed, PlanState } from './plan-state.schema.ts';
import { performedAlong, roundOf } from './progress.ts';
import { isSeriesOver } from './sessions.ts';
import { dropWorkBefore, leaveMaintenance } from './stand-down.ts';
import { cancelTask, definitionOf, keepOpen } from './tasks.ts';

/** Where a plan would be, had a report never been told that turned out to be wrong. */

/** What was told after it, or performed after it, along its line. */
export const toldSince = ({ pathway, state }: Plan, wrong: Performed): Performed[] =>
  performedAlong(pathway, state).filter(
    (one) => one !== wrong && (one.step > wrong.step || one.performedOn > wrong.performedOn),
  );

type Plan = Pick<Draft, 'pathway' | 'state'>;

/**
 * What is left without it. The next report that moved the plan would have found it where this one did: a second one that
 * is wrong must not lead back to where only the first had led.
 */
export function performedWithout({ pathway, state }: Draft, wrong: Performed): Performed[] {
  const rest = state.performed.filter((one) => one !== wrong);
  const { movedFrom: before } = wrong;
  const next = performedAlong(pathway, state).find(
    (one) => one !== wrong && one.step > wrong.step && one.movedFrom,
  );
  if (!before || !next?.movedFrom || !isOfNow(state, wrong)) return rest;
  const isEarlier = placeIn(pathway, before.chart) <= placeIn(pathway, next.movedFrom.chart);
  if (!isEarlier) return rest;
  const movedFrom = fromBefore(before, next.movedFrom);
  return rest.map((one) => (one === next ? { ...one, movedFrom } : one));
}

/** A plan that was off its course at either of them was off it. */
function fromBefore({ leave: first, ...before }: MovedFrom, { leave: second }: MovedFrom): MovedFrom {
  const leave = second ?? first;
  return leave ? { ...before, leave: { ...leave, from: before.chart } } : before;
}

/** Nobody has decided since that its stage is done once more, or left out. */
const isOfNow = ({ stages }: PlanState, { stage, round }: Performed): boolean =>
  round === roundOf({ stages }, stage) && stages[stage]?.leftOut === undefined;

/**
 * What comes after a procedure is not owed where there was none. Told right since, of an earlier day, it is owed since
 * that day.
 */
export function keepCareAfter(draft: Draft, stage: string, { round, performedOn, step }: Performed): void {
  const left = draft.state.performed.filter((one) => one.stage === stage && one.round >= round);
  const isToldRight = left.some(
    (one) => one.round === round && one.step > step && one.performedOn < performedOn,
  );
  for (const [id, { belongsTo, status }] of Object.entries(draft.state.tasks)) {
    if (status !== 'requested' || !isBehind(belongsTo, stage)) continue;
    const definition = definitionOf(draft.pathway, id);
    if (left.length === 0) cancelTask(draft, id);
    else if (isToldRight && definition && 'due' in definition.when) keepOpen(draft, id, definition);
  }
}

/**
 * Off the course again, where the report had brought the plan back from there; but one that would have been closed
 * meanwhile is not closed for that.
 * @returns whether it is
 */
export function goOffAgain(draft: Draft, wrong: Performed): boolean {
  const { chart } = draft.state;
  const leave = wrong.movedFrom?.leave;
  if (!leave || isExit(chart) || draft.pathway.chart.isFinal(chart) || !isOfNow(draft.state, wrong))
    return false;
  if (draft.now >= leave.closesAt) return false;
  leaveAgain(draft, leave);
  return true;
}

interface Undone {
  readonly wrong: Performed;
  /** What was told since. */
  readonly since: readonly Performed[];
}

/** To where the plan is without it; off its course, that is where it returns to. */
export function goBack(draft: Draft, stage: StageDefinition, undone: Undone): void {
  const { chart, leave } = draft.state;
  const home = homeOf(draft.state);
  if (draft.pathway.chart.isFinal(home) || !isOfNow(draft.state, undone.wrong)) return;
  const kept = keptBack(draft, { ...undone, home });
  if (kept) keepMovedFrom(draft, kept, undone.wrong.movedFrom);
  const to = kept ? leadsTo(draft, kept) : whereTo(draft, stage, { ...undone, home });
  if (to === undefined || to === home) return;
  leaveMaintenance(draft, home);
  if (leave) {
    draft.state = { ...draft.state, leave: { ...leave, from: to } };
    return;
  }
  const { stage: left } = placeOf(chart);
  // It is not next: its gate will be come to again, and waits as long as it was told to.
  if (left !== undefined && left !== placeOf(to).stage) dropWorkBefore(draft, left);
  enterAnew(draft, to);
}

/**
 * Where it was before the report, as long as nothing was performed since, however far it has gone; else the gate where
 * the stage is owed, while the plan stands behind that. Undefined: where it is.
 */
function whereTo(
  draft: Draft,
  stage: StageDefinition,
  { wrong: { movedFrom }, since, home }: Undone & { readonly home: string },
): string | undefined {
  const ready = `${stage.stage}.ready`;
  const owed = isSeriesOver(draft, stage) ? undefined : ready;
  const hasGoneOn = since.some((one) => one.stage !== stage.stage);
  const isBehindIt = hasPassed(home, stage);
  if (!movedFrom || hasGoneOn) return isBehindIt ? owed : undefined;
  if (placeIn(draft.pathway, home) < placeIn(draft.pathway, ready)) return undefined;
  const back = since.length > 0 ? ready : asItStands(draft, movedFrom.chart);
  if (placeOf(back).stage !== stage.stage) return back;
  return placeOf(home).stage === stage.stage && !isBehindIt ? undefined : owed;
}

/** Behind a stage's procedure, or in one that others had begun. */
const hasPassed = (home: string, { stage, elsewhere }: StageDefinition): boolean =>
  isBehind(home, stage) || (elsewhere === true && home === `${stage}.procedure`);

/**
 * The report that would have moved the plan, had the one that is wrong not been told before it of a later day: the last
 * performance that is left, where the plan has not come to its aftercare since.
 */
function keptBack(
  { pathway, state }: Draft,
  { wrong, since, home }: Undone & { readonly home: string },
): Performed | undefined {
  const { enteredAt } = state;
  const all = performedAlong(pathway, state);
  const last = since.filter((one) => all.every(({ performedOn }) => performedOn <= one.performedOn)).at(-1);
  if (!last || !wrong.movedFrom || last.stage === wrong.stage || !isOfNow(state, last)) return undefined;
  if (since.some(({ movedFrom }) => movedFrom) || last.performedOn > wrong.performedOn) return undefined;
  if (placeIn(pathway, home) < placeIn(pathway, `${wrong.stage}.ready`)) return undefined;
  return (enteredAt[`${last.stage}.closure`] ?? '') < last.reportedAt ? last : undefined;
}

/** Undefined: to nowhere, for it came too early to count, and nothing more was owed. */
function leadsTo(draft: Draft, { stage: name, counts }: Performed): string | undefined {
  const stage = draft.pathway.stage(name);
  if (!stage) return undefined;
  const isOver = isSeriesOver(draft, stage);
  if (!isOver) return `${name}.ready`;
  return counts ? `${name}.closure` : undefined;
}

function keepMovedFrom(draft: Draft, kept: Performed, movedFrom: MovedFrom | undefined): void {
  if (!movedFrom) return;
  const performed = draft.state.performed.map((one) => (one === kept ? { ...one, movedFrom } : one));
  draft.state = { ...draft.state, performed };
}

/** Behind a gate only while it stands open. */
function asItStands(draft: Draft, chart: string): string {
  const { phase, stage } = placeOf(chart);
  if (stage === undefined || (phase !== 'prep' && phase !== 'procedure')) return chart;
  return isGateOpen(draft, stage, phase) ? chart : `${stage}.ready`;
}

/** -1: before the course. */
function placeIn({ course }: Draft['pathway'], chart: string): number {
  const item = itemAt(chart);
  return course.findIndex(({ name }) => name === item);
}

/** Whether a plan, or its work, is behind a stage's procedure. */
export const isBehind = (chart: string, stage: string): boolean =>
  placeOf(chart).stage === stage && (isCareAfter(chart) || placeOf(chart).phase === 'reassessment');
