import type { Actor } from '../model/actor.schema.ts';
import { addElapsed, localDateOf } from '../model/calendar.ts';
import type { Code } from '../model/codes.ts';
import { LIMITS } from '../model/limits.ts';
import type { Instant, LocalDate } from '../model/primitives.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { PATIENT_ROLES, SERVICE } from '../pathway/roles.ts';
import type { PlanState } from './plan-state.schema.ts';

/** A message that cannot be taken as it stands. It changes nothing in the plan. */
export interface Rejection {
  readonly code: Code;
  readonly says: string;
}

/** What the border knows of a plan. The API and the plan's own step ask the same question of the same code. */
export interface Border {
  readonly pathway: Pathway;
  /** The version that the event asks the plan to adopt; undefined: it asks for none, or none of that digest is published. */
  readonly next?: Pathway | undefined;
  readonly state: PlanState | undefined;
  readonly now: Instant;
}

export function firstOf<T>(
  items: readonly T[],
  check: (item: T) => Rejection | undefined,
): Rejection | undefined {
  for (const item of items) {
    const problem = check(item);
    if (problem) return problem;
  }
  return undefined;
}

/** Later than now by more than clocks differ. */
export const isAhead = (time: Instant | undefined, { now }: Border): boolean =>
  time !== undefined &&
  time > now &&
  time > addElapsed(now, { count: LIMITS.clockSkewMinutes, unit: 'minute' });

export const inFuture = (what: string, { now }: Border): Rejection => ({
  code: 'CC2014',
  says: `${what} lies in the future; it is ${now}.`,
});

export function notInFuture(what: string, date: LocalDate, border: Border): Rejection | undefined {
  const today = localDateOf(border.now, border.pathway.zone);
  return date > today
    ? { code: 'CC2014', says: `${what} ${date} lies in the future; today is ${today}.` }
    : undefined;
}

export const overLimit = (what: string, limit: number): Rejection => ({
  code: 'CC4004',
  says: `The plan keeps at most ${limit} ${what}.`,
});

/** Somebody who works here, and not only for themselves as a patient does, or as a service. */
export const isStaff = ({ roles }: Actor): boolean =>
  roles.some((role) => !PATIENT_ROLES.includes(role) && role !== SERVICE);

/** Some of the names there are, for whoever used one that there is not. */
export const listed = (names: readonly string[]): string => names.slice(0, NAMES_SHOWN).join(', ') || 'none';

const NAMES_SHOWN = 20;
