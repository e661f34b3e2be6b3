import type { EventOf } from '../model/event.schema.ts';
import { LIMITS } from '../model/limits.ts';
import { type Border, listed, overLimit, type Rejection } from './border.ts';

/** What is said of a goal is said of one that the pathway has. */
export function admitGoal(
  { type, data }: EventOf<'priority.stated' | 'barrier.recorded'>,
  { pathway, state }: Border,
): Rejection | undefined {
  const known = pathway.goals.map(({ goal }) => goal);
  if (!known.includes(data.goal))
    return { code: 'CC2050', says: `The pathway has no goal ${data.goal}; it has: ${listed(known)}.` };
  const barriers = Object.values(state?.goals ?? {}).flatMap((goal) => goal.barriers);
  return type === 'barrier.recorded' && barriers.length >= LIMITS.barriersPerPlan
    ? overLimit('barriers', LIMITS.barriersPerPlan)
    : undefined;
}
