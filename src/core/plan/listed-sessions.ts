import type { ListedSession, StageDefinition } from '../pathway/compiled.schema.ts';
import { type Pathway, sessionsIn } from '../pathway/pathway.ts';
import { isFor } from './choices.ts';
import { countOf } from './figures.ts';
import type { PlanState } from './plan-state.schema.ts';
import { roundOf, sessionsDone } from './progress.ts';

/**
 * A stage's sessions may differ: its file lists them, each with what is done at it and whom it is for. Whoever asks
 * about the next one asks about that stage as this session has it. Where a stage lists none, all its sessions are alike.
 */

/**
 * The listed sessions that this patient has had in a round, or has ahead: as long as a choice is not made, nothing is left
 * out. One that the plan went by, while it was for others, is not made up for when another choice is made.
 */
export function sessionsFor(
  state: PlanState,
  stage: StageDefinition,
  round: number = roundOf(state, stage.stage),
): ListedSession[] {
  const behind = namesBehind(state, stage.stage, round);
  const isPresent = round === roundOf(state, stage.stage);
  const goneBy = isPresent ? (state.stages[stage.stage]?.goneBy ?? []) : [];
  return sessionsIn(stage).filter(
    ({ session, onlyFor }) =>
      behind.has(session) || (isFor(state, onlyFor) !== false && !goneBy.includes(session)),
  );
}

/** How many sessions of a stage this patient has in a round. */
export const sessionsOf = (pathway: Pathway, state: PlanState, stage: StageDefinition): number =>
  stage.list ? sessionsFor(state, stage).length : countOf(pathway, state, stage);

/** How many of them are behind in the present round: given, or passed over. */
export function sessionsBehind(state: PlanState, stage: StageDefinition): number {
  if (!stage.list) return sessionsDone(state, stage.stage);
  const behind = namesBehind(state, stage.stage);
  return sessionsFor(state, stage).filter(({ session }) => behind.has(session)).length;
}

/** The names of the listed sessions that a round has behind it. */
export function namesBehind(
  state: PlanState,
  stage: string,
  round: number = roundOf(state, stage),
): ReadonlySet<string> {
  const given = namesGiven(state, stage, round);
  const isPresent = round === roundOf(state, stage);
  const passed = isPresent ? (state.stages[stage]?.passedOver ?? []) : [];
  return new Set([...given, ...passed.map(({ session }) => session)]);
}

/** The names of the listed sessions that were given in a round, and count. */
export const namesGiven = ({ performed }: PlanState, stage: string, round: number): string[] =>
  performed.flatMap((one) =>
    one.stage === stage && one.round === round && one.counts && one.session !== undefined
      ? [one.session]
      : [],
  );

/** The listed session that is owed next in a round; undefined: the stage lists none, or none is left. */
export function nextListed(
  state: PlanState,
  stage: StageDefinition,
  round: number = roundOf(state, stage.stage),
): ListedSession | undefined {
  const behind = namesBehind(state, stage.stage, round);
  return sessionsFor(state, stage, round).find(({ session }) => !behind.has(session));
}

/** A stage as its next session has it; with none left, as its last. */
export function asNext(pathway: Pathway, state: PlanState, stage: StageDefinition): StageDefinition {
  if (!stage.list) return stage;
  const session = nextListed(state, stage) ?? lastListed(state, stage);
  return session ? pathway.stageAt(session) : stage;
}

export const lastListed = (state: PlanState, stage: StageDefinition): ListedSession | undefined =>
  sessionsFor(state, stage).at(-1) ?? sessionsIn(stage).at(-1);

/** The same by the stage's name. */
export function stageNow(
  pathway: Pathway,
  state: PlanState,
  name: string | undefined,
): StageDefinition | undefined {
  const stage = pathway.stage(name ?? '');
  return stage && asNext(pathway, state, stage);
}

/** A stage in the words of what is owed next: `Filling, session 2 of 4`; `Programme: Second peel, session 3 of 6`. */
export function nextSession(pathway: Pathway, state: PlanState, stage: StageDefinition): string {
  const { title } = asNext(pathway, state, stage);
  const all = sessionsOf(pathway, state, stage);
  return all === 1 ? title : `${title}, session ${Math.min(placeOfNext(state, stage) + 1, all)} of ${all}`;
}

/** Sessions may be given out of their order: the next one keeps its place in the list. */
function placeOfNext(state: PlanState, stage: StageDefinition): number {
  if (!stage.list) return sessionsDone(state, stage.stage);
  const next = nextListed(state, stage);
  const all = sessionsFor(state, stage);
  return next ? all.indexOf(next) : all.length;
}
