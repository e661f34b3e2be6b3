import type { CompiledPathway } from '../../src/core/pathway/compiled.schema.ts';
import type { Stated, World } from './oracle-facts.ts';

/**
 * A second opinion: calendar, conditions and facts worked out again from what a pathway says and from the list of
 * events, by other means and without one line of the core's.
 */
export { leavesOf, type Opinion, type Stated } from './oracle-facts.ts';
export { beginningOf, dayOn, daysLater, shifted } from './wall-calendar.ts';

/** A pathway's world: what was stated, at an instant; where and since when, in `more`. */
export const worldOf = (
  { facts, derived, clinic }: CompiledPathway,
  stated: readonly Stated[],
  now: string,
  more: Partial<World> = {},
): World => ({
  facts,
  derived,
  parts: clinic.areas,
  zone: clinic.timeZone,
  now,
  stated,
  sessions: [],
  treatment: [],
  donor: [],
  ...more,
});
