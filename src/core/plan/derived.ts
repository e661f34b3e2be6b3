import { localDateOf } from '../model/calendar.ts';
import type { LocalDate } from '../model/primitives.schema.ts';
import type { Cause } from '../model/verdict.schema.ts';
import type { DerivedDefinition } from '../pathway/facts.schema.ts';
import type { Counted } from './moments.ts';
import type { Observation } from './plan-state.schema.ts';

/** A number worked out of others: what it is, and the observations that it was taken from, the newest last. */
export interface Derivation {
  readonly cause?: Cause;
  readonly value?: number;
  readonly from: readonly Observation[];
}

/**
 * Works a derived number out of what counted at each moment. One moment is one value, however often it was told; a
 * moment in conflict, or of a wrong kind or unit, leaves every number that rests on it unknown.
 * @param moments - of its base, oldest first
 * @param session - the last day of the last procedure performed; absent: none was, and all moments are since then
 */
export function derive(
  { way }: DerivedDefinition,
  moments: readonly Counted[],
  { session, zone }: { session: LocalDate | undefined; zone: string },
): Derivation {
  const isSince = ({ observation }: Counted): boolean =>
    session === undefined ||
    (observation !== undefined && localDateOf(observation.observedAt, zone) > session);
  const used = usedOf(way, moments, isSince);
  const from = used.flatMap(({ observation }) => observation ?? []);
  const cause = used.find((one) => one.cause !== undefined)?.cause;
  if (cause) return { cause, from };
  if (from.length === 0) return { cause: moments.length > 0 ? 'stale' : 'missing', from: last(moments) };
  if ('last' in way && from.length < way.last) return { cause: 'missing', from };
  const value = computed(
    way,
    from.map((one) => Number(one.value)),
  );
  return value === undefined ? { cause: 'wrong type', from } : { value, from };
}

const last = (moments: readonly Counted[]): Observation[] => {
  const observation = moments.at(-1)?.observation;
  return observation ? [observation] : [];
};

function usedOf(
  way: DerivedDefinition['way'],
  moments: readonly Counted[],
  isSinceSession: (one: Counted) => boolean,
): readonly Counted[] {
  if (way.kind === 'sum') return moments;
  if (way.kind === 'fall')
    return moments.length > 1 ? [...moments.slice(0, 1), ...moments.slice(-1)] : moments;
  return 'last' in way ? moments.slice(-way.last) : moments.filter(isSinceSession);
}

/** @returns undefined for a percentage of nothing */
function computed(way: DerivedDefinition['way'], values: readonly number[]): number | undefined {
  switch (way.kind) {
    case 'highest':
      return Math.max(...values);
    case 'lowest':
      return Math.min(...values);
    case 'sum':
      return tidy(values.reduce((sum, value) => sum + value, 0));
    case 'fall': {
      const [first = 0] = values;
      const fall = first - (values.at(-1) ?? first);
      if (!way.percent) return tidy(fall);
      return first === 0 ? undefined : tidy((100 * fall) / first);
    }
  }
}

/** What binary fractions add is no measurement: 1.2 less 0.9 is 0.3, and meets `at least 0.3`. */
const tidy = (value: number): number => Number(value.toPrecision(12));
