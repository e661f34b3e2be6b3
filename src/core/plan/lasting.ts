import type { Instant } from '../model/primitives.schema.ts';
import { isPeriod, placeOf } from '../pathway/chart.ts';
import { anchorFor, type Counted, countedFor, maintenanceBegan } from './due-anchors.ts';
import { lengthFor } from './figures.ts';
import { dueAfter } from './waits.ts';

/**
 * What goes on for its time: a stage that is a period, and what follows the treatment. It lasts so long from when it was
 * come to, wherever the plan is meanwhile: an exit stops neither its time nor, of a maintenance, its work.
 */

/** The end of the last day of what lasts and has the list of work; undefined: that ends with its work alone. */
export function lastsUntil(plan: Counted, chart: string): Instant | undefined {
  const { pathway, state } = plan;
  const { maintenance: name = '', stage } = placeOf(chart);
  const period = isPeriod(chart) ? pathway.stage(stage ?? '')?.period : undefined;
  if (period) {
    const lasts = lengthFor(pathway, state, period.lasts);
    return dueAfter(pathway, anchorFor(plan, 'stage', countedFor(chart)), lasts);
  }
  const definition = pathway.maintenance(name);
  const lasts = definition && lengthFor(pathway, state, definition.lasts);
  return lasts && dueAfter(pathway, maintenanceBegan(state, name) ?? plan.now, lasts);
}

/** Whether a phase goes on for its time alone, whatever is done in it. */
export function lastsStill(plan: Counted, chart: string): boolean {
  const ends = lastsUntil(plan, chart);
  return ends !== undefined && plan.now < ends;
}

/** When the time is over of what a plan is in. */
export const lastingEdges = (plan: Counted): Instant[] => {
  const ends = lastsUntil(plan, plan.state.chart);
  return ends !== undefined && ends > plan.now ? [ends] : [];
};
