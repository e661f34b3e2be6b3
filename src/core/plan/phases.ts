import { type ChartEvent, homeOf, isExit, type Phase, placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { askDecisionsOf, decidedSince, isOfAlert } from './asked-decisions.ts';
import { passOver } from './chosen-stages.ts';
import { type Draft, write } from './draft.ts';
import { begunWith } from './due-anchors.ts';
import { openGateOf } from './gates.ts';
import { settleChoices } from './keep-choices.ts';
import { lineInHand } from './lines.ts';
import { nextSession, sessionsOf } from './listed-sessions.ts';
import { lastsStill } from './maintenance.ts';
import { isWorkDone } from './phase-work.ts';
import { beginStage } from './progress.ts';
import { closeQuestions, waitOf } from './questions.ts';
import { passReviews } from './reviews.ts';
import { sessionDecisionsOpen } from './session-decisions.ts';
import { dropBooking, dropTasks } from './stand-down.ts';
import { awaitStart } from './start-wait.ts';
import { cancelTask, OUTSIDE, outlivesCourse, requestTask, requestWork } from './tasks.ts';
import { closeWait, dueAfter, openWait } from './waits.ts';

/** Sends an event into the chart and, where it leads to another state, enters that. */
export function moveChart(draft: Draft, event: ChartEvent, back?: Back): void {
  const from = draft.state.chart;
  const to = draft.pathway.chart.next(from, event);
  if (to !== from) enterAnew(draft, to, back);
}

/** The plan comes back to its course: what was decided where it left stands. */
export interface Back {
  /** The chart state that it left. */
  readonly from: string;
}

/** Leaves the chart state that a plan is in for another, or for the same once more; past what is not for this patient. */
export function enterAnew(draft: Draft, chart: string, back?: Back): void {
  const to = passOver(draft, chart);
  leave(draft, draft.state.chart, to);
  enter(draft, to, back);
}

/** The words before a chart state that was entered. */
export const NOW_IN = 'Now in ';

/** What a new chart state begins with: its tasks, and the wait of whoever has to move the plan on (S6). */
export function enter(draft: Draft, chart: string, back?: Back): void {
  const decided = back?.from === chart ? decidedSince(draft, chart) : [];
  const { state, now } = draft;
  const enteredAt = { ...state.enteredAt, ...begunWith(draft, chart, back?.from === chart), [chart]: now };
  draft.state = { ...state, chart, enteredAt };
  const { phase, stage: name } = placeOf(chart);
  const stage = name === undefined ? undefined : draft.pathway.stage(name);
  write(draft, { kind: 'phase.entered', says: `${NOW_IN}${chart}`, details: { phase, stage: name } });
  if (stage) beginStage(draft, stage.stage);
  requestWork(draft, chart);
  askDecisionsOf(draft, chart, decided);
  if (stage && phase === 'ready') awaitStart(draft, stage);
  if (stage && phase === 'procedure') awaitReport(draft, stage);
  if (draft.pathway.chart.isFinal(chart) && !back) end(draft, chart);
}

function awaitReport(draft: Draft, stage: StageDefinition): void {
  openWait(draft, `report/${stage.stage}`, {
    kind: 'report',
    title: stage.elsewhere
      ? `${stage.title} is done elsewhere: has it ended?`
      : `Report ${nextSession(draft.pathway, draft.state, stage)}`,
    owner: COORDINATOR,
    ladder: draft.pathway.defaultLadder,
    dueAt: dueAfter(draft.pathway, draft.now, draft.pathway.clinic.waits.unreported),
  });
}

/** A stage is owed, or owed again: the plan is at its gate, wherever it stood, and comes to it anew if it stood there. */
export function returnToGate(draft: Draft, { stage }: StageDefinition): void {
  enterAnew(draft, draft.pathway.chart.next(draft.state.chart, { type: `owed.${stage}` }));
}

/**
 * What came too early to count needs its aftercare all the same: that of the stage, or, of one session among several,
 * what comes after each.
 */
export function careForUncounted(draft: Draft, stage: StageDefinition): void {
  if (isAlone(draft, stage)) requestCare(draft, stage);
}

/** What was done before something else, and is told after it, needs its aftercare where the plan does not go for it. */
export function careForUnmoved(draft: Draft, stage: StageDefinition, isOver: boolean): void {
  if (isOver || isAlone(draft, stage)) requestCare(draft, stage);
}

const isAlone = ({ pathway, state }: Draft, stage: StageDefinition): boolean =>
  sessionsOf(pathway, state, stage) === 1;

function requestCare(draft: Draft, { stage }: StageDefinition): void {
  for (const chart of [`${stage}.closure`, `${stage}.recovery`])
    for (const task of draft.pathway.tasksOf(chart)) requestTask(draft, chart, task, stage);
}

/** Tasks stay: a report may leave a phase whose work is still owed. The start is owed until the procedure's gate opens. */
function leave(draft: Draft, chart: string, to: string): void {
  const { stage } = placeOf(chart);
  if (isExit(chart)) endLeave(draft, chart);
  if (stage === undefined) return;
  if (to !== `${stage}.prep`) closeWait(draft, `start/${stage}`);
}

/**
 * As gates open and close: whoever was let through owes the report, also when the plan was moved on by that of another
 * stage. After the course nobody does: what is reported then is recorded.
 */
export function keepReportWaits(draft: Draft): void {
  if (draft.pathway.chart.isFinal(homeOf(draft.state))) return;
  for (const stage of draft.pathway.stages) {
    const isOwed =
      draft.state.chart === `${stage.stage}.procedure` || openGateOf(draft, stage.stage) !== undefined;
    const isAwaited = `report/${stage.stage}` in draft.state.waits;
    if (isOwed && !isAwaited) awaitReport(draft, stage);
    if (!isOwed) closeWait(draft, `report/${stage.stage}`);
  }
}

/**
 * Wherever the plan goes: nobody is asked any more whether it returns, and the work of the exit ends with it. A track that
 * goes on brings nothing back but itself.
 */
function endLeave(draft: Draft, exit: string): void {
  if (lineInHand(draft) === undefined) endReview(draft, exit);
  const { leave: _ended, ...state } = draft.state;
  draft.state = state;
}

function endReview(draft: Draft, exit: string): void {
  dropTasks(draft, ({ belongsTo }) => belongsTo === exit);
  closeQuestions(draft, (id) => id.startsWith(REVIEW));
  passReviews(draft);
  closeWait(draft, `exit/${exit}`);
}

/** What the ids of the questions begin with that ask whether a plan returns from its exit. */
export const REVIEW = 'exit/';

/**
 * What belongs to no phase is owed still: a deviation to be looked at does not end with the course. Where the course
 * came to its end, nor does care after a procedure, or a row of repeats that names an end of its own: the drain is taken
 * out, and the dressing is changed until it is healed.
 */
function end(draft: Draft, chart: string): void {
  const line = lineInHand(draft);
  for (const [id, task] of Object.entries(draft.state.tasks)) {
    if (task.status !== 'requested' || task.belongsTo === OUTSIDE) continue;
    if (draft.pathway.trackOf(placeOf(task.belongsTo).stage ?? '') !== line) continue;
    if (chart === 'completed' && outlivesCourse(draft.pathway, id)) continue;
    cancelTask(draft, id);
  }
  closeQuestions(draft, (id) => !isOfAlert(draft.state, id));
  for (const stage of Object.keys(draft.state.bookings)) dropBooking(draft, stage);
  const isOpen = new Set(Object.keys(draft.state.questions).map(waitOf));
  const owed = Object.entries(draft.state.waits).filter(
    ([id, { kind }]) => isOpen.has(id) || kind === 'task',
  );
  draft.state = { ...draft.state, waits: Object.fromEntries(owed), holds: {} };
  if (line === undefined)
    write(draft, { kind: 'plan.ended', says: `The plan is ${chart}`, details: { chart } });
  else write(draft, { kind: 'track.ended', says: `${line} is ${chart}`, details: { track: line, chart } });
}

/**
 * A phase is over when none of its own tasks is open, and its decisions go on; a maintenance, when its time is over too.
 * What comes round again keeps none from ending.
 */
export function completePhase(draft: Draft): void {
  const { chart } = draft.state;
  const { phase } = placeOf(chart);
  if (!WORK.has(phase) || lastsStill(draft, chart)) return;
  if (LAST.has(phase) && sessionDecisionsOpen(draft.pathway, draft.state).length > 0) return;
  if (!isWorkDone(draft.pathway, draft.state) || !settleChoices(draft)) return;
  moveChart(draft, { type: 'phase.completed' });
}

/** What is still to be decided of a stage's sessions keeps it from ending; the care after them goes on. */
const LAST: ReadonlySet<Phase> = new Set(['recovery', 'reassessment']);

const WORK: ReadonlySet<Phase> = new Set([
  'consultation',
  'assessment',
  'closure',
  'recovery',
  'reassessment',
  'decision',
  'maintenance',
]);
