import type { Instant } from '../model/primitives.schema.ts';
import type { Clearing } from '../model/verdict.schema.ts';
import { isBeforeProcedure, placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { staffOf } from '../pathway/roles.ts';
import { askedTask, isDecided, lastAsked } from './asked-decisions.ts';
import { askedOf } from './boards.ts';
import { isFor } from './choices.ts';
import { delayReasons, isDelayed } from './delays.ts';
import type { Draft } from './draft.ts';
import { namesBehind, nextListed, sessionsBehind, sessionsOf } from './listed-sessions.ts';
import type { Reason } from './outcome.schema.ts';
import { outside } from './outside.ts';
import type { PlanState } from './plan-state.schema.ts';
import { roundOf } from './progress.ts';
import { ownerOf, rootOf } from './questions.ts';
import { completing, deciding } from './refusal.ts';
import type { GateKind } from './scope.ts';

/**
 * What is decided around sessions: before each, after each, and between two that a stage lists. The gate of the next
 * session stays closed until each has gone on; after the last session they keep the stage from ending. Each is asked
 * once for what it is about: a session, a report, a round.
 */
interface SessionDecision {
  readonly decision: string;
  /** What its question is about. */
  readonly about: string;
  /** `before`: of the next session alone. `behind`: of what lies behind it. */
  readonly of: 'before' | 'behind';
}

const BEFORE = '.ready/';

/** Whether a question is one that was asked before a session: what follows from it bears on a gate. */
export const isBeforeSession = (about: string): boolean => about.includes(BEFORE);

/** Those of a stage that the plan has come to, or comes to next. */
function sessionDecisionsOf(pathway: Pathway, state: PlanState, stage: StageDefinition): SessionDecision[] {
  return [...decidedBehind(state, stage), ...decidedBefore(pathway, state, stage)];
}

function decidedBefore(pathway: Pathway, state: PlanState, stage: StageDefinition): SessionDecision[] {
  const { decidedBefore: decision } = stage;
  if (decision === undefined || sessionsBehind(state, stage) >= sessionsOf(pathway, state, stage)) return [];
  const round = roundOf(state, stage.stage);
  // What was given too early to count is owed again, and decided again.
  const told = state.performed.filter((one) => one.stage === stage.stage && one.round === round).length;
  const time = told + (state.stages[stage.stage]?.skipped.length ?? 0) + 1;
  return [{ decision, about: `${stage.stage}${BEFORE}${decision}/${round}/${time}`, of: 'before' }];
}

function decidedBehind(state: PlanState, definition: StageDefinition): SessionDecision[] {
  const { stage, list = [], decidedAfter } = definition;
  const round = roundOf(state, stage);
  const next = nextListed(state, definition);
  const due = next ? list.slice(0, list.indexOf(next)) : list;
  const aboutOf = (decision: string, more: readonly string[] = []): SessionDecision => ({
    decision,
    about: [aboutBetween(stage, decision, round), ...more].join('/'),
    of: 'behind',
  });
  const given = state.performed.filter((one) => one.stage === stage && one.round === round && one.counts);
  return [
    ...due.flatMap((item) => (item.kind === 'decision' ? [aboutOf(item.decision)] : [])),
    ...given.flatMap(({ performedOn, session }) =>
      decidedAfter === undefined
        ? []
        : [aboutOf(decidedAfter, [performedOn, ...(session === undefined ? [] : [session])])],
    ),
  ];
}

const aboutBetween = (stage: string, decision: string, round: number): string =>
  `${stage}.session/${decision}/${round}`;

/**
 * As a round goes on: the listed sessions that are for others are behind once anything after them was given, passed over
 * or asked. A choice that is made otherwise later does not bring them back.
 */
export function keepGoneBy(draft: Draft): void {
  for (const stage of draft.pathway.stages) {
    const { state } = draft;
    const known = state.stages[stage.stage];
    if (!stage.list || !known) continue;
    const reached = reachOf(state, stage);
    const goneBy = stage.list.flatMap((item, index) => {
      if (item.kind !== 'session' || index >= reached) return [];
      const isBehind = known.goneBy?.includes(item.session) || isFor(state, item.onlyFor) === false;
      return isBehind ? [item.session] : [];
    });
    if (goneBy.join() === (known.goneBy ?? []).join()) continue;
    draft.state = { ...state, stages: { ...state.stages, [stage.stage]: { ...known, goneBy } } };
  }
}

/** How far a round has come in its list: the place of the last item that was given, passed over or asked; else -1. */
function reachOf(state: PlanState, { stage, list = [] }: StageDefinition): number {
  const round = roundOf(state, stage);
  const behind = namesBehind(state, stage);
  return list.findLastIndex((item) =>
    item.kind === 'session'
      ? behind.has(item.session)
      : lastAsked(state, aboutBetween(stage, item.decision, round), item.decision) !== undefined,
  );
}

/** Those that the plan waits for where it stands, and that have not gone on. */
export function sessionDecisionsOpen(pathway: Pathway, state: PlanState): SessionDecision[] {
  const stage = pathway.stage(placeOf(state.chart).stage ?? '');
  if (!stage) return [];
  return sessionDecisionsOf(pathway, state, stage).filter(
    (one) =>
      !isDecided(state, one.about, one.decision) &&
      (one.of === 'behind' || isBeforeProcedure(state.chart, stage.stage)),
  );
}

/** Whether somebody is to be asked now: what was told to wait is not decided before its day. */
export const isToBeAsked = (
  pathway: Pathway,
  state: PlanState,
  { of }: SessionDecision,
  now: Instant,
): boolean => {
  const { stage } = placeOf(state.chart);
  return of === 'behind' || stage === undefined || !isDelayed(pathway, state, stage, now);
};

/** Why a gate stays closed: the session before has not been decided on, or, at the procedure's, this one has not. */
export function sessionReasons(
  pathway: Pathway,
  state: PlanState,
  { stage, gate, now }: { readonly stage: StageDefinition; readonly gate: GateKind; readonly now: Instant },
): Reason[] {
  return sessionDecisionsOf(pathway, state, stage)
    .filter(({ of, about, decision }) => {
      const bears = of === 'behind' || gate === 'procedure';
      return bears && !isDecided(state, about, decision);
    })
    .map((one): Reason => {
      const { title } = pathway.decision(one.decision);
      const delay = isToBeAsked(pathway, state, one, now)
        ? undefined
        : delayReasons(pathway, state, stage.stage, now)[0];
      const clears = delay ? delay.clears : [[decidingOf(pathway, state, one)]];
      return { invariant: 'phase', says: `Still to be decided: ${title}`, clears };
    });
}

/** The question that is open for it, or the one that will be; or somebody who was asked before it is decided again. */
function decidingOf(pathway: Pathway, state: PlanState, { about, decision }: SessionDecision): Clearing {
  const root = lastAsked(state, about, decision);
  const asked = Object.keys(state.questions).filter((id) => root !== undefined && rootOf(state, id) === root);
  const open = asked.find((id) => !state.questions[id]?.answer);
  if (open === undefined)
    for (const task of asked.map((id) => outside(askedTask(id)))) {
      const { [task]: known } = state.tasks;
      if (known?.status === 'requested') return completing(task, known);
    }
  const question = open === undefined ? undefined : state.questions[open];
  const role = question ? ownerOf(question) : staffOf(askedOf(pathway.decision(decision).by));
  return deciding(open ?? `decision/${decision}`, { role });
}
