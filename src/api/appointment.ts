import type { Instant } from '../core/model/primitives.schema.ts';
import type { StageDefinition } from '../core/pathway/compiled.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';
import type { AppointmentWindow } from './plan-rows.schema.ts';

/** The one place where the core is asked for the days of an appointment. */
export function appointmentOf(
  _pathway: Pathway,
  _state: PlanState,
  _stage: StageDefinition,
  _now: Instant,
): AppointmentWindow | undefined {
  // To be wired to `windowOf` of src/core/plan/intervals.ts.
  return undefined;
}
