import { isExit, placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Draft } from './draft.ts';
import type { Leave, PlanState, Question } from './plan-state.schema.ts';
import { rootOf } from './questions.ts';
import type { TrackState } from './tailored.schema.ts';

/**
 * The lines of a plan: its main course, and each track beside it. They share facts, consents, what was performed and the
 * clock; each has its own chart, and the holds, questions, bookings, overrides and waits of its own stages. What is
 * written for one course runs along a line as if that were all there is.
 */

/** A track; undefined: the main course. */
export type Line = string | undefined;

export const linesOf = ({ tracks }: Pathway): readonly Line[] => [
  undefined,
  ...tracks.map(({ track }) => track),
];

/** Does something along one line, and leaves the plan as it is in hand: whole, or along another. */
export function along<Result>(draft: Draft, line: Line, act: () => Result): Result {
  const { inHand: before } = draft;
  if (draft.pathway.tracks.length === 0 || (before && before.line === line)) return act();
  putBack(draft);
  take(draft, line);
  const result = act();
  putBack(draft);
  if (before) take(draft, before.line);
  return result;
}

/** Does something along each line in turn. */
export function onEachLine(draft: Draft, act: (draft: Draft) => void): void {
  for (const line of linesOf(draft.pathway)) along(draft, line, () => act(draft));
}

/** The line along which something is being done; undefined, too, while the plan is whole in hand. */
export const lineInHand = ({ inHand }: Pick<Draft, 'inHand'>): Line => inHand?.line;

/** Where the main course is, whichever line is in hand. */
export const mainChartOf = ({ inHand, state }: Draft): string => (inHand?.whole ?? state).chart;

function take(draft: Draft, line: Line): void {
  const { pathway, state } = draft;
  const seen = seenAlong(pathway, state, line);
  draft.inHand = { line, pathway, whole: state, seen };
  draft.pathway = pathway.line(line);
  draft.state = seen;
}

function putBack(draft: Draft): void {
  const { inHand, state } = draft;
  if (!inHand) return;
  const { line, pathway, whole, seen } = inHand;
  draft.pathway = pathway;
  draft.state = state === seen ? whole : together(whole, { seen, now: state, line });
  draft.inHand = undefined;
}

/** A plan as it looks along one line. */
export function viewAlong(
  pathway: Pathway,
  state: PlanState,
  line: Line,
): { readonly pathway: Pathway; readonly state: PlanState } {
  if (pathway.tracks.length === 0) return { pathway, state };
  return { pathway: pathway.line(line), state: seenAlong(pathway, state, line) };
}

function seenAlong(pathway: Pathway, state: PlanState, line: Line): PlanState {
  const isOwn = (name: string): boolean => pathway.trackOf(name) === line;
  const { leave, ...more } = state;
  const { chart, leave: left } = line === undefined ? state : placeOfTrack(state, line);
  return {
    ...more,
    chart,
    ...(left ? { leave: left } : {}),
    holds: part(state.holds, (_, { stage }) => isOwn(stage)),
    releases: part(state.releases, (_, { stage }) => isOwn(stage)),
    overrides: part(state.overrides, (_, { stage }) => isOwn(stage)),
    bookings: part(state.bookings, isOwn),
    questions: part(state.questions, (id) => lineOfQuestion(pathway, state, id) === line),
    waits: part(state.waits, (id) => isWaitOf(pathway, state, id, line)),
  };
}

/** While the plan is off its course, so is each track that had begun. */
function placeOfTrack({ tracks, leave }: PlanState, line: string): Pick<PlanState, 'chart' | 'leave'> {
  const { chart, leftFrom } = tracks[line] ?? WAITING;
  if (!leave || leftFrom === undefined || !isExit(chart)) return { chart };
  return { chart, leave: { ...leave, exit: chart, from: leftFrom } };
}

/** A track that has not begun. */
export const WAITING: TrackState = { chart: 'waiting' };

/** The line whose chart waits for an answer, or at whose gate it was asked; of an alert, that of the procedure it is about. */
export function lineOfQuestion(pathway: Pathway, state: Pick<PlanState, 'questions'>, id: string): Line {
  const root: Question | undefined = state.questions[rootOf(state, id)];
  if (!root) return undefined;
  if (root.track !== undefined) return root.track;
  const { stage, decision } = placeOf(root.about);
  return pathway.trackOf(root.stage ?? stage ?? decision ?? '');
}

/** Each names what is owed: `start/<stage>`, `hold/<stage>/<rule>`; tasks are told apart by their own ids. */
function isWaitOf(pathway: Pathway, state: PlanState, id: string, line: Line): boolean {
  const [kind = '', of = ''] = id.split('/');
  if (kind === 'task') return true;
  if (kind === 'question') return lineOfQuestion(pathway, state, id.slice('question/'.length)) === line;
  return pathway.trackOf(of) === line;
}

function part<One>(
  all: Readonly<Record<string, One>>,
  isSeen: (id: string, one: One) => boolean,
): Record<string, One> {
  return Object.fromEntries(Object.entries(all).filter(([id, one]) => isSeen(id, one)));
}

interface Along {
  readonly seen: PlanState;
  readonly now: PlanState;
  readonly line: Line;
}

/** The plan whole again, with what was done along one of its lines. */
function together(whole: PlanState, { seen, now, line }: Along): PlanState {
  const join = <One>(of: (state: PlanState) => Readonly<Record<string, One>>): Record<string, One> =>
    joined(of(whole), { seen: of(seen), now: of(now) });
  const { leave: left, ...more } = now;
  const leave = line === undefined ? left : whole.leave;
  return {
    ...more,
    chart: line === undefined ? now.chart : whole.chart,
    ...(leave ? { leave } : {}),
    enteredAt: line === undefined ? now.enteredAt : enteredByTrack(whole.enteredAt, now.enteredAt),
    tracks: line === undefined ? now.tracks : { ...now.tracks, [line]: trackNow(now, line, left) },
    holds: join(({ holds }) => holds),
    releases: join(({ releases }) => releases),
    overrides: join(({ overrides }) => overrides),
    bookings: join(({ bookings }) => bookings),
    questions: join(({ questions }) => questions),
    waits: join(({ waits }) => waits),
  };
}

/** What was not seen stays as it was and where it was; what is new comes last. */
function joined<One>(
  all: Readonly<Record<string, One>>,
  {
    seen,
    now,
  }: { readonly seen: Readonly<Record<string, One>>; readonly now: Readonly<Record<string, One>> },
): Record<string, One> {
  if (now === seen) return all;
  const kept = Object.entries(all).flatMap(([id, one]): [string, One][] => {
    if (!Object.hasOwn(seen, id)) return [[id, one]];
    const changed = Object.hasOwn(now, id) ? now[id] : undefined;
    return changed === undefined ? [] : [[id, changed]];
  });
  return { ...Object.fromEntries(kept), ...now };
}

function trackNow({ chart, tracks }: PlanState, line: string, left: Leave | undefined): TrackState {
  const { leftFrom: _before, startedAt, ...track } = tracks[line] ?? WAITING;
  const begun = startedAt === undefined || chart === WAITING.chart ? {} : { startedAt };
  return { ...track, ...begun, chart, ...(isExit(chart) && left ? { leftFrom: left.from } : {}) };
}

/** The exits, the ends and the beginning of the course are the plan's: a track has its own stages alone. */
function enteredByTrack(before: PlanState['enteredAt'], now: PlanState['enteredAt']): PlanState['enteredAt'] {
  if (now === before) return before;
  const own = Object.entries(now).filter(([key]) => /[./]/.test(key));
  return { ...before, ...Object.fromEntries(own) };
}
