import { lastDayBefore } from '../model/calendar.ts';
import type { LocalDate } from '../model/primitives.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { PlanState } from './plan-state.schema.ts';
import { definitionOf } from './tasks.ts';

/** Open work by which a fact is to be found out. */
export interface AskedFact {
  readonly planId: string;
  /** The work, by its id in that plan. */
  readonly task: string;
  readonly title: string;
  readonly role: string;
  readonly fact: string;
  /** The first day on which it may be done; absent: at once. */
  readonly from?: LocalDate;
  /** The last day on which it is in time; absent: it is not dated yet. */
  readonly to?: LocalDate;
}

/** Every fact that open work of a plan records, in the order of that work. */
export function factsAsked(pathway: Pathway, { planId, tasks, waits }: PlanState): AskedFact[] {
  return Object.entries(tasks).flatMap(([id, { status, title, role, from }]) => {
    if (status !== 'requested') return [];
    const dueAt = waits[`task/${id}`]?.dueAt;
    const asked = {
      ...{ planId, task: id, title, role },
      ...(from === undefined ? {} : { from }),
      ...(dueAt === undefined ? {} : { to: lastDayBefore(dueAt, pathway.zone) }),
    };
    return (definitionOf(pathway, id)?.records ?? []).map((fact) => ({ ...asked, fact }));
  });
}

/** A test that is asked for more than once: one of them would do for all. */
export interface AskedTwice {
  readonly fact: string;
  readonly by: readonly AskedFact[];
}

/**
 * What this plan asks for that it asks for a second time, or that another plan of the patient asks for as well, while
 * one answer can still serve both: their days overlap.
 */
export function askedTwice(own: readonly AskedFact[], elsewhere: readonly AskedFact[] = []): AskedTwice[] {
  const all = [...own, ...elsewhere];
  return [...new Set(own.map(({ fact }) => fact))].flatMap((fact) => {
    const asking = all.filter((one) => one.fact === fact);
    const by = asking.filter((one) =>
      asking.some((other) => other !== one && isOwnAmong(own, one, other) && overlap(one, other)),
    );
    return by.length > 1 ? [{ fact, by }] : [];
  });
}

/** Two of other plans are for whoever reads one of those. */
const isOwnAmong = (own: readonly AskedFact[], ...pair: readonly AskedFact[]): boolean =>
  pair.some((one) => own.includes(one));

/** What has no day yet can be done on any. */
const overlap = (one: AskedFact, other: AskedFact): boolean =>
  (one.from ?? '') <= (other.to ?? '9') && (other.from ?? '') <= (one.to ?? '9');
