import { z } from 'zod';
import { Duration, Name } from '../model/primitives.schema.ts';
import { Clinic } from './clinic.schema.ts';
import { DerivedDefinition, FactDefinition } from './facts.schema.ts';
import { Alert, Contraindication, Eligibility, Interval, Table } from './rules.schema.ts';

/** Anchors of due dates: the day on which the named thing began, or the procedure was performed. */
export const Anchor = z.enum(['plan start', 'consultation', 'assessment', 'stage', 'procedure']);
export type Anchor = z.infer<typeof Anchor>;

/** A task called `history`, once it is completed, attests that the plan knows what was done to the patient before. */
export const HISTORY = 'history';

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

/** The areas that a plan may be about: all of these sites, any of them (one at least), or exactly one. */
export const AreaChoice = z.strictObject({
  choose: z.enum(['all', 'any', 'one']),
  sites: z.array(z.string()).min(1),
});
export type AreaChoice = z.infer<typeof AreaChoice>;

export const AreaRole = z.enum(['treatment', 'donor']);
export type AreaRole = z.infer<typeof AreaRole>;

export const StageDefinition = z.strictObject({
  stage: Name,
  title: z.string(),
  procedure: Name,
  traits: z.array(Name),
  /** Where: the sites chosen for this role. `andIn` is looked at by whatever asks of any area of the stage. */
  in: AreaRole.optional(),
  andIn: AreaRole.optional(),
  consent: z.strictObject({
    form: Name,
    by: Name,
    covers: z.enum(['one procedure', 'course']),
    lasts: Duration,
  }),
  /** The gate needs one of the answers that go on (S4). Any other asks a role what to do, and keeps it closed. */
  table: z
    .strictObject({
      table: Name,
      outcomes: z.record(
        Name,
        z.union([z.strictObject({ go: z.literal(true) }), z.strictObject({ ask: Name })]),
      ),
    })
    .optional(),
  closure: z.array(TaskDefinition),
  recovery: z.array(TaskDefinition),
  say: z.string().optional(),
});
export type StageDefinition = z.infer<typeof StageDefinition>;

/** Of the compiled form, and of the plans that run on it: what another build wrote cannot be read. */
export const FORMAT = 2;

/**
 * What the compiler makes of a pathway with all that it uses: plain JSON, complete in itself, immutable, known by the
 * digest of its text. Everything that a plan needs to run for years is in here.
 */
export const CompiledPathway = z.strictObject({
  format: z.literal(FORMAT),
  pathway: Name,
  version: z.string(),
  title: z.string(),
  clinic: Clinic,
  team: z.array(Name),
  areas: z.partialRecord(AreaRole, AreaChoice),
  facts: z.array(FactDefinition),
  derived: z.array(DerivedDefinition),
  /** Traits of every procedure that something here speaks of, for what was done outside the plan's own stages. */
  procedures: z.record(Name, z.array(Name)),
  contraindications: z.array(Contraindication),
  eligibility: z.array(Eligibility),
  tables: z.array(Table),
  intervals: z.array(Interval),
  alerts: z.array(Alert),
  consultation: z.array(TaskDefinition),
  assessment: z.array(TaskDefinition),
  stages: z.array(StageDefinition).min(1),
});
export type CompiledPathway = z.infer<typeof CompiledPathway>;
