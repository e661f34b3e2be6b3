import { isPrescribed } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Draft } from './draft.ts';
import { along, WAITING } from './lines.ts';
import { moveChart } from './phases.ts';
import type { PlanState } from './plan-state.schema.ts';
import type { TrackState } from './tailored.schema.ts';

/** Tracks that have begun and are not over. A plan goes on, and can leave its course, while there is one. */
export const runningTracks = (pathway: Pathway, { tracks }: Pick<PlanState, 'tracks'>): string[] =>
  pathway.tracks.flatMap(({ track }) => (isRunning(pathway, track, tracks[track]) ? [track] : []));

const isRunning = (pathway: Pathway, track: string, { chart }: TrackState = WAITING): boolean =>
  chart !== WAITING.chart && !pathway.line(track).chart.isFinal(chart);

/** The main course is, and whatever runs beside it. */
export const isCourseOver = (pathway: Pathway, state: PlanState): boolean =>
  pathway.chart.isFinal(state.chart) && runningTracks(pathway, state).length === 0;

/** Stopped with the plan: by whoever cancelled it, or by how it ended. */
export function stopTrack(draft: Draft, track: string): void {
  const type = isPrescribed(draft.state) ? 'plan.prescribed' : 'plan.cancelled';
  along(draft, track, () => moveChart(draft, { type }));
}

/** What runs beside a course that has come to its end. */
export function stopTracks(draft: Draft): void {
  for (const track of runningTracks(draft.pathway, draft.state)) stopTrack(draft, track);
}
