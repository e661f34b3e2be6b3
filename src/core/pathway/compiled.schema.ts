import { z } from 'zod';
import { Duration, LocalDate, Name } from '../model/primitives.schema.ts';

/**
 * What the compiler makes of a pathway with all that it uses: plain JSON, complete in itself, immutable, known by the
 * digest of its text. Everything that a plan needs to run for years is in here.
 */

/** How a fact is measured. */
export const FactKind = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), unit: z.string(), from: z.number(), to: z.number() }),
  z.strictObject({ kind: z.literal('code'), codes: z.array(z.string()).min(2) }),
  z.strictObject({ kind: z.literal('yes or no') }),
  z.strictObject({ kind: z.literal('date') }),
  z.strictObject({ kind: z.literal('date or never') }),
]);
export type FactKind = z.infer<typeof FactKind>;

export const FactDefinition = z.strictObject({
  fact: Name,
  title: z.string(),
  is: FactKind,
  /** Absent: good for ever. */
  goodFor: Duration.optional(),
  /** Kinds of source, most trusted first. */
  from: z.array(Name),
  ask: z.strictObject({ role: Name, within: Duration }),
});
export type FactDefinition = z.infer<typeof FactDefinition>;

/** A condition in json-rules-engine's own form; `not` stands around `any` for "none of". */
export type LoweredCondition =
  | { all: LoweredCondition[] }
  | { any: LoweredCondition[] }
  | { not: LoweredCondition }
  | LoweredLeaf;
export const LoweredLeaf = z.strictObject({
  fact: Name,
  operator: z.string(),
  value: z.union([z.number(), z.string(), z.boolean(), z.array(z.string()), Duration]),
  /** The sentence as it stands in the file. */
  name: z.string(),
});
export type LoweredLeaf = z.infer<typeof LoweredLeaf>;
export const LoweredCondition: z.ZodType<LoweredCondition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(LoweredCondition).min(1) }),
    z.strictObject({ any: z.array(LoweredCondition).min(1) }),
    z.strictObject({ not: LoweredCondition }),
    LoweredLeaf,
  ]),
);

export const Contraindication = z.strictObject({
  rule: Name,
  ruleSet: Name,
  version: z.string(),
  title: z.string(),
  when: LoweredCondition,
  /** Traits or procedures; empty means all. */
  of: z.array(Name),
  strength: z.enum(['absolute', 'relative']),
  response: z.enum(['further-evaluation', 'conservative', 'referral', 'postponement']),
  tell: z.array(Name),
  say: z.string().optional(),
  because: z.string(),
  source: z.string(),
});
export type Contraindication = z.infer<typeof Contraindication>;

/** Anchors of due dates: the day on which the named thing began, or the procedure was performed. */
export const Anchor = z.enum(['plan start', 'consultation', 'assessment', 'stage', 'procedure']);
export type Anchor = z.infer<typeof Anchor>;

export const TaskDefinition = z.strictObject({
  task: Name,
  title: z.string(),
  role: Name,
  /** `from` to `to` after the anchor; due at the end of the last day, overdue from the next. */
  due: z.strictObject({ from: Duration.optional(), to: Duration, after: Anchor }),
  ladder: Name,
  records: z.array(Name),
  say: z.string().optional(),
});
export type TaskDefinition = z.infer<typeof TaskDefinition>;

export const StageDefinition = z.strictObject({
  stage: Name,
  title: z.string(),
  procedure: Name,
  traits: z.array(Name),
  consent: z.strictObject({ form: Name, by: Name, lasts: Duration }),
  closure: z.array(TaskDefinition),
  recovery: z.array(TaskDefinition),
  say: z.string().optional(),
});
export type StageDefinition = z.infer<typeof StageDefinition>;

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
});
export type Rung = z.infer<typeof Rung>;

export const LadderDefinition = z.strictObject({
  ladder: Name,
  calendar: Name,
  rungs: z.array(Rung).min(1),
  everyFurther: Duration,
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

export const Clinic = z.strictObject({
  clinic: Name,
  timeZone: z.string(),
  roles: z.array(Name),
  calendars: z.array(CalendarDefinition).min(1),
  ladders: z.array(LadderDefinition).min(1),
  sources: z.array(SourceDefinition),
  /** What nobody wrote a due date for still has one (S6). */
  waits: z.strictObject({ unbooked: Duration, unreported: Duration, deviation: Duration, failure: Duration }),
});
export type Clinic = z.infer<typeof Clinic>;

export const CompiledPathway = z.strictObject({
  format: z.literal(1),
  pathway: Name,
  version: z.string(),
  title: z.string(),
  clinic: Clinic,
  team: z.array(Name),
  facts: z.array(FactDefinition),
  contraindications: z.array(Contraindication),
  consultation: z.array(TaskDefinition),
  assessment: z.array(TaskDefinition),
  stages: z.array(StageDefinition).min(1),
});
export type CompiledPathway = z.infer<typeof CompiledPathway>;
