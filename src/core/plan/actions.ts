import { homeOf, isEnd, isExit, itemAt, placeOf } from '../pathway/chart.ts';
import type { Action, Ending, OnTheWay, StepDone } from '../pathway/decisions.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { type NextStep, stepOf, wordsOf } from './action-steps.ts';
import { chooseAgain } from './ask-choice.ts';
import { askRevision } from './ask-revision.ts';
import { askDecision, askedTask, TABLE } from './asked-decisions.ts';
import { delayGate } from './delays.ts';
import { type Draft, stepNumber, write } from './draft.ts';
import { mayLeave, takeExit } from './exits.ts';
import { changeLevel, isAtEnd, isChangedFor, isMade, keepMade } from './levels.ts';
import { along, lineInHand, WAITING } from './lines.ts';
import { askAPerson } from './outside.ts';
import { enterAnew, moveChart } from './phases.ts';
import type { PlanState } from './plan-state.schema.ts';
import { leaveOut, performedAlong, roundOf, sessionOf } from './progress.ts';
import { waitOf } from './questions.ts';
import { clearGate, leaveMaintenance, leaveStage } from './stand-down.ts';
import { startTrack } from './tracks.ts';
import { dueAfter, openWait } from './waits.ts';

/** Where an action is taken, and on what. */
export interface Occasion {
  /** Where it is written: `decision/mid-board/surgery-now`. */
  readonly written: string;
  /** What was decided, or answered, in words. */
  readonly why: string;
  /**
   * What it bears on: a closed gate, a phase or decision of the course that does not end without it, or nothing (as a
   * review does).
   */
  readonly at: 'gate' | 'phase' | 'alert';
  readonly stage: string | undefined;
  /** What a decision that follows from it is about. */
  readonly about: string;
  /** What asked in the first place: the chart state, the table's answer, the alert. */
  readonly scope: string;
  /** The question that was answered, and the decision that it is; a table's answer has none. */
  readonly question?: {
    readonly id: string;
    readonly decision: string;
    readonly about: string;
    readonly alsoFor: string | undefined;
    readonly track: string | undefined;
  };
}

/**
 * Takes the first step of an action that has not been taken as often as it may be. A step that would move the course of
 * a plan that is off it, or over, is handed to the coordinator instead.
 */
export function takeAction(draft: Draft, action: Action, occasion: Occasion): StepDone {
  const stage = stageOf(draft, occasion);
  const isBefore = itemOf(draft.state, stage) === undefined;
  const next = nextStep(draft, action, occasion);
  const { step, key } = next;
  const isTaken = mayMove(draft, step, stage);
  const forSession = isTaken && leadsAnew(next) ? next.before.filter(isForSession) : [];
  const atOnce = next.before.filter((one) => !forSession.includes(one));
  changeOnTheWay(draft, atOnce, { ...occasion, stage });
  const times = isTaken && key !== undefined ? count(draft, key) : undefined;
  const says = `${occasion.why} Then: ${wordsOf(step)}.`;
  const details = { written: occasion.written, step, isTaken, ...(times === undefined ? {} : { times }) };
  write(draft, { kind: 'action.taken', says, details });
  const isChoosing = step.do === 'choose';
  const rest = isChoosing ? [...forSession, ...next.rest] : next.rest;
  const further = isTaken ? perform(draft, { ...next, rest }, { ...occasion, stage }) : undefined;
  // The session that comes next is one of the round that has just begun.
  if (!isChoosing)
    changeOnTheWay(draft, forSession, { ...occasion, stage: step.do === 'to' ? step.stage : stage });
  if (!isTaken && step.do !== 'end') handOver(draft, says, occasion.about);
  // Before the first stage there is none to leave out.
  return further ?? (step.do === 'next stage' && isBefore ? 'go' : step.do);
}

type Plan = Pick<Draft, 'pathway' | 'state'>;

/** The step that would be taken now. */
export const nextStep = (plan: Plan, action: Action, occasion: Occasion): NextStep => {
  const { written } = occasion;
  const stage = stageOf(plan, occasion);
  return stepOf(plan.state, action, {
    written,
    about: scopeOf(plan.state, occasion, stage),
    stage,
    isAnywhere: occasion.at === 'alert',
    isAtEnd: (step) => isAtEnd(plan, step, { written, stage }),
  });
};

/** What an alert asks about is the stage that the plan is at, or has left; once the course is over, what was done last. */
function stageOf({ pathway, state }: Plan, { stage }: Occasion): string | undefined {
  const home = homeOf(state);
  const last = isEnd(home) ? performedAlong(pathway, state).at(-1) : placeOf(home);
  return stage ?? last?.stage;
}

function count(draft: Draft, key: string): number {
  const { actionCounts } = draft.state;
  const times = (actionCounts[key] ?? 0) + 1;
  draft.state = { ...draft.state, actionCounts: { ...actionCounts, [key]: times } };
  return times;
}

/** Two that are decided in one step are two. */
function handOver(draft: Draft, says: string, about: string): void {
  const { chart } = draft.state;
  const title = `${says} But ${lineInHand(draft) ?? 'the plan'} is in ${chart}: what now?`;
  askAPerson(draft, `decided-${stepNumber(draft.state)}/${about}`, { title, role: COORDINATOR });
}

/** A gate is another one for each session; a phase or a decision of the course, each time that it is entered. */
function scopeOf(state: PlanState, { at, scope }: Occasion, stage: string | undefined): string {
  if (at === 'gate' && stage !== undefined) return sessionOf(state, stage);
  const enteredAt = at === 'phase' ? state.enteredAt[scope] : undefined;
  return enteredAt === undefined ? scope : `${scope}/${enteredAt}`;
}

/** Off its course a plan can only go to another exit, or end; once it is over, only what is asked goes on. */
function mayMove(draft: Draft, step: Ending, stage: string | undefined): boolean {
  const { state, pathway } = draft;
  const { do: what } = step;
  if (what === 'go' || what === 'decide' || what === 'ask' || what === 'wait' || what === 'choose')
    return true;
  if (pathway.chart.isFinal(homeOf(state))) return false;
  if (what === 'revise') return true;
  // A track takes the whole plan with it, and goes to no stage beside its own.
  if (what === 'exit') return mayLeave(draft);
  if (step.do === 'again' && stage === undefined) return false;
  if (step.do === 'to' && pathway.trackOf(step.stage) !== lineInHand(draft)) return false;
  return state.chart !== WAITING.chart && (!isExit(state.chart) || what === 'end');
}

/** To the next session of another round: at once, or once something is chosen. */
const leadsAnew = ({ step, rest }: NextStep): boolean =>
  (step.do === 'choose' ? rest : [step]).some((one) => one.do === 'again' || one.do === 'to');

const isForSession = (step: OnTheWay): boolean => step.do !== 'start' && step.for !== undefined;

/**
 * What is changed on the way to where an action ends. By a table's answer, once for each session, however often its gate
 * is asked.
 */
export function changeOnTheWay(draft: Draft, steps: readonly OnTheWay[], occasion: Occasion): void {
  const { stage, why, written } = occasion;
  const place = { written, stage };
  const isOnce = written.startsWith(TABLE) && steps.length > 0;
  const wasMade = isOnce && isMade(draft.state, place);
  for (const step of steps) {
    if (step.do === 'start') startTrack(draft, step.track, why);
    else if (!isOnce || !(step.for ? isChangedFor(draft.state, step.figure, place) : wasMade))
      changeLevel(draft, step, { ...place, why });
  }
  if (isOnce) keepMade(draft, place);
}

/** @returns what was taken in its place, where what follows was taken at once */
function perform(draft: Draft, { step, rest }: NextStep, occasion: Occasion): StepDone | undefined {
  const { stage, why, about, question } = occasion;
  switch (step.do) {
    case 'go':
      break;
    case 'end':
      moveChart(draft, { type: 'course.ended' });
      break;
    case 'next stage':
      leaveItem(draft, step.stage ?? stage);
      break;
    case 'wait':
      putOff(draft, step, occasion);
      break;
    case 'again':
      if (stage !== undefined) goTo(draft, stage);
      break;
    case 'to':
      goTo(draft, step.stage);
      break;
    case 'decide':
      askDecision(draft, step.decision, { about, stage: ofStage(occasion) });
      break;
    case 'ask':
      askAPerson(draft, askedTask(question?.id ?? about), { title: `${why} What now?`, role: step.role });
      break;
    case 'exit':
      along(draft, undefined, () => takeExit(draft, step.exit, why));
      break;
    case 'choose':
      return choose(draft, { choice: step.choice, rest }, occasion);
    case 'revise':
      askRevision(draft, { about, stage: ofStage(occasion), why, rest: restOf(rest, occasion) });
      break;
  }
  return undefined;
}

/** What an alert asks is about no stage: it outlives every one. */
const ofStage = ({ at, stage }: Occasion): string | undefined => (at === 'alert' ? undefined : stage);

/** What follows once somebody has answered, and where that is written. */
const restOf = (action: Action, { written }: Occasion) => ({ action, written: `${written}/then` });

/** What follows is taken once the choice is made: at once, where nobody is asked. */
function choose(
  draft: Draft,
  { choice, rest }: { readonly choice: string; readonly rest: Action },
  occasion: Occasion,
): StepDone | undefined {
  const following = restOf(rest, occasion);
  const { written } = following;
  const asker = {
    ...{ about: occasion.about, stage: ofStage(occasion) },
    ...(rest.length === 0 ? {} : { rest: following }),
  };
  const isMade = chooseAgain(draft, choice, asker);
  return isMade ? takeAction(draft, rest, { ...occasion, written }) : undefined;
}

/** A board that had no quorum has more time; a gate stays closed; whatever else was decided to be put off is asked later. */
function putOff(draft: Draft, step: Ending & { do: 'wait' }, occasion: Occasion): void {
  const { at, stage, why, written, question } = occasion;
  const dueAt = dueAfter(draft.pathway, draft.now, step.for);
  const wait = question && draft.state.waits[waitOf(question.id)];
  if (wait) openWait(draft, waitOf(question.id), { ...wait, dueAt });
  else if (at === 'gate' && stage !== undefined)
    delayGate(draft, stage, { by: step.for, why, isByTable: written.startsWith(TABLE) });
  else if (question) {
    const { decision, about, alsoFor, track } = question;
    askDecision(draft, decision, { about, alsoFor, track, stage: ofStage(occasion), dueAt });
  }
}

/** What is left of a stage is left out; of a plan between stages, the decision that it stands at. */
function leaveItem(draft: Draft, stage: string | undefined): void {
  const item = itemOf(draft.state, stage);
  if (item === undefined) return;
  if (stage !== undefined) {
    leaveStage(draft, stage);
    leaveOut(draft, stage);
  }
  leaveMaintenance(draft);
  moveChart(draft, { type: `passed.${item}` });
}

const itemOf = ({ chart }: PlanState, stage: string | undefined): string | undefined =>
  stage ?? itemAt(chart);

/**
 * A stage that was come to before is done once more, in another round; the day that is booked for it stays. Backward, so
 * is each that lies between: what was done of it was done before.
 */
function goTo(draft: Draft, stage: string): void {
  leaveMaintenance(draft);
  const left = placeOf(draft.state.chart).stage;
  const others = [...(left === undefined ? [] : [left]), ...stagesBetween(draft, left, stage)];
  for (const other of others) {
    if (other === stage) continue;
    leaveStage(draft, other);
    if (isAhead(draft, { of: other, to: stage })) leaveOut(draft, other);
  }
  for (const one of [stage, ...stagesSince(draft, stage)]) {
    clearGate(draft, one);
    if (isKnown(draft, one)) beginRound(draft, one);
  }
  enterAnew(draft, draft.pathway.chart.next(draft.state.chart, { type: `owed.${stage}` }));
}

function beginRound(draft: Draft, stage: string): void {
  const began = [...(draft.state.stages[stage]?.began ?? []), draft.now];
  const again = { round: roundOf(draft.state, stage) + 1, skipped: [], began };
  draft.state = { ...draft.state, stages: { ...draft.state.stages, [stage]: again } };
}

/** Those of the course after a stage, up to where the plan is. */
function stagesSince({ pathway, state }: Draft, stage: string): string[] {
  const left = itemAt(state.chart) ?? '';
  const names = pathway.course.map(({ name }) => name);
  return names.slice(names.indexOf(stage) + 1, names.indexOf(left) + 1).filter((name) => pathway.stage(name));
}

const isKnown = ({ state }: Draft, stage: string): boolean =>
  Object.hasOwn(state.stages, stage) ||
  state.enteredAt[`${stage}.ready`] !== undefined ||
  state.performed.some((one) => one.stage === stage);

function isAhead({ pathway }: Draft, { of, to }: { readonly of: string; readonly to: string }): boolean {
  const names = pathway.course.map(({ name }) => name);
  return names.indexOf(to) > names.indexOf(of);
}

/** Forward, what the plan jumps over: a day may have been booked for it. */
function stagesBetween({ pathway, state }: Draft, left: string | undefined, to: string): string[] {
  const names = pathway.course.map(({ name }) => name);
  const from = names.indexOf(left ?? itemAt(state.chart) ?? '');
  return names.slice(from + 1, Math.max(from + 1, names.indexOf(to))).filter((name) => pathway.stage(name));
}
