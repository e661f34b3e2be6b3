import { isPassedBy, stageBefore } from './chosen-stages.ts';
import type { Draft } from './draft.ts';
import { enterAnew } from './phases.ts';
import { dropBooking } from './stand-down.ts';

/**
 * As choices are made again, and plans revised: a plan that stands before a stage that is not for this patient any more
 * passes it by, and nothing stays booked for one.
 */
export function keepChosen(draft: Draft): void {
  const { pathway, state } = draft;
  if (pathway.choices.length === 0 && !pathway.stages.some(({ skipped }) => skipped)) return;
  for (const stage of pathway.stages) {
    const isBooked = state.bookings[stage.stage]?.status === 'booked';
    if (isBooked && isPassedBy(draft, stage)) dropBooking(draft, stage.stage);
  }
  const stage = stageBefore(pathway, state.chart);
  if (stage && isPassedBy(draft, stage)) enterAnew(draft, state.chart);
}
