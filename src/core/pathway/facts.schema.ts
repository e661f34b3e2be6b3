import { z } from 'zod';
import { Duration, Name } from '../model/primitives.schema.ts';

/** How a fact is measured. */
export const FactKind = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), unit: z.string(), from: z.number(), to: z.number() }),
  /** A whole number without a unit. */
  z.strictObject({ kind: z.literal('grade'), from: z.int(), to: z.int() }),
  z.strictObject({ kind: z.literal('code'), codes: z.array(z.string()).min(2) }),
  z.strictObject({ kind: z.literal('yes or no') }),
  /** `ahead`: it may lie ahead, as the day on which a child is due. */
  z.strictObject({ kind: z.literal('date'), ahead: z.literal(true).exactOptional() }),
  z.strictObject({ kind: z.literal('date or never'), ahead: z.literal(true).exactOptional() }),
  /** Which of these were seen where somebody looked; an empty list is a clear area. */
  z.strictObject({ kind: z.literal('findings'), codes: z.array(z.string()).min(1) }),
  /** All there are of something, in the words of the catalogue; an empty list says that there are none. */
  z.strictObject({ kind: z.literal('list'), of: z.string(), words: z.array(z.string()).exactOptional() }),
]);
export type FactKind = z.infer<typeof FactKind>;

/** json-rules-engine hands these to whoever supplies the fact. */
export const LeafParams = z.strictObject({
  /** Fresher than the fact's own `goodFor`; the stricter of the two binds. */
  taken: z
    .union([
      z.strictObject({ within: Duration }),
      z.strictObject({ since: z.enum(['last session', 'this stage']) }),
    ])
    .exactOptional(),
  /** `treatment` or `donor` (the areas chosen for the plan), `any area of this stage`, or a site by name. */
  area: z.string().min(1).exactOptional(),
});
export type LeafParams = z.infer<typeof LeafParams>;

export const LoweredLeaf = z.strictObject({
  fact: Name,
  operator: z.string(),
  value: z.union([z.number(), z.string(), z.boolean(), z.array(z.string()), Duration]),
  params: LeafParams.exactOptional(),
  /** The sentence as it stands in the file. */
  name: z.string(),
});
export type LoweredLeaf = z.infer<typeof LoweredLeaf>;

/** A condition in json-rules-engine's own form; `not` stands around `any` for "none of". */
export type LoweredCondition =
  | { all: LoweredCondition[] }
  | { any: LoweredCondition[] }
  | { not: LoweredCondition }
  | LoweredLeaf;
export const LoweredCondition: z.ZodType<LoweredCondition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(LoweredCondition).min(1) }),
    z.strictObject({ any: z.array(LoweredCondition).min(1) }),
    z.strictObject({ not: LoweredCondition }),
    LoweredLeaf,
  ]),
);

export const FactDefinition = z.strictObject({
  fact: Name,
  title: z.string(),
  is: FactKind,
  /** Recorded of one site at a time, and known only of the sites that it was recorded of. */
  byArea: z.boolean(),
  /** Shown to everyone who looks at the plan. */
  flag: z.boolean(),
  /** Absent: good for ever. */
  goodFor: Duration.optional(),
  /** Kinds of source, most trusted first; of any other the fact is kept, and not believed. */
  from: z.array(Name).min(1),
  ask: z.strictObject({ role: Name, within: Duration }),
  /** While this is not known to be unmet on the day of the observation, the observation is not believed. */
  notValidWhen: LoweredCondition.optional(),
  /** Other units that are taken: a value in one of them times its factor is the value in the fact's own unit. */
  alsoIn: z.array(z.strictObject({ unit: z.string(), factor: z.number().positive(), source: z.string() })),
  code: z.string().optional(),
});
export type FactDefinition = z.infer<typeof FactDefinition>;

/**
 * A number worked out of the observations of one number or grade, by one of the closed list of ways.
 *
 * `fall`: the first observation of the plan less the newest; `percent`, of the first. `highest`, `lowest`: of the last
 * `last` observations (unknown while there are fewer), or of those since the last procedure performed. `sum`: of all.
 * It is as fresh as the newest observation in it.
 */
export const DerivedDefinition = z.strictObject({
  derived: Name,
  of: Name,
  way: z.union([
    z.strictObject({ kind: z.literal('fall'), percent: z.boolean() }),
    z.strictObject({ kind: z.enum(['highest', 'lowest']), last: z.int().min(1).max(100) }),
    z.strictObject({ kind: z.enum(['highest', 'lowest']), since: z.literal('last session') }),
    z.strictObject({ kind: z.literal('sum') }),
  ]),
  /** The unit of its number; absent for grades. */
  unit: z.string().optional(),
});
export type DerivedDefinition = z.infer<typeof DerivedDefinition>;
