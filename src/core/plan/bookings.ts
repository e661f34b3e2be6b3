import { addDays, localDateOf, startOfDay } from '../model/calendar.ts';
import type { EventOf } from '../model/event.schema.ts';
import type { LocalDate } from '../model/primitives.schema.ts';
import { isBeforeProcedure, itemAt, placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { askToMove, endBooking, isAskedToMove, isSaidBefore, makeBooking } from './booked.ts';
import { standingBookings } from './booked-days.ts';
import { notForReasons } from './chosen-stages.ts';
import { delayReasons } from './delays.ts';
import { type Draft, write } from './draft.ts';
import { lookAtGate } from './gate.ts';
import { intervalReasonsOn } from './intervals.ts';
import { stageNow } from './listed-sessions.ts';
import type { Reason } from './outcome.schema.ts';
import type { PlanState } from './plan-state.schema.ts';
import { type Refusal, refuse, refuseElsewhere, whoseChart } from './refusal.ts';
import { waitingReasons } from './waiting-track.ts';

/**
 * A booking says when a stage's procedure is to be done. It opens no gate, and what holds the stage now does not forbid
 * it: that may clear until the day. Only what the day itself is against does.
 */

/** Asks for a day, and books it; the answer says what stands in the way as far as it is known. */
export function bookAppointment(draft: Draft, { data }: EventOf<'bookAppointment'>): Refusal | undefined {
  const stage = stageNow(draft.pathway, draft.state, data.stage);
  if (!stage) return undefined;
  if (stage.elsewhere) return refuseElsewhere(stage);
  const reasons = reasonsAgainst(draft, stage, data.on);
  if (reasons.length > 0) return refuse('CC3008', `${stage.title} cannot be booked for ${data.on}.`, reasons);
  makeBooking(draft, stage, data);
  draft.ahead = standsAhead(draft, stage, data.on);
  return undefined;
}

/** An appointment stands in somebody's calendar, whatever its day. One that would have been refused is to be moved. */
export function recordBooking(draft: Draft, { data }: EventOf<'appointment.booked'>): undefined {
  const stage = stageNow(draft.pathway, draft.state, data.stage);
  if (!stage || isDone(draft, data) || isSaidBefore(draft, data.stage)) return;
  const { on } = data;
  const reasons = reasonsAgainst(draft, stage, on);
  makeBooking(draft, stage, data);
  if (reasons.length > 0) askToMove(draft, stage, { on, reasons });
}

/** What has been performed on that day needs no appointment for it any more, however late one is told. */
const isDone = ({ state }: Draft, { stage, on }: EventOf<'appointment.booked'>['data']): boolean =>
  state.performed.some((one) => one.stage === stage && one.performedOn === on);

export function cancelBooking(draft: Draft, { data }: EventOf<'appointment.cancelled'>): undefined {
  const { stage, note } = data;
  if (isSaidBefore(draft, stage)) return;
  const on = draft.state.bookings[stage]?.on;
  if (!endBooking(draft, stage, 'cancelled')) return;
  const title = draft.pathway.stage(stage)?.title ?? stage;
  const says = `The appointment for ${title} on ${on} is cancelled`;
  write(draft, { kind: 'appointment.cancelled', says, details: { stage, on, note } });
}

/**
 * As facts come in: a day that could be booked may be too early or too late by now. Whoever booked it hears of it once;
 * the gate refuses it all the same.
 */
export function keepDays(draft: Draft): void {
  const { pathway, state, now } = draft;
  const today = localDateOf(now, pathway.zone);
  for (const [stage, { on }] of standingBookings(pathway, state)) {
    if (on < today || isAskedToMove(draft, stage.stage)) continue;
    const reasons = intervalReasonsOn(pathway, state, { stage, now, on }).filter(
      ({ interval }) => interval?.result === 'too early' || interval?.result === 'too late',
    );
    if (reasons.length > 0) askToMove(draft, stage, { on, reasons });
  }
}

/** Why a stage cannot be done on a day, by the day alone and by where the plan is. */
function reasonsAgainst(draft: Draft, stage: StageDefinition, on: LocalDate): Reason[] {
  const { pathway, state, now } = draft;
  const today = localDateOf(now, pathway.zone);
  const reasons: Reason[] = [];
  if (on < today)
    reasons.push({ invariant: 'phase', says: `${on} is past.`, clears: [[{ kind: 'date', on: today }]] });
  if (isDone(draft, { stage: stage.stage, on }))
    reasons.push({
      invariant: 'phase',
      says: `${stage.title} was performed on ${on}, and is performed once a day.`,
      clears: [[{ kind: 'date', on: addDays(on, 1) }]],
    });
  const waiting = waitingReasons(draft);
  reasons.push(...waiting);
  if (waiting.length === 0 && !isAhead(draft, stage))
    reasons.push({
      invariant: 'phase',
      says: `${whoseChart(draft)} is in ${state.chart}.`,
      clears: wayBack(state),
    });
  reasons.push(...intervalReasonsOn(pathway, state, { stage, now, on }).map((one) => bookable(one, today)));
  reasons.push(...notForReasons(draft, stage));
  const opens = startOfDay(on, pathway.zone);
  reasons.push(...delayReasons(pathway, state, stage.stage, opens));
  return reasons;
}

/** Off its course a plan can be booked for nothing until it returns. */
const wayBack = ({ leave }: PlanState): Reason['clears'] =>
  leave
    ? [[{ kind: 'event', type: 'returnToCourse', needs: `back from ${leave.exit}`, role: COORDINATOR }]]
    : [];

/** Before its latest day has passed nobody is asked about it: the day is to be an earlier one. */
function bookable(reason: Reason, today: LocalDate): Reason {
  const { result, latest } = reason.interval ?? {};
  return result === 'too late' && latest !== undefined && today <= latest
    ? { ...reason, clears: [[{ kind: 'date', on: latest }]] }
    : reason;
}

/** The plan stands at this stage's gate, or has it still before it. */
function isAhead({ pathway, state }: Draft, { stage }: StageDefinition): boolean {
  const { phase, stage: of } = placeOf(state.chart);
  if (phase === 'consultation' || phase === 'assessment') return true;
  if (of === stage) return isBeforeProcedure(state.chart);
  const at = pathway.course.findIndex(({ name }) => name === itemAt(state.chart));
  return at !== -1 && at < pathway.course.findIndex(({ name }) => name === stage);
}

/**
 * What the gate would say: now, but for what the day has been looked at for already; and on the day itself, what time
 * alone will have made unknown or ended by then.
 */
function standsAhead({ pathway, state, now }: Draft, stage: StageDefinition, on: LocalDate): Reason[] {
  const opens = startOfDay(on, pathway.zone);
  const isOfDay = ({ invariant, interval, clears }: Reason): boolean =>
    (invariant === 'S3' && interval?.result !== 'unknown') ||
    (clears.length > 0 && clears.every((all) => all.every((one) => one.kind === 'date' && one.on <= on)));
  const standing = lookAtGate(pathway, state, stage, now).reasons.filter((reason) => !isOfDay(reason));
  if (opens <= now) return standing;
  const known = new Set(standing.map(aboutOf));
  const then = lookAtGate(pathway, state, stage, opens).reasons;
  return [...standing, ...then.filter((reason) => !isOfDay(reason) && !known.has(aboutOf(reason)))];
}

/** What a reason is about, whatever it says of it. */
const aboutOf = ({ invariant, finding, interval, table, says }: Reason): string =>
  [invariant, finding?.rule ?? interval?.rule ?? table?.rule ?? says, finding?.area ?? interval?.area].join(
    '/',
  );
