import { endOfDay } from '../model/calendar.ts';
import type { LocalDate } from '../model/primitives.schema.ts';
import type { PlanState } from './plan-state.schema.ts';

/**
 * A plan as it was known to stand on a day: what was observed, signed and withdrawn until then. A report of what was
 * done is judged by it; what came later excuses nothing, and accuses nobody.
 */
export function asOf(state: PlanState, date: LocalDate, zone: string): PlanState {
  const end = endOfDay(date, zone);
  return {
    ...state,
    observations: Object.fromEntries(
      Object.entries(state.observations).map(([fact, kept]) => [
        fact,
        kept.filter(({ observedAt }) => observedAt < end),
      ]),
    ),
    consents: state.consents
      .filter(({ signedOn }) => signedOn <= date)
      .map(({ withdrawnAt, ...consent }) =>
        withdrawnAt !== undefined && withdrawnAt < end ? { ...consent, withdrawnAt } : consent,
      ),
  };
}
