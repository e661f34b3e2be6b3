import type { Instant } from '../core/model/primitives.schema.ts';

/** Where clinical time comes from. One for the whole system; PostgreSQL's `now()` is never clinical time. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };
