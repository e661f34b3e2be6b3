import type { LoweredLeaf } from '../pathway/facts.schema.ts';
import { earliest, type FactReading, type Provenance } from '../rules/condition.ts';
import { judgeLeaf } from '../rules/operators.ts';

type Known = Extract<FactReading, { known: true }>;

/**
 * What the findings in a site say of one code. One atom that has it is enough, whatever is known of the others; that
 * none has it is known only when every one was looked at.
 */
export function readFindings(
  leaf: LoweredLeaf,
  site: string,
  readAtom: (atom: string) => FactReading,
  atoms: readonly string[],
): FactReading {
  const readings = atoms.map(readAtom);
  const known = readings.filter((reading) => reading.known);
  const having = known.filter((one) => judgeLeaf(leaf.operator, one.comparable, leaf.value) === true);
  const gap = having.length === 0 ? gapIn(readings) : undefined;
  const telling = having.length > 0 ? having : known;
  const [one] = telling;
  if (gap || !one) return { ...(gap ?? { known: false, cause: 'missing' }), area: site };
  const value = [
    ...new Set(known.flatMap(({ comparable }) => (Array.isArray(comparable) ? comparable : []))),
  ];
  // It is there until the last that has it is too old; it is absent until the first is.
  const until = having.length > 0 ? lastOf(having) : earliest(known.map(({ validUntil }) => validUntil));
  return {
    known: true,
    comparable: value,
    area: site,
    provenance: { ...provenanceOf(telling, having.length > 0), value },
    ...(until === undefined ? {} : { validUntil: until }),
  };
}

/** A conflict first: it is the one gap that waits for somebody's word, not for somebody's look. */
const gapIn = (readings: readonly FactReading[]): FactReading | undefined =>
  readings.find((one) => !one.known && one.cause === 'in conflict') ?? readings.find((one) => !one.known);

function lastOf(having: readonly Known[]): string | undefined {
  const ends = having.map(({ validUntil }) => validUntil);
  return ends.includes(undefined) ? undefined : ends.sort().at(-1);
}

/** Of what speaks for the answer: the newest of those that have it, the oldest of those that do not. */
function provenanceOf(telling: readonly Known[], isNewest: boolean): Omit<Provenance, 'value'> {
  const byAge = telling
    .map(({ provenance }) => provenance)
    .toSorted((one, other) => (one.observedAt < other.observedAt ? -1 : 1));
  const { source = '', observedAt = '' } = (isNewest ? byAge.at(-1) : byAge[0]) ?? {};
  return { source, observedAt, events: [...new Set(byAge.flatMap(({ events = [] }) => events))] };
}
