import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { Pathway } from '../../../src/core/pathway/pathway.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { quarantine, step } from '../../../src/core/plan/step.ts';
import { inCatalogueUnits } from '../../../src/engine/units.ts';

export interface StepRow {
  plan_id: string;
  sequence: number;
  source: string;
  event_id: string;
  event: string;
  now: Date | string;
  answer: string;
  state: string;
  effects: string;
  head: string;
}

/** Runs a plan's events through the core again, each at its own time: the states that the store must have. */
export function refold(pathway: Pathway, rows: readonly StepRow[]): string[] {
  let state: PlanState | undefined;
  return rows.map((row) => {
    const event: PlanEvent = JSON.parse(row.event);
    const now = new Date(row.now).toISOString();
    const wasQuarantined = JSON.parse(row.answer).outcome === 'quarantined';
    const taken =
      wasQuarantined && state
        ? quarantine(pathway, state, event, now)
        : step(pathway, state, inCatalogueUnits(pathway, event), now);
    state = taken.state;
    return JSON.stringify(taken.state);
  });
}
