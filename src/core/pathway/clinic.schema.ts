import { z } from 'zod';
import { Duration, LocalDate, Name } from '../model/primitives.schema.ts';
import { LoweredCondition } from './facts.schema.ts';

/** One rung: when, told to whom (`owner` is whoever owns the wait), and the level it raises the plan to. */
export const Rung = z.strictObject({
  at: z.discriminatedUnion('when', [
    z.strictObject({ when: z.literal('start') }),
    z.strictObject({ when: z.literal('due') }),
    z.strictObject({ when: z.literal('before due'), by: Duration }),
    z.strictObject({ when: z.literal('late'), by: Duration }),
  ]),
  tell: z.array(Name).min(1),
  raise: z.int().min(0).max(3),
  /** It speaks unless this is known to be unmet. */
  onlyWhen: LoweredCondition.optional(),
});
export type Rung = z.infer<typeof Rung>;

export const LadderDefinition = z.strictObject({
  ladder: Name,
  calendar: Name,
  rungs: z.array(Rung).min(1),
  everyFurther: Duration,
  /** The ladder that plans of high risk climb in the place of this one. */
  higherRisk: Name.optional(),
});
export type LadderDefinition = z.infer<typeof LadderDefinition>;

export const CalendarDefinition = z.strictObject({
  calendar: Name,
  /** By weekday, 1 Monday to 7 Sunday. */
  open: z.partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7']), z.tuple([z.string(), z.string()])),
  closed: z.array(LocalDate),
});

/** A service that may state facts by signal, and what kind of source its facts count as. */
export const SourceDefinition = z.strictObject({
  source: Name,
  is: Name,
  states: z.array(z.string()).min(1),
});

/**
 * A part of the body. A site is it or one of its parts, on one side where it has sides: `left breast`, `nose`, and
 * `breast` for both sides, `face` for all its parts.
 */
export const AreaDefinition = z.strictObject({
  area: z.string(),
  sides: z.array(z.string()),
  parts: z.array(z.string()),
});
export type AreaDefinition = z.infer<typeof AreaDefinition>;

export const Clinic = z.strictObject({
  clinic: Name,
  timeZone: z.string(),
  /** The first is the one that pathways and rules are written in; empty: nobody said. */
  languages: z.array(z.string()),
  roles: z.array(Name),
  calendars: z.array(CalendarDefinition).min(1),
  ladders: z.array(LadderDefinition).min(1),
  areas: z.array(AreaDefinition),
  sources: z.array(SourceDefinition),
  /** What nobody wrote a due date for still has one (S6). */
  waits: z.strictObject({
    unbooked: Duration,
    unreported: Duration,
    deviation: Duration,
    failure: Duration,
    /** Somebody takes over what another handed on. */
    handOver: Duration,
    /** A choice is made, where the pathway gives no due time for it. */
    choice: Duration,
    /** A plan is revised, once it was decided that it is to be otherwise. */
    revision: Duration,
  }),
});
export type Clinic = z.infer<typeof Clinic>;
