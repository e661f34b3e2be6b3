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

/**
 * Runs a plan's events through the core again, each at its own time: the states that the store must have.
 * @param published - the pathway, or, of a plan that adopts another version of it, each by its digest
 */
export function refold(
  published: Pathway | ((digest: string) => Pathway | undefined),
  rows: readonly StepRow[],
): string[] {
  let state: PlanState | undefined;
  const versionOf = (digest: string): Pathway | undefined =>
    typeof published === 'function' ? published(digest) : published;
  return rows.map((row) => {
    const event: PlanEvent = JSON.parse(row.event);
    const named =
      event.type === 'startPlan' || event.type === 'adoptVersion' ? event.data.pathway : undefined;
    const pathway = versionOf(state?.pathway.digest ?? named?.digest ?? '');
    if (!pathway) throw new Error('the plan runs by a version that is not there');
    const beside = event.type === 'adoptVersion' ? { next: versionOf(event.data.pathway.digest) } : {};
    const now = new Date(row.now).toISOString();
    const wasQuarantined = JSON.parse(row.answer).outcome === 'quarantined';
    const taken =
      wasQuarantined && state
        ? quarantine(pathway, state, event, now)
        : step(pathway, state, inCatalogueUnits(pathway, event), now, beside);
    state = taken.state;
    return JSON.stringify(taken.state);
  });
}
