import { placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Draft } from './draft.ts';
import type { Performed, PlanState } from './plan-state.schema.ts';

/** Which time a stage is on: 1 before it was ever come to. */
export const roundOf = ({ stages }: Pick<PlanState, 'stages'>, stage: string): number =>
  stages[stage]?.round ?? 1;

/** The sessions of a stage's present round that were given, in the order in which they were told. */
export function sessionsGiven(state: Pick<PlanState, 'stages' | 'performed'>, stage: string): Performed[] {
  const round = roundOf(state, stage);
  return state.performed.filter((one) => one.stage === stage && one.round === round && one.counts);
}

/** How many sessions of the present round are behind: given, or passed over. */
export const sessionsDone = (state: Pick<PlanState, 'stages' | 'performed'>, stage: string): number =>
  sessionsGiven(state, stage).length + (state.stages[stage]?.skipped ?? 0);

/** A stage in the words of what is owed next: `Filling, session 2 of 4`. */
export function nextSession(
  state: Pick<PlanState, 'stages' | 'performed'>,
  { stage, title, sessions }: StageDefinition,
): string {
  if (sessions === 1) return title;
  return `${title}, session ${Math.min(sessionsDone(state, stage) + 1, sessions)} of ${sessions}`;
}

/** Each stage that a plan has come to knows its round, and since when it is on. */
export function keepProgress(draft: Draft): void {
  const { state, now } = draft;
  const { stage } = placeOf(state.chart);
  if (stage === undefined || state.stages[stage]?.beganAt !== undefined) return;
  const progress = { round: 1, skipped: 0, ...state.stages[stage], beganAt: now };
  draft.state = { ...state, stages: { ...state.stages, [stage]: progress } };
}
