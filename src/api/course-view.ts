import { homeOf, isPeriod, placeOf } from '../core/pathway/chart.ts';
import type { StageDefinition } from '../core/pathway/compiled.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { whyNot } from '../core/plan/chosen-stages.ts';
import { lastsUntil } from '../core/plan/lasting.ts';
import { viewAlong, WAITING } from '../core/plan/lines.ts';
import { nextListed, sessionsBehind, sessionsFor, sessionsOf } from '../core/plan/listed-sessions.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';
import { roundOf, sessionsGiven } from '../core/plan/progress.ts';
import { backTo, whereTo } from '../core/plan/returns.ts';
import type { BookingView, DelayView, LeaveView, StageView, TrackView } from './course-rows.schema.ts';

/** How far a plan is on its course, and off it. */

export const stagesOf = (pathway: Pathway, state: PlanState): StageView[] =>
  pathway.stages.map((stage) => {
    const progress = state.stages[stage.stage];
    const list = stage.list && listOf(state, stage);
    const passedOver = list?.filter(({ status }) => status === 'passed over') ?? progress?.skipped ?? [];
    return {
      stage: stage.stage,
      title: stage.title,
      round: progress?.round,
      sessions: {
        done: sessionsBehind(state, stage),
        skipped: passedOver.length,
        of: stage.period ? 0 : sessionsOf(pathway, state, stage),
        list,
      },
      until: untilOf(pathway, state, stage),
      notFor: whyNot({ pathway, state }, stage) || undefined,
      anaesthesia: stage.anaesthesia,
      elsewhere: stage.elsewhere,
      clearance: clearanceOf(stage, state),
    };
  });

/** The end of the last day of a period that the plan is in. */
function untilOf(pathway: Pathway, state: PlanState, { stage }: StageDefinition): StageView['until'] {
  const line = viewAlong(pathway, state, pathway.trackOf(stage));
  const home = homeOf(line.state);
  return isPeriod(home) && placeOf(home).stage === stage
    ? lastsUntil({ ...line, now: state.now }, home)
    : undefined;
}

export const tracksOf = (pathway: Pathway, { tracks }: PlanState): TrackView[] =>
  pathway.tracks.map(({ track, title, starts }) => {
    const { chart, startedAt, leftFrom } = tracks[track] ?? WAITING;
    const returnsTo = leftFrom === undefined ? undefined : backTo(pathway, leftFrom);
    return { track, title, starts, phase: chart, startedAt, returnsTo };
  });
/** Each of the sessions that are for this patient, in the order of the list. */
function listOf(state: PlanState, stage: StageDefinition): NonNullable<StageView['sessions']['list']> {
  const given = sessionsGiven(state, stage.stage);
  const next = nextListed(state, stage)?.session;
  return sessionsFor(state, stage).map(({ session, title }) => {
    const on = given.find((one) => one.session === session)?.performedOn;
    const missed = state.stages[stage.stage]?.passedOver?.find((one) => one.session === session);
    if (on !== undefined) return { session, title, status: 'given', on };
    if (missed) return { session, title, status: 'passed over', on: missed.on };
    return { session, title, status: session === next ? 'next' : 'ahead' };
  });
}

function clearanceOf(stage: StageDefinition, state: PlanState): StageView['clearance'] {
  const phases = [
    ['prep', stage.prep ?? []],
    ['ready', stage.beforeEach],
  ] as const;
  return phases.flatMap(([phase, work]) =>
    work
      .filter(({ clears }) => clears === 'anaesthesia')
      .map(({ task, title }) => {
        const id = `${stage.stage}.${phase}/${task}`;
        const asked = state.tasks[id];
        // What was cleared for an operation that has been done clears no other.
        return asked?.turn?.round === roundOf(state, stage.stage)
          ? { task: id, title, status: asked.status, completedAt: asked.completedAt }
          : { task: id, title };
      }),
  );
}

export const bookingsOf = (pathway: Pathway, { bookings }: PlanState): BookingView[] =>
  inOrder(pathway, bookings);

export const delaysOf = (pathway: Pathway, { delays }: PlanState): DelayView[] =>
  inOrder(pathway, delays).map(({ stage, title, until, why }) => ({ stage, title, until, why }));

/** What is kept by stage, in the order of the course. */
const inOrder = <T extends object>({ stages }: Pathway, byStage: Readonly<Record<string, T>>) =>
  stages.flatMap(({ stage, title }) => {
    const kept = byStage[stage];
    return kept ? [{ stage, title, ...kept }] : [];
  });

export function leaveOf(pathway: Pathway, { leave }: PlanState): LeaveView | undefined {
  if (!leave) return undefined;
  const { exit, from, at, by, reason, closesAt, dropped } = leave;
  return { exit, from, since: at, by, reason, closesAt, dropped, returnsTo: whereTo(pathway, leave) };
}
