import { localDateOf } from '../model/calendar.ts';
import type { EventOf } from '../model/event.schema.ts';
import { placeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { sessionsIn } from '../pathway/pathway.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import type { ExitName } from '../pathway/rules.schema.ts';
import { endBooking, keepBooking } from './booked.ts';
import { useConsentsAnew } from './consent.ts';
import { raiseDeviation } from './deviation.ts';
import { type Draft, stepNumber, write } from './draft.ts';
import { resumeFollowUp } from './follow-up.ts';
import { closeGates, closeGatesBehind, openGateOf } from './gates.ts';
import { askAPerson } from './outside.ts';
import { returnToGate } from './phases.ts';
import type { Performed } from './plan-state.schema.ts';
import { roundOf, skipSession } from './progress.ts';
import { isOf } from './reported-sessions.ts';
import { turnOf } from './tasks.ts';
import { carryWork } from './turn-work.ts';
import {
  goBack,
  goOffAgain,
  isBehind,
  keepCareAfter,
  performedWithout,
  toldSince,
} from './without-report.ts';

/** Nobody went through the gate that was opened: it is closed, and the plan is back before it. */
export function recordNotPerformed(draft: Draft, { data }: EventOf<'procedure.notPerformed'>): undefined {
  const stage = draft.pathway.stage(data.stage);
  if (!stage) return;
  const { on, reason } = data;
  const says = `${stage.title} was not performed on ${on}. ${reason}`;
  write(draft, { kind: 'procedure.notPerformed', says, details: { stage: stage.stage, on, reason } });
  const gate = openGateOf(draft, stage.stage);
  if (!gate || localDateOf(gate.openedAt, draft.pathway.zone) > on) return;
  closeGates(draft, stage.stage);
  if (draft.state.bookings[stage.stage]?.on === on) endBooking(draft, stage.stage, 'cancelled');
  if (draft.state.chart === `${stage.stage}.procedure`) returnToGate(draft, stage);
}

/**
 * A report was wrong: what it said is no more, and the plan goes back to where it would be without it. What has been done
 * on the strength of the report is for the clinical lead to look at.
 */
export function withdrawReport(draft: Draft, { data }: EventOf<'report.withdrawn'>): undefined {
  const stage = draft.pathway.stage(data.stage);
  if (!stage) return;
  const { performedOn, reason } = data;
  const wrong = draft.state.performed.findLast((one) => isOf(one, data));
  const given = sessionsIn(stage).find(({ session }) => session === (wrong?.session ?? data.session));
  const title = given ? draft.pathway.stageAt(given).title : stage.title;
  const what = `that ${title} was performed on ${performedOn}`;
  const says = wrong ? `Withdrawn: ${what}. ${reason}` : `Withdrawn, and never reported: ${what}. ${reason}`;
  const details = { stage: stage.stage, performedOn, reason, ...(wrong ? { was: wrong } : {}) };
  write(draft, { kind: 'report.withdrawn', says, details });
  if (!wrong) return;
  const since = toldSince(draft, wrong);
  const turn = turnOf(draft.state, stage.stage);
  draft.state = { ...draft.state, performed: performedWithout(draft, wrong) };
  passOverAgain(draft, wrong);
  carryWork(draft, stage.stage, turn);
  useConsentsAnew(draft, stage);
  closeGatesBehind(draft, wrong);
  bookAgain(draft, stage, wrong);
  const isOn = isReliedOn(draft, stage, wrong);
  if (isOn)
    raiseDeviation(draft, {
      code: 'report-withdrawn',
      says: `It was reported, and is withdrawn, ${what}; the plan has gone on since`,
      reasons: [],
      about: `${stage.stage}/${performedOn}`,
    });
  keepCareAfter(draft, stage.stage, wrong);
  resumeFollowUp(draft, wrong);
  const exit = wrong.movedFrom?.leave?.exit;
  if (!isOn && since.length === 0 && goOffAgain(draft, wrong)) return;
  goBack(draft, stage, { wrong, since });
  if (exit !== undefined && !draft.state.leave) askWhereItBelongs(draft, exit, what);
}

/** The patient had not come after all, and the session of that day had been passed over. */
function passOverAgain(draft: Draft, { stage, round, performedOn, passedOver }: Performed): void {
  if (!passedOver || round !== roundOf(draft.state, stage)) return;
  skipSession(draft, stage, { on: performedOn, session: passedOver.session });
}

/** Whether the plan is off its course after all somebody has to say: it may have gone on for good reasons since. */
function askWhereItBelongs(draft: Draft, exit: ExitName, what: string): void {
  const { chart } = draft.state;
  const says = `The plan was in ${exit} when a report brought it back that is withdrawn now, ${what}`;
  const title = `${says}. It is in ${chart}: where does it belong?`;
  askAPerson(draft, `returned-${exit}-${stepNumber(draft.state)}`, { title, role: COORDINATOR });
}

/** The appointment that the report had fulfilled stands again, unless another report of that day or later fulfils it. */
function bookAgain(draft: Draft, { stage }: StageDefinition, { performedOn }: Performed): void {
  const booking = draft.state.bookings[stage];
  if (booking?.status !== 'fulfilled' || booking.on !== performedOn) return;
  const { bookedAt, on } = booking;
  const isFulfilled = draft.state.performed.some(
    (one) => one.stage === stage && one.performedOn >= on && one.reportedAt >= bookedAt,
  );
  if (isFulfilled) return;
  keepBooking(draft, stage, { ...booking, status: 'booked' });
}

/** Work that came after it was done, another gate was opened or another procedure performed, or the stage was left. */
function isReliedOn({ state }: Draft, { stage }: StageDefinition, { reportedAt, step }: Performed): boolean {
  const isDone = Object.values(state.tasks).some(
    ({ belongsTo, completedAt }) =>
      isBehind(belongsTo, stage) && completedAt !== undefined && completedAt >= reportedAt,
  );
  return (
    isDone ||
    state.performed.some((one) => one.step > step) ||
    state.gates.some((gate) => gate.step > step) ||
    placeOf(state.chart).stage !== stage
  );
}
