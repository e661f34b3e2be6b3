import { homeOf } from '../pathway/chart.ts';
import type { OnTheWay } from '../pathway/decisions.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { CLINICAL_LEAD } from '../pathway/roles.ts';
import { TABLE } from './asked-decisions.ts';
import { type Draft, write } from './draft.ts';
import { viewAlong } from './lines.ts';
import { sessionsBehind, sessionsOf } from './listed-sessions.ts';
import { askAPerson } from './outside.ts';
import type { PlanState } from './plan-state.schema.ts';
import { roundOf, sessionOf } from './progress.ts';
import type { LevelState, SessionChange } from './tailored.schema.ts';

/**
 * Figures in levels. What lowers, raises or limits one counts from then on, unless it is for one session: then until
 * that session has been given, passed over or left out. What is for a session is kept as changes of what stays, so that
 * the two never overwrite one another. What limits one limits whatever raises it later as well.
 */

export type LevelStep = Exclude<OnTheWay, { do: 'start' }>;

/** Where a step is written, and at which stage it is taken. */
export interface LevelPlace {
  readonly written: string;
  readonly stage: string | undefined;
}

type Plan = { readonly pathway: Pick<Pathway, 'figure'>; readonly state: PlanState };

function levelsOf({ pathway }: Pick<Plan, 'pathway'>, figure: string): readonly string[] {
  const { is } = pathway.figure(figure);
  return 'levels' in is ? is.levels : [];
}

const keptOf = ({ levels }: PlanState, figure: string): LevelState | undefined =>
  Object.hasOwn(levels, figure) ? levels[figure] : undefined;

/** The level that stays. */
export function lastingOf({ pathway, state }: Plan, figure: string): string {
  const set = Object.hasOwn(state.figures, figure) ? state.figures[figure]?.value : undefined;
  const { is } = pathway.figure(figure);
  const begun = set?.kind === 'level' ? set.level : 'levels' in is ? is.startsAt : '';
  return keptOf(state, figure)?.level ?? begun;
}

/**
 * The level of now, and whether it is so for one session alone.
 * @param stage - that is asked about; what counts for a session of another is not its own
 */
export function levelOf(
  plan: Plan,
  figure: string,
  stage?: string,
): Reached & { readonly isForSession: boolean } {
  const lasting = lastingOf(plan, figure);
  const session = Object.values(keptOf(plan.state, figure)?.sessions ?? {}).find(
    (one) => !one.isBehind && (stage === undefined || one.stage === stage),
  );
  const levels = levelsOf(plan, figure);
  const changes = session?.changes ?? [];
  const reached = changes.reduce<Reached>(
    (before, change) => moved(levels, before, change),
    reachedFor(plan, figure),
  );
  return { ...reached, isForSession: reached.level !== lasting };
}

/** A level, and the highest that it may come to; without one, the highest of the list. */
type Reached = Pick<LevelState, 'level' | 'limit'>;

/** A level changed by one step; at its limit, or at the end of the list, the same one. */
function moved(
  levels: readonly string[],
  { level, limit: before }: Reached,
  change: { readonly do: LevelStep['do']; readonly level?: string | undefined },
): Reached {
  const at = levels.indexOf(level);
  const limits = [before, change.level].flatMap((one) => (one === undefined ? [] : [levels.indexOf(one)]));
  const most = Math.min(levels.length - 1, ...limits);
  const to = { lower: Math.max(0, at - 1), raise: Math.min(most, at + 1), limit: Math.min(at, most) };
  const limit = limits.length === 0 ? {} : { limit: levels[most] };
  return { level: levels[to[change.do]] ?? level, ...limit };
}

/**
 * Whether a figure has no level left below, or above. What a table's answer has changed already for the session that
 * comes next it does not change once more, and so has not come to an end.
 */
export function isAtEnd(plan: Plan, step: OnTheWay, place: LevelPlace): boolean {
  if (step.do !== 'lower' && step.do !== 'raise') return false;
  if (isMade(plan.state, place)) return false;
  const reached = step.for ? levelOf(plan, step.figure, place.stage) : reachedFor(plan, step.figure);
  return moved(levelsOf(plan, step.figure), reached, step).level === reached.level;
}

/** What stays, and its limit. */
function reachedFor(plan: Plan, figure: string): Reached {
  const limit = keptOf(plan.state, figure)?.limit;
  return { level: lastingOf(plan, figure), ...(limit === undefined ? {} : { limit }) };
}

/** The highest that it may come to, where a level is above that. */
export function limitBelow(plan: Plan, figure: string, level: string): string | undefined {
  const limit = keptOf(plan.state, figure)?.limit;
  const levels = levelsOf(plan, figure);
  return limit !== undefined && levels.indexOf(level) > levels.indexOf(limit) ? limit : undefined;
}

/** What a gate opened on has been changed, once for the session that comes next. */
const madeKey = ({
  state,
  stage,
  written,
}: LevelPlace & { readonly state: PlanState }): string | undefined =>
  stage === undefined ? undefined : `changed/${written}/${sessionOf(state, stage)}`;

export function isMade(state: PlanState, place: LevelPlace): boolean {
  const key = madeKey({ state, ...place });
  return key !== undefined && Object.hasOwn(state.actionCounts, key);
}

export function keepMade(draft: Draft, place: LevelPlace): void {
  const { state } = draft;
  const key = madeKey({ state, ...place });
  if (key !== undefined) draft.state = { ...state, actionCounts: { ...state.actionCounts, [key]: 1 } };
}

/** Lowers, raises or limits a figure. */
export function changeLevel(
  draft: Draft,
  step: LevelStep,
  place: LevelPlace & { readonly why: string },
): void {
  const { stage, why } = place;
  if (!step.for) {
    const before = reachedFor(draft, step.figure);
    const after = moved(levelsOf(draft, step.figure), before, step);
    if (after.level === before.level && after.limit === before.limit) return;
    keep(draft, step.figure, { sessions: sessionsOfFigure(draft.state, step.figure), ...after });
    tellChange(draft, step.figure, { from: before.level, to: after.level, why, for: 'from now on' });
  } else if (stage === undefined) {
    const { title } = draft.pathway.figure(step.figure);
    const says = `${why} ${title} was to be changed for one session, and the plan is at no stage. What now?`;
    askAPerson(draft, `level-${step.figure}`, { title: says, role: CLINICAL_LEAD });
  } else if (hasSessionAhead(draft, stage)) changeForSession(draft, step, { ...place, stage });
}

function changeForSession(
  draft: Draft,
  step: LevelStep,
  { stage, why, written }: LevelPlace & { readonly stage: string; readonly why: string },
): void {
  const { figure } = step;
  const from = levelOf(draft, figure, stage).level;
  const of = sessionOf(draft.state, stage);
  const sessions = sessionsOfFigure(draft.state, figure);
  const before = sessions[of]?.changes ?? [];
  const change: SessionChange = {
    do: step.do,
    ...(step.do === 'limit' ? { level: step.level } : {}),
    written,
  };
  const changes = [...before, change];
  keep(draft, figure, {
    ...reachedFor(draft, figure),
    sessions: { ...sessions, [of]: { stage, changes } },
  });
  const to = levelOf(draft, figure, stage).level;
  tellChange(draft, figure, { from, to, why, for: of });
}

/** Whether a change for the session that comes next stands already, made by the same. */
export function isChangedFor(state: PlanState, figure: string, { stage, written }: LevelPlace): boolean {
  const session = stage === undefined ? undefined : sessionsOfFigure(state, figure)[sessionOf(state, stage)];
  return session?.changes.some((change) => change.written === written) === true;
}

/** Takes back what a table's other answer had changed for the session of a stage that comes next. */
export function takeBack(draft: Draft, { written, stage, why }: LevelPlace & { readonly why: string }): void {
  eachSession(draft, why, (_of, session) => {
    if (session.stage !== stage || session.isBehind) return session;
    return withChanges(session, (change) => change.written === written || !isOfTable(change));
  });
}

/**
 * As sessions are given, passed over or left out: what was for one of them is over. As a report is withdrawn, what persons
 * had changed for its session counts again; a table is asked again.
 */
export function keepLevels(draft: Draft): void {
  eachSession(draft, 'The session that it was for is over.', (of, session) => {
    const { stage, isBehind, ...known } = session;
    if (!isOfRound(draft, of, stage)) return undefined;
    const isNext = of === sessionOf(draft.state, stage) && hasSessionAhead(draft, stage);
    if (isNext) return isBehind ? { stage, ...known } : session;
    return isBehind ? session : withChanges({ ...session, isBehind: true }, (change) => !isOfTable(change));
  });
}

/** The stage is in that round, has not been left, and its line is not over. */
function isOfRound({ pathway, state }: Draft, of: string, stage: string): boolean {
  const line = viewAlong(pathway, state, pathway.trackOf(stage));
  return (
    of.startsWith(`${stage}/${roundOf(state, stage)}/`) &&
    state.stages[stage]?.leftOut === undefined &&
    !line.pathway.chart.isFinal(homeOf(line.state))
  );
}

function hasSessionAhead({ pathway, state }: Draft, name: string): boolean {
  const stage = pathway.stage(name);
  return stage !== undefined && sessionsBehind(state, stage) < sessionsOf(pathway, state, stage);
}

type Session = LevelState['sessions'][string];

const isOfTable = ({ written }: SessionChange): boolean => written.startsWith(TABLE);

function withChanges(session: Session, isKept: (change: SessionChange) => boolean): Session | undefined {
  const changes = session.changes.filter(isKept);
  if (changes.length === 0) return undefined;
  return changes.length === session.changes.length ? session : { ...session, changes };
}

/** What becomes of what is for one session: the same, another, or nothing. */
function eachSession(
  draft: Draft,
  why: string,
  become: (of: string, session: Session) => Session | undefined,
): void {
  for (const [figure, { sessions, ...reached }] of Object.entries(draft.state.levels))
    for (const [of, session] of Object.entries(sessions)) {
      const after = become(of, session);
      if (after === session) continue;
      const from = levelOf(draft, figure, session.stage).level;
      const { [of]: _before, ...others } = sessionsOfFigure(draft.state, figure);
      keep(draft, figure, { ...reached, sessions: after ? { ...others, [of]: after } : others });
      const to = levelOf(draft, figure, session.stage).level;
      const isBack = session.isBehind && after !== undefined;
      const because = isBack ? 'The session that it was for comes next again.' : why;
      tellChange(draft, figure, { from, to, why: because, for: of });
    }
}

const sessionsOfFigure = (state: PlanState, figure: string): LevelState['sessions'] =>
  keptOf(state, figure)?.sessions ?? {};

function keep(draft: Draft, figure: string, state: LevelState): void {
  draft.state = { ...draft.state, levels: { ...draft.state.levels, [figure]: state } };
}

function tellChange(
  draft: Draft,
  figure: string,
  change: { readonly from: string; readonly to: string; readonly why: string; readonly for: string },
): void {
  const { from, to, why } = change;
  if (from === to) return;
  const { title } = draft.pathway.figure(figure);
  const says = `${title}: ${to}, not ${from}${change.for === 'from now on' ? '' : `, for ${change.for}`}. ${why}`;
  write(draft, { kind: 'figure.changed', says, details: { figure, ...change } });
}
