import type { Instant } from '../core/model/primitives.schema.ts';
import { homeOf, placeOf } from '../core/pathway/chart.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { maintenanceBegan } from '../core/plan/due-anchors.ts';
import { maintenanceEnds } from '../core/plan/maintenance.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';
import { nextReview } from '../core/plan/reviews.ts';
import type { MaintenanceView, ReviewView } from './alongside-rows.schema.ts';

/** What follows the treatment, and what goes on beside the course. */

export function maintenanceOf(pathway: Pathway, state: PlanState, now: Instant): MaintenanceView | undefined {
  const chart = homeOf(state);
  const { maintenance: name = '' } = placeOf(chart);
  const definition = pathway.maintenance(name);
  const since = maintenanceBegan(state, name);
  const until = maintenanceEnds({ pathway, state, now }, chart);
  if (!definition || since === undefined || until === undefined) return undefined;
  return { maintenance: name, title: definition.title, since, until };
}

export const reviewsOf = (pathway: Pathway, state: PlanState, now: Instant): ReviewView[] =>
  pathway.reviews.map((one) => ({
    review: one.review,
    title: pathway.decision(one.review).title,
    nextAt: nextReview({ pathway, state, now }, one),
  }));
