import type { Instant } from '../model/primitives.schema.ts';
import { type Phase, placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Judgement } from '../rules/condition.ts';
import type { Draft } from './draft.ts';
import { openGateOf } from './gates.ts';
import { judgeAt, placesOf } from './judging.ts';
import { sessionsBehind, sessionsOf } from './listed-sessions.ts';
import { moveChart } from './phases.ts';
import { sessionsGiven } from './progress.ts';
import { sessionDecisionsOpen } from './session-decisions.ts';
import { leaveStage } from './stand-down.ts';

/**
 * A series is over once its number is done, or, after at least one, once what ends it early is met: at every site,
 * where it is asked of sites. Unknown, it goes on to its number.
 */
export const isSeriesOver = (draft: Plan, stage: StageDefinition): boolean =>
  sessionsBehind(draft.state, stage) >= sessionsOf(draft.pathway, draft.state, stage) ||
  endsEarly(draft, stage);

function endsEarly(plan: Plan, stage: StageDefinition): boolean {
  const judged = judgedUntil(plan, stage);
  return judged.length > 0 && judged.every(({ result }) => result === 'met');
}

type Plan = Pick<Draft, 'pathway' | 'state' | 'now'>;

/** What ends the series early, at each place; nothing before a session was given. */
function judgedUntil({ pathway, state, now }: Plan, stage: StageDefinition): Judgement[] {
  const { untilWhen } = stage;
  if (!untilWhen || sessionsGiven(state, stage.stage).length === 0) return [];
  return placesOf(pathway, state, untilWhen, stage).map((place) =>
    judgeAt(pathway, state, now, untilWhen, place),
  );
}

/** When time alone may end a series whose next session the plan stands before. */
export function seriesEdges(plan: Plan): Instant[] {
  const stage = stageAhead(plan);
  return stage ? judgedUntil(plan, stage).flatMap(({ validUntil }) => validUntil ?? []) : [];
}

/** The stage whose next session the plan stands before: nobody has gone through its gate. */
function stageAhead(plan: Plan): StageDefinition | undefined {
  const { phase, stage: name } = placeOf(plan.state.chart);
  const stage = AHEAD.has(phase) ? plan.pathway.stage(name ?? '') : undefined;
  // What others have begun they end.
  const isUnderWay = stage?.elsewhere === true && phase === 'procedure';
  return stage && !isUnderWay && openGateOf(plan, stage.stage) === undefined ? stage : undefined;
}

const AHEAD: ReadonlySet<Phase> = new Set(['ready', 'prep', 'procedure']);

/**
 * As facts come in: a series that is over while the plan stands before its next session leaves the gate, and the prep
 * for it, be it by a report of what was done before something else. It is booked no more, and nothing is to be done
 * before it. A stage of which nothing was given, or whose aftercare has been come to already, to its end, is passed by,
 * once what is to be decided of its sessions has been; so are all behind it, in one go, however many a course has.
 */
export function keepSeries(draft: Draft): void {
  for (let before = ''; before !== draft.state.chart; ) {
    before = draft.state.chart;
    leaveSeries(draft);
  }
}

function leaveSeries(draft: Draft): void {
  const { state } = draft;
  const stage = stageAhead(draft);
  if (!stage || !isSeriesOver(draft, stage)) return;
  const last = sessionsGiven(state, stage.stage).at(-1);
  const cameAt = state.enteredAt[`${stage.stage}.${stage.reassess ? 'reassessment' : 'recovery'}`];
  const isAftercareOwed = last !== undefined && (cameAt === undefined || cameAt < last.reportedAt);
  if (!isAftercareOwed && sessionDecisionsOpen(draft.pathway, state).length > 0) return;
  leaveStage(draft, stage.stage);
  moveChart(draft, { type: isAftercareOwed ? `performed.${stage.stage}` : `passed.${stage.stage}` });
}
