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

/** A stage that is come to for the first time is in its first round. */
export function beginStage(draft: Draft, stage: string): void {
  const { state } = draft;
  if (Object.hasOwn(state.stages, stage)) return;
  draft.state = { ...state, stages: { ...state.stages, [stage]: { round: 1, skipped: 0 } } };
}
