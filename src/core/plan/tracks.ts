import { homeOf, isBeforeProcedure, isEnd, isExit, placeOf } from '../pathway/chart.ts';
import type { TrackDefinition } from '../pathway/compiled.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { isFor } from './choices.ts';
import { type Draft, write } from './draft.ts';
import { stop } from './exits.ts';
import { openGateOf } from './gates.ts';
import { along, mainChartOf, WAITING } from './lines.ts';
import { askAPerson } from './outside.ts';
import { moveChart } from './phases.ts';
import type { Leave } from './plan-state.schema.ts';
import { leaveOut, sessionsGiven } from './progress.ts';
import { backTo, comeBack } from './returns.ts';
import { runningTracks, stopTrack } from './running-tracks.ts';
import { leaveStage } from './stand-down.ts';

/**
 * Tracks run beside the main course, each on a chart of its own. One begins with the course or once an outcome starts it,
 * for the patients whom it is for; it leaves the course and returns with the plan, and is stopped with it. Where the main
 * course has come to its end, what runs beside it goes on to its own.
 */

/**
 * Started once is started, unless it was only by a report that was taken back. What cannot begin any more, or has come to
 * its end already, somebody has to hear of: whether it is done once more is for a person to say.
 */
export function startTrack(draft: Draft, track: string, why: string): void {
  const { tracks } = draft.state;
  const known = tracks[track] ?? WAITING;
  const hasEnded = draft.pathway.line(track).chart.isFinal(known.chart);
  if (!hasEnded && (known.asked !== undefined || known.chart !== WAITING.chart)) return;
  const chart = mainChartOf(draft);
  if (hasEnded || isStopped(draft, chart)) {
    const stands = hasEnded ? `it is ${known.chart} already` : `the plan is ${chart}`;
    const title = `${why} ${titleOf(draft, track)} is to start, and ${stands}: what now?`;
    askAPerson(draft, `start-${track}`, { title, role: COORDINATOR });
    return;
  }
  draft.state = { ...draft.state, tracks: { ...tracks, [track]: { ...known, asked: draft.now } } };
}

/** Its course is over otherwise than by having come to its end. */
const isStopped = ({ pathway }: Draft, chart: string): boolean =>
  chart !== 'completed' && pathway.line(undefined).chart.isFinal(chart);

const titleOf = ({ pathway }: Draft, track: string): string =>
  pathway.tracks.find((one) => one.track === track)?.title ?? track;

/** As the plan goes on: each track begins, leaves with the plan, comes back with it, and ends with it. */
export function keepTracks(draft: Draft): void {
  for (const definition of draft.pathway.tracks) keepTrack(draft, definition);
  endEmptyLeave(draft);
}

/** Of a plan that left its course for what ran beside it alone, nothing is left that could return. */
function endEmptyLeave(draft: Draft): void {
  const { pathway, state } = draft;
  if (!state.leave || !isEnd(state.leave.from) || runningTracks(pathway, state).length > 0) return;
  along(draft, undefined, () => comeBack(draft, 'nothing runs beside its course any more'));
}

function keepTrack(draft: Draft, definition: TrackDefinition): void {
  const { track } = definition;
  keepWaiting(draft, track);
  const { leave } = draft.state;
  const { chart } = draft.state.tracks[track] ?? WAITING;
  if (draft.pathway.line(track).chart.isFinal(chart)) return;
  if (isStopped(draft, draft.state.chart)) stopTrack(draft, track);
  else if (chart === WAITING.chart) beginTrack(draft, definition);
  else if (leave && chart !== leave.exit) leaveWithPlan(draft, track, leave);
  else if (!leave && isExit(chart)) returnWithPlan(draft, track);
  else if (!leave && isFor(draft.state, definition.onlyFor) === false)
    along(draft, track, () => passOver(draft));
  noteStart(draft, track);
}

/** Off the course, the report that had begun it was taken back: it has not begun, and has nowhere to return to. */
function keepWaiting(draft: Draft, track: string): void {
  const { tracks } = draft.state;
  const { leftFrom, ...known } = tracks[track] ?? WAITING;
  if (leftFrom !== WAITING.chart) return;
  draft.state = { ...draft.state, tracks: { ...tracks, [track]: { ...known, chart: WAITING.chart } } };
}

/** However it came to begin: a report of one of its stages begins it as well. One that is stopped before has not. */
function noteStart(draft: Draft, track: string): void {
  const { tracks } = draft.state;
  if (isStopped(draft, draft.state.chart)) return;
  const known = tracks[track];
  if (!known || known.chart === WAITING.chart || known.startedAt !== undefined) return;
  const begun = { ...known, startedAt: draft.now };
  draft.state = { ...draft.state, tracks: { ...tracks, [track]: begun } };
  const says = `${titleOf(draft, track)} has begun`;
  write(draft, { kind: 'track.started', says, details: { track } });
}

function beginTrack(draft: Draft, { track, starts, onlyFor }: TrackDefinition): void {
  const { enteredAt, tracks } = draft.state;
  const isCourse = enteredAt.course !== undefined && !draft.pathway.chart.isFinal(homeOf(draft.state));
  const isDue = tracks[track]?.asked !== undefined || (starts === 'with course' && isCourse);
  if (!isDue || isFor(draft.state, onlyFor) !== true) return;
  along(draft, track, () => moveChart(draft, { type: 'track.started' }));
}

/** What leads to a procedure stops here as well; where the track is it comes back to. */
function leaveWithPlan(draft: Draft, track: string, leave: Leave): void {
  along(draft, track, () => {
    const from = homeOf(draft.state);
    stop(draft);
    moveChart(draft, { type: `exit.${leave.exit}` });
    draft.state = { ...draft.state, leave: { ...leave, from } };
  });
}

function returnWithPlan(draft: Draft, track: string): void {
  const from = draft.state.tracks[track]?.leftFrom;
  if (from === undefined) return;
  along(draft, track, () => moveChart(draft, { type: `return.${backTo(draft.pathway, from)}` }, { from }));
}

/**
 * It is not for this patient any more. What has begun ends in its own way: only stages of which nothing was given are
 * passed over, in one go, however many a track has. A track of which nothing was done waits, and begins again should it be
 * for them after all.
 */
function passOver(draft: Draft): void {
  for (let before = ''; before !== draft.state.chart; ) {
    before = draft.state.chart;
    passOne(draft);
  }
}

function passOne(draft: Draft): void {
  const { state, pathway } = draft;
  const isUntouched = state.performed.every(({ stage }) =>
    pathway.stages.every((one) => one.stage !== stage),
  );
  const { stage, phase } = placeOf(state.chart);
  if (phase === WAITING.chart) return;
  if (isUntouched && phase !== 'procedure') {
    if (stage !== undefined) leaveStage(draft, stage);
    moveChart(draft, { type: 'track.waits' });
    return;
  }
  if (stage === undefined || !isBeforeProcedure(state.chart)) return;
  if (openGateOf(draft, stage) || sessionsGiven(state, stage).length > 0) return;
  leaveStage(draft, stage);
  leaveOut(draft, stage);
  moveChart(draft, { type: `passed.${stage}` });
}
