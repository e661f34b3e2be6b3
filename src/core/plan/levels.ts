import type { OnTheWay } from '../pathway/decisions.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { CLINICAL_LEAD } from '../pathway/roles.ts';
import { type Draft, write } from './draft.ts';
import { viewAlong } from './lines.ts';
import { askAPerson } from './outside.ts';
import type { LevelState, PlanState, SessionChange } from './plan-state.schema.ts';
import { sessionOf } from './progress.ts';

/**
 * Figures in levels. What lowers, raises or limits one counts from then on, unless it is for one session: then until
 * that session has been given, passed over or left out. What is for a session is kept as changes of what stays, so that
 * the two never overwrite one another.
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
): { readonly level: string; readonly isForSession: boolean } {
  const lasting = lastingOf(plan, figure);
  const session = keptOf(plan.state, figure)?.session;
  const isAsked = session && (stage === undefined || session.stage === stage);
  const levels = levelsOf(plan, figure);
  const level = isAsked
    ? session.changes.reduce((before, change) => moved(levels, before, change), lasting)
    : lasting;
  return { level, isForSession: level !== lasting };
}

/** A level changed by one step; at the end of the list, the same one. */
function moved(
  levels: readonly string[],
  level: string,
  change: { readonly do: LevelStep['do']; readonly level?: string | undefined },
): string {
  const at = levels.indexOf(level);
  const most = levels.length - 1;
  const limit = change.level === undefined ? most : levels.indexOf(change.level);
  const to = { lower: Math.max(0, at - 1), raise: Math.min(most, at + 1), limit: Math.min(at, limit) };
  return levels[to[change.do]] ?? level;
}

/**
 * Whether a figure has no level left below, or above. What a table's answer has changed already for the session that
 * comes next it does not change once more, and so has not come to an end.
 */
export function isAtEnd(plan: Plan, step: OnTheWay, place: LevelPlace): boolean {
  if (step.do !== 'lower' && step.do !== 'raise') return false;
  if (isMade(plan.state, place)) return false;
  const level = step.for ? levelOf(plan, step.figure, place.stage).level : lastingOf(plan, step.figure);
  return moved(levelsOf(plan, step.figure), level, step) === level;
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
    const from = lastingOf(draft, step.figure);
    const level = moved(levelsOf(draft, step.figure), from, step);
    if (level === from) return;
    keep(draft, step.figure, { ...keptOf(draft.state, step.figure), level });
    tellChange(draft, step.figure, { from, to: level, why, for: 'from now on' });
  } else if (stage === undefined) {
    const { title } = draft.pathway.figure(step.figure);
    const says = `${why} ${title} was to be changed for one session, and the plan is at no stage. What now?`;
    askAPerson(draft, `level-${step.figure}`, { title: says, role: CLINICAL_LEAD });
  } else changeForSession(draft, step, { ...place, stage });
}

function changeForSession(
  draft: Draft,
  step: LevelStep,
  { stage, why, written }: LevelPlace & { readonly stage: string; readonly why: string },
): void {
  const { figure } = step;
  const from = levelOf(draft, figure, stage).level;
  const of = sessionOf(draft.state, stage);
  const session = keptOf(draft.state, figure)?.session;
  const before = session?.of === of ? session.changes : [];
  const change: SessionChange = {
    do: step.do,
    ...(step.do === 'limit' ? { level: step.level } : {}),
    written,
  };
  const changes = [...before, change];
  keep(draft, figure, { level: lastingOf(draft, figure), session: { stage, of, changes } });
  const to = levelOf(draft, figure, stage).level;
  tellChange(draft, figure, { from, to, why, for: of });
}

/** Whether a change for the session that comes next stands already, made by the same. */
export function isChangedFor(state: PlanState, figure: string, { stage, written }: LevelPlace): boolean {
  const session = keptOf(state, figure)?.session;
  return (
    stage !== undefined &&
    session?.of === sessionOf(state, stage) &&
    session.changes.some((change) => change.written === written)
  );
}

/** Takes back what is so for one session, of the changes that are meant. */
export function takeBack(draft: Draft, why: string, isMeant: (of: Meant) => boolean): void {
  for (const [figure, { level, session }] of Object.entries(draft.state.levels)) {
    if (!session) continue;
    const changes = session.changes.filter((change) => !isMeant({ ...session, change }));
    if (changes.length === session.changes.length) continue;
    const from = levelOf(draft, figure, session.stage).level;
    keep(draft, figure, { level, ...(changes.length > 0 ? { session: { ...session, changes } } : {}) });
    const to = levelOf(draft, figure, session.stage).level;
    tellChange(draft, figure, { from, to, why, for: session.of });
  }
}

interface Meant {
  readonly stage: string;
  readonly of: string;
  readonly change: SessionChange;
}

/** As sessions are given, passed over or left out: what was for one of them is over. */
export function keepLevels(draft: Draft): void {
  takeBack(
    draft,
    'The session that it was for is over.',
    ({ stage, of }) =>
      isOver(draft, stage) ||
      of !== sessionOf(draft.state, stage) ||
      draft.state.stages[stage]?.leftOut !== undefined,
  );
}

/** The course in which a stage stands: a track may go on though the main one has ended. */
function isOver({ pathway, state }: Draft, stage: string): boolean {
  const seen = viewAlong(pathway, state, pathway.trackOf(stage));
  return seen.pathway.chart.isFinal(seen.state.chart);
}

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
