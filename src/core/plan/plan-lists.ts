import { ALONGSIDE, homeOf, isExit, itemAt, placeOf } from '../pathway/chart.ts';
import { viewAlong } from './lines.ts';
import type { Revising } from './revising.ts';

/** The lists of work of a plan, as a revision speaks of them. */

/** In their order; before the procedure, the work of a gate is open together. */
const ORDER: Readonly<Record<string, number>> = {
  ready: 1,
  prep: 1,
  procedure: 2,
  session: 2,
  closure: 3,
  recovery: 4,
  reassessment: 5,
};

/** Whether the plan has left what a list of work, or a chart state, belongs to; it may come to it again. */
export function isBehind({ pathway, state }: Pick<Revising, 'pathway' | 'state'>, list: string): boolean {
  if (list === ALONGSIDE || isExit(list)) return false;
  const item = itemAt(list) ?? list;
  const along = viewAlong(pathway, state, pathway.trackOf(item));
  const at = homeOf(along.state);
  if (along.pathway.chart.isFinal(at)) return true;
  if (list === 'consultation') return at !== 'consultation';
  if (list === 'assessment') return at !== 'consultation' && at !== 'assessment';
  const [own, present] = [item, itemAt(at)].map((name) =>
    along.pathway.course.findIndex((one) => one.name === name),
  );
  if (own !== present) return (own ?? 0) < (present ?? -1);
  return (ORDER[placeOf(list).phase] ?? 0) < (ORDER[placeOf(at).phase] ?? 0);
}
