import { invariant } from '../model/failure.ts';
import { homeOf, isExit, placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { isWatching } from './alerts.ts';
import { isBeingAsked, isDecided } from './asked-decisions.ts';
import { chosenOf, isBehindPhase } from './choices.ts';
import { openGateOf } from './gates.ts';
import { awaitedOfTables, isOpenFor } from './keep-choices.ts';
import { linesOf, viewAlong } from './lines.ts';
import { lastsStill } from './maintenance.ts';
import { supplyTask } from './offers.ts';
import { outside } from './outside.ts';
import type { PlanState, Task } from './plan-state.schema.ts';
import { sessionOf } from './progress.ts';
import { isCourseOver } from './running-tracks.ts';
import { isToBeAsked, sessionDecisionsOpen } from './session-decisions.ts';

/**
 * What holds after every step, whatever happened in it.
 *
 * S6a every open task, every hold, every override that lacks its second signature and every question that is not
 * answered has a wait; of work before a booking, while none is made, whoever owes the booking or the report waits. S6b
 * every wait has an owner whom the clinic knows, and its next rung lies ahead, or its clock stands. S6c a plan that is
 * not over waits for somebody, watches after its course for what it would call somebody about, or is in a maintenance
 * that ends by itself on its day. S6d a plan that is over waits for nothing; one that was never begun, only for what
 * befell it since. S6e a clock stands only while a hold is on its stage, whose own wait goes on. S6f a plan off its
 * course knows where it left, and somebody looks at whether it returns. S6g what a chart state does not end without has
 * been decided, or is waited for. S6h somebody owes the start of a stage until its procedure's gate has opened, and
 * while that stands open the report of it. S6i nobody waits for a task, an answer or a hold that is over. S6j a choice
 * that the plan waits for is asked of people, or what its table needs is asked for.
 */
export function assertInvariants(pathway: Pathway, state: PlanState): void {
  const { waits, tasks, holds, questions } = state;
  const isOver = state.status === 'completed' || state.status === 'revoked';
  const goesOn = state.status === 'active' || state.status === 'on-hold';
  invariant(goesOn || isCourseOver(pathway, state), 'S6d: only a course that has ended is over');
  for (const [id, task] of Object.entries(tasks)) {
    const isAwaited = `task/${id}` in waits || isForABooking(state, task);
    invariant(task.status !== 'requested' || isAwaited, `S6a: task ${id} has a wait`);
  }
  for (const id of Object.keys(holds)) invariant(`hold/${id}` in waits, `S6a: hold ${id} has a wait`);
  for (const [id, { answer }] of Object.entries(questions))
    invariant(answer || `question/${id}` in waits, `S6a: question ${id} has a wait`);
  for (const [id, { status }] of Object.entries(state.overrides))
    invariant(
      status !== 'requested' || `signature/${id}` in waits,
      `S6a: override ${id} waits for its signature`,
    );
  for (const [id, { owner, nextAt, pausedAt, stage }] of Object.entries(waits)) {
    invariant(pathway.clinic.roles.includes(owner), `S6b: ${id} has an owner whom the clinic knows`);
    invariant(pausedAt !== undefined || nextAt > state.now, `S6b: ${id} has a rung ahead`);
    const isHeld = Object.values(holds).some((hold) => hold.stage === stage);
    invariant(pausedAt === undefined || isHeld, `S6e: ${id} stands because its stage is held`);
  }
  for (const id of Object.keys(waits)) invariant(hasDebt(state, id), `S6i: ${id} waits for what is owed`);
  invariant(
    !goesOn || Object.keys(waits).length > 0 || isWatching(pathway, state) || isKept(pathway, state),
    'S6c: a plan that goes on waits for somebody, watches, or is in a maintenance until its last day',
  );
  invariant(
    !isOver || (Object.keys(waits).length === 0 && state.wake.at === null),
    'S6d: a plan that is over waits for nothing',
  );
  assertExit(state);
  assertChoices(pathway, state);
  assertLevels(pathway, state);
  invariant(state.wake.at === null || state.wake.at > state.now, 'a plan wakes in the future');
  for (const line of linesOf(pathway)) assertLine(viewAlong(pathway, state, line));
  assertTracks(pathway, state);
}

/** Of the main course, and of each track. */
function assertLine({ pathway, state }: { readonly pathway: Pathway; readonly state: PlanState }): void {
  const { waits } = state;
  assertDecisions(pathway, state);
  const { phase, stage } = placeOf(state.chart);
  const isReportOwed = `report/${stage}` in waits;
  if (phase === 'procedure') invariant(isReportOwed, `S6h: somebody owes the report of ${stage}`);
  if (phase === 'ready' || phase === 'prep')
    invariant(
      `start/${stage}` in waits !== isReportOwed,
      `S6h: somebody owes the start of ${stage}, or its report`,
    );
  for (const { stage: name } of pathway.chart.isFinal(homeOf(state)) ? [] : pathway.stages)
    invariant(
      !openGateOf({ pathway, state }, name) || `report/${name}` in waits,
      `S6h: a gate of ${name} stands open, and somebody owes the report`,
    );
  invariant(phase !== 'procedure' || stage !== undefined, 'a procedure belongs to a stage');
}

/** S6f, of tracks. */
function assertTracks(
  { tracks, line, chart: main }: Pathway,
  { tracks: kept, leave, chart }: PlanState,
): void {
  for (const { track } of tracks) {
    const { chart: of = 'waiting', leftFrom } = kept[track] ?? {};
    if (of === 'waiting' || line(track).chart.isFinal(of)) continue;
    invariant(chart === 'completed' || !main.isFinal(chart), `S6d: ${track} is stopped with the plan`);
    const isOff = isExit(of) && leftFrom !== undefined;
    invariant(leave ? isOff : !isExit(of), `S6f: ${track} is off its course when the plan is`);
  }
}

const isKept = (pathway: Pathway, state: PlanState): boolean =>
  lastsStill({ pathway, state, now: state.now }, state.chart) && state.wake.at !== null;

function hasDebt({ tasks, questions, holds }: PlanState, wait: string): boolean {
  const slash = wait.indexOf('/');
  const of = wait.slice(slash + 1);
  switch (wait.slice(0, slash)) {
    case 'task':
      return tasks[of]?.status === 'requested';
    case 'question':
      return questions[of] !== undefined && !questions[of].answer;
    case 'hold':
      return holds[of] !== undefined;
    default:
      return true;
  }
}

function assertExit({ chart, leave, waits }: PlanState): void {
  const off = isExit(chart) ? chart : undefined;
  invariant(leave?.exit === off, 'S6f: a plan is off its course when its chart is');
  invariant(off === undefined || `exit/${off}` in waits, 'S6f: somebody looks at whether it returns');
}

function assertDecisions(pathway: Pathway, state: PlanState): void {
  for (const { decision } of pathway.decisionsOf(state.chart)) {
    const isAsked = isBeingAsked(state, state.chart, decision);
    invariant(isAsked || isDecided(state, state.chart, decision), `S6g: ${decision} is decided or asked`);
  }
  for (const open of sessionDecisionsOpen(pathway, state)) {
    const isAsked = isBeingAsked(state, open.about, open.decision);
    const waits = !isToBeAsked(pathway, state, open, state.now);
    invariant(isAsked || waits, `S6g: ${open.decision} is decided, asked, or told to wait`);
  }
}

function assertChoices(pathway: Pathway, state: PlanState): void {
  if (pathway.choices.length === 0) return;
  const plan = { pathway, state, now: state.now };
  const behind = pathway.choices.filter(
    (choice) => isBehindPhase(state, choice) && !chosenOf(state, choice.choice),
  );
  for (const choice of new Set([...behind, ...awaitedOfTables(plan)])) {
    const supply = state.tasks[outside(supplyTask(choice.choice))];
    const isAwaited = isOpenFor(plan, choice) || supply?.status === 'requested';
    invariant(isAwaited, `S6j: somebody is asked for the choice ${choice.choice}`);
  }
}

/** What is so for one session is so for the one that comes next, and no level is one that its figure does not have. */
function assertLevels(pathway: Pathway, state: PlanState): void {
  for (const [figure, { level, sessions }] of Object.entries(state.levels)) {
    const { is } = pathway.figure(figure);
    invariant('levels' in is && is.levels.includes(level), `${figure} has the level ${level}`);
    const areNext = Object.entries(sessions).every(
      ([of, { stage, isBehind }]) => isBehind || of === sessionOf(state, stage),
    );
    invariant(areNext, `what ${figure} is for a session ends with it`);
  }
}

/** Nothing is booked that it could be due before: the start of its stage, or the report of it, is owed instead. */
const isForABooking = ({ waits }: PlanState, { bookingOf }: Task): boolean =>
  bookingOf !== undefined && (`start/${bookingOf}` in waits || `report/${bookingOf}` in waits);
