import {
  addDays,
  addElapsed,
  addToDate,
  endOfDay,
  isElapsed,
  localDateOf,
  startOfDay,
} from '../model/calendar.ts';
import type { EventOf } from '../model/event.schema.ts';
import type { Duration, Instant } from '../model/primitives.schema.ts';
import { goesOnAnywhere, homeOf, isEnd, isExit, placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import type { ExitName } from '../pathway/rules.schema.ts';
import { isAskedAnywhere } from './asked-decisions.ts';
import { type Draft, stepNumber, tell, write } from './draft.ts';
import { lineInHand, mainChartOf } from './lines.ts';
import { askAPerson } from './outside.ts';
import { moveChart, REVIEW } from './phases.ts';
import type { Leave } from './plan-state.schema.ts';
import { askQuestion, closeQuestions } from './questions.ts';
import { type Refusal, refuse, refuseOver } from './refusal.ts';
import { runningTracks, stopTracks } from './running-tracks.ts';
import { dropBooking, dropTasks, dropWorkBefore } from './stand-down.ts';
import { dueAfter, openWait } from './waits.ts';

/**
 * Off the course. What led to a procedure stops: the open work before it, questions, gates and bookings fall away; holds,
 * what is done in an emergency, and the care after what was done stay: a drain has to come out wherever the plan is. The
 * coordinator is asked again and again whether the plan returns, until it does, or is closed on its day (S6).
 */

/** Takes a plan off its course, or declines it. */
export function leaveCourse(draft: Draft, { data }: EventOf<'leaveCourse'>): Refusal | undefined {
  const { chart } = draft.state;
  if (isEnd(homeOf(draft.state)) && (data.exit === 'declined' || !mayLeave(draft))) return refuseOver(draft);
  if (chart === data.exit) return refuse('CC3010', `The plan is in ${chart} already.`, []);
  if (data.exit !== 'declined') {
    takeExit(draft, data.exit, data.reason);
    return undefined;
  }
  moveChart(draft, { type: 'plan.declined' });
  return undefined;
}

/** While anything of it runs: its course, or a track beside one that has come to its end. */
export const mayLeave = (draft: Draft): boolean =>
  !isEnd(mainChartOf(draft)) || runningTracks(draft.pathway, draft.state).length > 0;

/** From one exit to another, the plan left its course where it first did. */
export function takeExit(draft: Draft, exit: ExitName, reason: string, follows?: Leave['follows']): void {
  const { chart, leave: before } = draft.state;
  if (chart === exit) return;
  const leave: Leave = {
    exit,
    from: before?.from ?? chart,
    at: draft.now,
    by: draft.event.actor.id,
    reason,
    closesAt: dueAfter(draft.pathway, draft.now, draft.pathway.exit(exit).closesAfter),
    dropped: before?.dropped ?? [],
    ...(follows ? { follows } : {}),
  };
  goOff(draft, leave, `Off its course, to ${exit}: ${reason}`);
}

/** What brought the plan back to its course was not so: it is off it since it left, and for the same reason. */
export function leaveAgain(draft: Draft, leave: Leave): void {
  const { exit, reason } = leave;
  goOff(draft, leave, `Off its course as before, in ${exit}: ${reason}`);
}

function goOff(draft: Draft, before: Leave, says: string): void {
  const { exit, from, reason } = before;
  const dropped = [...before.dropped, ...stop(draft)];
  moveChart(draft, { type: `exit.${exit}` });
  const leave = { ...before, dropped };
  draft.state = { ...draft.state, leave };
  awaitReview(draft, leave);
  write(draft, { kind: 'exit.taken', says, details: { exit, from, reason, dropped } });
  tell(draft, { roles: [COORDINATOR], subject: `The plan is in ${exit}`, says });
}

/** What stops with the chart state that is left. @returns the tasks that fall away */
export function stop(draft: Draft): string[] {
  const { chart } = draft.state;
  closeQuestions(draft, (id) => !isAskedAnywhere(draft.state, id));
  for (const booked of Object.keys(draft.state.bookings)) dropBooking(draft, booked);
  if (isExit(chart)) return [];
  const { stage } = placeOf(chart);
  if (stage === undefined)
    return dropTasks(draft, ({ belongsTo }) => belongsTo === chart && !goesOnAnywhere(chart));
  return dropWorkBefore(draft, stage);
}

/** The nth time that somebody looks counts from the day on which the plan left. */
function awaitReview(draft: Draft, { exit, at }: Leave): void {
  openWait(draft, waitOf(exit), {
    kind: 'exit',
    title: `Does the plan return from ${exit}?`,
    owner: COORDINATOR,
    ladder: draft.pathway.defaultLadder,
    dueAt: reviewAfter(draft, at, draft.pathway.exit(exit).reviewEvery),
  });
}

const waitOf = (exit: ExitName): string => `exit/${exit}`;

/** The end of the first day of review that is not over; one of no length comes round each day. */
function reviewAfter({ pathway, now }: Draft, at: Instant, { count, unit }: Duration): Instant {
  const every = { count: Math.max(count, 1), unit };
  if (isElapsed(every)) {
    let next = addElapsed(at, every);
    while (next <= now) next = addElapsed(next, every);
    return next;
  }
  const today = localDateOf(now, pathway.zone);
  const left = localDateOf(at, pathway.zone);
  for (let times = 1; ; times += 1) {
    const by = { count: every.count * times, unit };
    const dueAt =
      unit === 'working day' ? dueAfter(pathway, at, by) : endOfDay(addToDate(left, by), pathway.zone);
    if (addDays(localDateOf(dueAt, pathway.zone), -1) > today) return dueAt;
  }
}

/** As time passes: asks whether a plan returns, and closes it when it has not by its day. */
export function reviewExit(draft: Draft): void {
  const { leave, questions, waits } = draft.state;
  if (!leave || lineInHand(draft) !== undefined) return;
  if (draft.now >= leave.closesAt) {
    close(draft, leave);
    return;
  }
  const wait = waits[waitOf(leave.exit)];
  if (wait && draft.now < asksAt(draft.pathway, leave.exit, wait.dueAt)) return;
  awaitReview(draft, leave);
  const isOpen = Object.entries(questions).some(([id, { answer }]) => id.startsWith(REVIEW) && !answer);
  if (!isOpen) ask(draft, leave);
}

function ask(draft: Draft, { exit, reason, from }: Leave): void {
  const key = waitOf(exit);
  const times = (draft.state.actionCounts[key] ?? 0) + 1;
  draft.state = { ...draft.state, actionCounts: { ...draft.state.actionCounts, [key]: times } };
  askQuestion(draft, `${key}/${times}`, {
    title: `The plan is in ${exit} (${reason}). Does it return?`,
    about: from,
    roles: [COORDINATOR],
    outcomes: ['stay', RETURN],
  });
}

/** The answer that brings a plan back. */
export const RETURN = 'return';

/** Asked as the day of review begins. */
function asksAt(pathway: Pathway, exit: ExitName, dueAt: Instant): Instant {
  const { zone } = pathway;
  return isElapsed(pathway.exit(exit).reviewEvery)
    ? dueAt
    : startOfDay(addDays(localDateOf(dueAt, zone), -1), zone);
}

function close(draft: Draft, { exit, reason, at, from }: Leave): void {
  const says = `The plan is closed: it was in ${exit} since ${localDateOf(at, draft.pathway.zone)} (${reason}), and did not return`;
  askAPerson(draft, `closed-${exit}-${stepNumber(draft.state)}`, {
    title: `Tell the patient. ${says}.`,
    role: COORDINATOR,
  });
  if (isEnd(from)) stopTracks(draft);
  else moveChart(draft, { type: exit === 'referral' ? 'referral.closed' : 'plan.cancelled' });
}

/** When the plan is looked at again, and when it is closed. */
export function exitEdges({ pathway, state }: Pick<Draft, 'pathway' | 'state'>): Instant[] {
  const { leave, waits } = state;
  if (!leave) return [];
  const wait = waits[waitOf(leave.exit)];
  return wait ? [asksAt(pathway, leave.exit, wait.dueAt), leave.closesAt] : [leave.closesAt];
}
