import type { Instant } from '../model/primitives.schema.ts';
import { placeOf } from '../pathway/chart.ts';
import { type Counted, maintenanceBegan } from './due-anchors.ts';
import { dueAfter } from './waits.ts';

/**
 * What follows the treatment. It lasts so long from when it was first entered after what was last done, wherever the plan
 * is meanwhile: an exit stops neither its time nor its work.
 */

/** The end of the last day of a maintenance that the list of work belongs to; undefined: it belongs to none. */
export function maintenanceEnds(plan: Counted, chart: string): Instant | undefined {
  const { maintenance: name = '' } = placeOf(chart);
  const definition = plan.pathway.maintenance(name);
  return (
    definition && dueAfter(plan.pathway, maintenanceBegan(plan.state, name) ?? plan.now, definition.lasts)
  );
}

/** Whether a phase goes on for its time alone, whatever is done in it. */
export function lastsStill(plan: Counted, chart: string): boolean {
  const ends = maintenanceEnds(plan, chart);
  return ends !== undefined && plan.now < ends;
}

/** When the time of a maintenance is over in which a plan is. */
export const maintenanceEdges = (plan: Counted): Instant[] => {
  const ends = maintenanceEnds(plan, plan.state.chart);
  return ends !== undefined && ends > plan.now ? [ends] : [];
};
