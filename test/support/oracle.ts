import type { Duration } from '../../src/core/model/primitives.schema.ts';
import type { CompiledPathway, StageDefinition } from '../../src/core/pathway/compiled.schema.ts';
import type { LoweredLeaf } from '../../src/core/pathway/facts.schema.ts';
import type { Contraindication } from '../../src/core/pathway/rules.schema.ts';
import { type Opinion, opinionOn, type Stated, type World } from './oracle-facts.ts';
import { beginningOf, daysLater, tooOldFrom } from './wall-calendar.ts';

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

export const opinionOnRule = (
  compiled: CompiledPathway,
  rule: Pick<Contraindication, 'when'>,
  stated: readonly Stated[],
  now: string,
  more: Partial<World> = {},
): Opinion => opinionOn(rule.when, worldOf(compiled, stated, now, more));

export const rulesOf = (compiled: CompiledPathway, stage: StageDefinition): Contraindication[] =>
  compiled.contraindications.filter(
    ({ of }) =>
      of.length === 0 || of.includes(stage.procedure) || of.some((one) => stage.traits.includes(one)),
  );

/** Instants at which time alone could change what a rule says of one observation. */
export function edgesOf(compiled: CompiledPathway, leaf: LoweredLeaf, stated: readonly Stated[]): string[] {
  const zone = compiled.clinic.timeZone;
  const base = compiled.derived.find(({ derived }) => derived === leaf.fact)?.of ?? leaf.fact;
  const definition = compiled.facts.find(({ fact }) => fact === base);
  const taken = leaf.params?.taken;
  const limits = [definition?.goodFor, taken && 'within' in taken ? taken.within : undefined];
  return stated
    .filter(({ fact }) => fact === base)
    .flatMap((one) => {
      const ends = limits.flatMap((limit) => (limit ? [tooOldFrom(one.observedAt, limit, zone)] : []));
      const isWindow =
        typeof leaf.value === 'object' && !Array.isArray(leaf.value) && typeof one.value === 'string';
      if (!isWindow || one.value === 'never') return ends;
      const date = one.value as string;
      return [...ends, beginningOf(date, zone), beginningOf(daysLater(date, leaf.value as Duration), zone)];
    });
}
