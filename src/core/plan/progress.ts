import { localDateOf } from '../model/calendar.ts';
import type { LocalDate } from '../model/primitives.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Draft } from './draft.ts';
import type { Performed, PlanState, StageProgress } from './plan-state.schema.ts';

/** Which time a stage is on: 1 before it was ever come to. */
export const roundOf = ({ stages }: Pick<PlanState, 'stages'>, stage: string): number =>
  stages[stage]?.round ?? 1;

/** Which round of a stage was running on a day; before all of them, the first. */
export function roundOn(
  { stages }: Pick<PlanState, 'stages'>,
  stage: string,
  { on, zone }: { readonly on: LocalDate; readonly zone: string },
): number {
  const began = stages[stage]?.began ?? [];
  return Math.max(1, roundOf({ stages }, stage) - began.filter((at) => localDateOf(at, zone) > on).length);
}

/** What was performed of a line's own stages: what is done along another moves nothing along this one. */
export const performedAlong = (
  { stages }: Pick<Pathway, 'stages'>,
  { performed }: Pick<PlanState, 'performed'>,
): Performed[] => performed.filter(({ stage }) => stages.some((own) => own.stage === stage));

/** The sessions of a stage's present round that were given, in the order in which they were told. */
export function sessionsGiven(state: Pick<PlanState, 'stages' | 'performed'>, stage: string): Performed[] {
  const round = roundOf(state, stage);
  return state.performed.filter((one) => one.stage === stage && one.round === round && one.counts);
}

/** How many sessions of the present round are behind: given, or passed over. */
export const sessionsDone = (state: Pick<PlanState, 'stages' | 'performed'>, stage: string): number =>
  sessionsGiven(state, stage).length + (state.stages[stage]?.skipped.length ?? 0);

/** `ac/1/3`: the stage, its round, and the session that comes next. */
export const sessionOf = (state: Pick<PlanState, 'stages' | 'performed'>, stage: string): string =>
  `${stage}/${roundOf(state, stage)}/${sessionsDone(state, stage) + 1}`;

type PassedOver = NonNullable<Performed['passedOver']>;

/** A session whose appointment was missed is passed over; a listed one by its name. */
export function skipSession(
  draft: Draft,
  stage: string,
  { on, session }: { readonly on: LocalDate; readonly session: string | undefined },
): void {
  const { stages } = draft.state;
  const known = stages[stage] ?? { round: 1, skipped: [] };
  const { passedOver = [] } = known;
  const named = session === undefined ? {} : { passedOver: [...passedOver, { on, session }] };
  keepSkipped(draft, stage, { ...known, skipped: [...known.skipped, on], ...named });
}

/**
 * One that was passed over was given on its day after all: it is one session behind, and not two.
 * @returns which it was; undefined: none was passed over on that day
 */
export function countAsGiven(draft: Draft, stage: string, on: LocalDate): PassedOver | undefined {
  const known = draft.state.stages[stage];
  const index = known?.skipped.indexOf(on) ?? -1;
  if (!known || index < 0) return undefined;
  const session = known.passedOver?.find((one) => one.on === on)?.session;
  const left = known.passedOver?.filter((one) => one.on !== on);
  const skipped = known.skipped.toSpliced(index, 1);
  keepSkipped(draft, stage, { ...known, skipped, ...(left ? { passedOver: left } : {}) });
  return session === undefined ? {} : { session };
}

function keepSkipped(draft: Draft, stage: string, progress: StageProgress): void {
  draft.state = { ...draft.state, stages: { ...draft.state.stages, [stage]: progress } };
}

/** A stage that is come to for the first time is in its first round; one that was left out is so no more. */
export function beginStage(draft: Draft, stage: string): void {
  const { state } = draft;
  const known = Object.hasOwn(state.stages, stage) ? state.stages[stage] : undefined;
  if (known && known.leftOut === undefined) return;
  const { leftOut: _ended, ...progress } = known ?? { round: 1, skipped: [] };
  draft.state = { ...state, stages: { ...state.stages, [stage]: progress } };
}

/** What is left of a stage that was come to is left out. Another that is passed by was never in it. */
export function leaveOut(draft: Draft, stage: string): void {
  const { stages } = draft.state;
  const known = Object.hasOwn(stages, stage) ? stages[stage] : undefined;
  if (!known) return;
  draft.state = { ...draft.state, stages: { ...stages, [stage]: { ...known, leftOut: draft.now } } };
}

/** Whether a day lies before the one on which the rest of a stage was left out. */
export function isLeftOut(
  { stages }: Pick<PlanState, 'stages'>,
  stage: string,
  { on, zone }: { readonly on: LocalDate; readonly zone: string },
): boolean {
  const at = stages[stage]?.leftOut;
  return at !== undefined && on < localDateOf(at, zone);
}
