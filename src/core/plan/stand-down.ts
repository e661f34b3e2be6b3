import { isBeforeProcedure, placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { endBooking } from './booked.ts';
import { endDelay } from './delays.ts';
import { type Draft, write } from './draft.ts';
import { leaveGates } from './gates.ts';
import { askAPerson } from './outside.ts';
import type { Task } from './plan-state.schema.ts';
import { cancelTask, OUTSIDE } from './tasks.ts';
import { EMERGENCY } from './waits.ts';

/** What ends with a stage that is left before it is done. */

/** Of these tasks, all but what is done in an emergency; what belongs to no phase goes on. @returns their ids */
export function dropTasks(draft: Draft, isDropped: (task: Task) => boolean): string[] {
  const dropped = Object.entries(draft.state.tasks).filter(
    ([id, task]) =>
      task.status === 'requested' &&
      task.belongsTo !== OUTSIDE &&
      draft.state.waits[`task/${id}`]?.ladder !== EMERGENCY &&
      isDropped(task),
  );
  for (const [id] of dropped) cancelTask(draft, id);
  return dropped.map(([id]) => id);
}

/** The plan books no more; the appointment still stands in somebody's calendar. */
export function dropBooking(draft: Draft, stage: string): void {
  const booking = draft.state.bookings[stage];
  if (!booking || !endBooking(draft, stage, 'cancelled')) return;
  const title = titleOf(draft.pathway, stage);
  const says = `${title} on ${booking.on} will not take place`;
  write(draft, { kind: 'appointment.cancelled', says, details: { stage, on: booking.on } });
  askAPerson(draft, `calendar-${stage}-${booking.generation}`, {
    title: `Take it out of the calendar: ${says}`,
    role: COORDINATOR,
  });
}

const titleOf = (pathway: Pathway, stage: string): string => pathway.stage(stage)?.title ?? stage;

/** The work before a stage's procedure and its gates; the care after what was done goes on. */
export function clearGate(draft: Draft, stage: string): void {
  dropWorkBefore(draft, stage);
  endDelay(draft, stage);
}

/** What leads to a procedure, or belongs to a period that is left. @returns the tasks that fall away */
export function dropWorkBefore(draft: Draft, stage: string): string[] {
  leaveGates(draft, stage);
  const period = `${stage}.period`;
  return dropTasks(draft, ({ belongsTo }) => isBeforeProcedure(belongsTo, stage) || belongsTo === period);
}

/** A stage that is left is booked no more. */
export function leaveStage(draft: Draft, stage: string): void {
  clearGate(draft, stage);
  dropBooking(draft, stage);
}

/** Of a maintenance that is left, what is to be done falls away; come to again after another procedure, it begins anew. */
export function leaveMaintenance(draft: Draft, chart: string = draft.state.chart): void {
  if (placeOf(chart).maintenance !== undefined) dropTasks(draft, ({ belongsTo }) => belongsTo === chart);
}
