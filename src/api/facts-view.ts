import type { Instant } from '../core/model/primitives.schema.ts';
import type { FactDefinition } from '../core/pathway/facts.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { readAt } from '../core/plan/judging.ts';
import type { Observation, PlanState } from '../core/plan/plan-state.schema.ts';
import type { FactReading, Provenance } from '../core/rules/condition.ts';
import type { ObservationView } from './plan-rows.schema.ts';

/**
 * The facts of a plan as its rules read them: flagged ones first, and also while nothing is known of them; one that is
 * recorded by area, of each site that somebody looked at, in its parts where they differ.
 */
export function factsOf(pathway: Pathway, state: PlanState, now: Instant): ObservationView[] {
  const isTold = ({ fact }: FactDefinition): boolean => (state.observations[fact]?.length ?? 0) > 0;
  const flagged = pathway.facts.filter(({ flag }) => flag);
  const others = pathway.facts.filter((one) => !one.flag && isTold(one));
  return [...flagged, ...others].flatMap((definition) => {
    const kept = state.observations[definition.fact] ?? [];
    const sites = definition.byArea ? kept.flatMap(({ area }) => area ?? []) : [];
    const places = sites.length > 0 ? [...new Set(sites)].map((site) => ({ site })) : [{}];
    const readings = places.flatMap((place) => readAt(pathway, state, now, definition, place));
    const rank = ({ area = '' }: FactReading): number => pathway.areas.sites.indexOf(area);
    return onceByArea(readings)
      .toSorted((one, other) => rank(one) - rank(other))
      .map((reading) => rowOf(definition, kept, reading));
  });
}

/** A site that somebody looked at may be a part of another: it is told once. */
const onceByArea = (readings: readonly FactReading[]): FactReading[] => [
  ...new Map(readings.map((reading) => [reading.area, reading])).values(),
];

function rowOf(
  { fact, title, flag }: FactDefinition,
  kept: readonly Observation[],
  reading: FactReading,
): ObservationView {
  const { area, provenance } = reading;
  return {
    fact,
    title,
    area,
    flag,
    ...provenance,
    sentAs: kept.find((one) => isOrigin(one, provenance))?.sentAs,
    cause: reading.known ? undefined : reading.cause,
  };
}

const isOrigin = ({ event, observedAt, value }: Observation, read: Provenance | undefined): boolean =>
  read?.events?.includes(event) === true &&
  read.observedAt === observedAt &&
  JSON.stringify(read.value) === JSON.stringify(value);
