import { addElapsed } from '../src/core/model/calendar.ts';
import { LIMITS } from '../src/core/model/limits.ts';
import type { Instant } from '../src/core/model/primitives.schema.ts';

/**
 * The `now` of a step: the worker's clock, but never before the workflow's own time, and never far ahead of it. A plan's
 * `now` does not go back, so one step by a clock that is years ahead would stop its deadlines for years.
 */
export function latestOf(
  { now }: { now(): Instant },
  { workflowTime }: { readonly workflowTime: Instant },
): Instant {
  const clock = now();
  const furthest = addElapsed(workflowTime, { count: LIMITS.clockSkewMinutes, unit: 'minute' });
  if (clock < workflowTime) return workflowTime;
  if (clock > furthest) return furthest;
  return clock;
}
