import type { Instant } from '../core/model/primitives.schema.ts';
import type { StageDefinition } from '../core/pathway/compiled.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { windowOf } from '../core/plan/intervals.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';
import type { AppointmentWindow } from './plan-rows.schema.ts';

/** The days of a stage's appointment, by all the intervals that bear on it; undefined where none does. */
export function appointmentOf(
  pathway: Pathway,
  state: PlanState,
  stage: StageDefinition,
  now: Instant,
): AppointmentWindow | undefined {
  const { earliest, recommended, latest, binding, unknown, findings } = windowOf(pathway, state, stage, now);
  if (findings.length === 0) return undefined;
  const boundBy = Object.fromEntries(Object.entries(binding).map(([day, rules]) => [day, [...rules]]));
  return { earliest, recommended, latest, boundBy, unknown: [...unknown], intervals: [...findings] };
}
