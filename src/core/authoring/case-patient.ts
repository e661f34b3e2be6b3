import { addDays, instantOf, localDateOf } from '../model/calendar.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Observation, PlanState } from '../plan/plan-state.schema.ts';
import type { Case, Given } from './case.schema.ts';
import { NOON } from './noon.ts';
import type { Observed } from './stated-facts.ts';

/** What is known of a made-up patient, measured by the catalogue. */
export interface CasePatient extends Pick<Given, 'done' | 'isHistoryComplete'> {
  readonly facts: readonly Observed[];
  readonly baseline: readonly Observed[];
}

interface Moment {
  readonly now: Instant;
  readonly zone: string;
}

/** The sites of a case, by their roles. */
export const areasOf = ({ in: treatment, donor }: Pick<Case, 'in' | 'donor'>): PlanState['areas'] => ({
  ...(treatment ? { treatment: [...treatment] } : {}),
  ...(donor === undefined ? {} : { donor: [donor] }),
});

/** A plan's state with what is known of the patient in it. */
export function stateKnowing(state: PlanState, patient: CasePatient, { now, zone }: Moment): PlanState {
  const observations: Record<string, Observation[]> = {};
  const keep = (one: Observed, observedAt: Instant): void => {
    const { fact, value, unit, area, from } = one;
    const all = observations[fact] ?? [];
    const event = `case/${fact}-${all.length + 1}`;
    const kept: Observation = { value, source: from, actor: 'case', observedAt, event, step: 1 };
    if (unit !== undefined) kept.unit = unit;
    if (area !== undefined) kept.area = area;
    observations[fact] = [...all, kept];
  };
  const takenAt = ({ taken }: Observed): Instant =>
    taken ? instantOf(`${taken.day}T${taken.time ?? NOON}`, zone) : now;
  for (const first of patient.baseline) {
    const others = patient.facts.filter(({ fact }) => fact === first.fact).map(takenAt);
    const earliest = [...others, now].sort()[0] ?? now;
    const before = addDays(localDateOf(earliest, zone), -1);
    keep(first, first.taken ? takenAt(first) : instantOf(`${before}T${NOON}`, zone));
  }
  for (const one of patient.facts) keep(one, takenAt(one));
  return {
    ...state,
    now,
    observations,
    // Where it was done does not matter to a rule: a case tells all of it as `done`.
    otherPlans: [],
    performed: patient.done.map(({ procedure, day, in: site }) => ({
      stage: 'before',
      procedures: [procedure],
      performedOn: day,
      areas: site === undefined ? [] : [site],
      reportedAt: now,
      step: 1,
      deviation: false,
      counts: true,
      round: 1,
    })),
    ...(patient.isHistoryComplete ? { historyKnownAt: now } : {}),
  };
}
