import { z } from 'zod';
import { Actor } from '../model/actor.schema.ts';
import { FactValue, PathwayReference } from '../model/event.schema.ts';
import { Id, Instant, LocalDate, Name } from '../model/primitives.schema.ts';
import { Finding } from '../model/verdict.schema.ts';

export const Observation = z.strictObject({
  value: FactValue,
  unit: z.string().optional(),
  /** The kind of source that the catalogue trusts or not: laboratory, clinician, patient, record. */
  source: Name,
  actor: Id,
  observedAt: Instant,
  /** The event that stated it. */
  event: z.string(),
});
export type Observation = z.infer<typeof Observation>;

export const ConsentRecord = z.strictObject({
  form: Name,
  by: Name,
  signedOn: LocalDate,
  withdrawnAt: Instant.optional(),
});
export type ConsentRecord = z.infer<typeof ConsentRecord>;

export const Task = z.strictObject({
  title: z.string(),
  role: Name,
  status: z.enum(['requested', 'completed', 'cancelled']),
  /** `consultation`, `excision.recovery`, or `plan` for work that belongs to no phase. */
  belongsTo: z.string(),
  createdAt: Instant,
  from: LocalDate.optional(),
  completedAt: Instant.optional(),
  completedBy: Id.optional(),
});
export type Task = z.infer<typeof Task>;

/** A contraindication that is met, or that nobody can rule out yet (FHIR DetectedIssue). */
export const Hold = z.strictObject({
  rule: Name,
  stage: Name,
  generation: z.int().min(1),
  response: z.string(),
  raisedAt: Instant,
  finding: Finding,
});
export type Hold = z.infer<typeof Hold>;

/**
 * Something that somebody owes (S6): its owner, when it is due, and the next rung of its ladder. `nextAt` is the entry
 * in the ledger of deadlines; `generation` rises each time that it is set anew.
 */
export const Wait = z.strictObject({
  kind: z.enum(['task', 'hold', 'start', 'report']),
  title: z.string(),
  owner: Name,
  ladder: Name,
  startedAt: Instant,
  dueAt: Instant,
  rung: z.int().min(0),
  nextAt: Instant,
  generation: z.int().min(1),
});
export type Wait = z.infer<typeof Wait>;

export const Performed = z.strictObject({
  stage: Name,
  procedure: Name,
  performedOn: LocalDate,
  reportedAt: Instant,
  deviation: z.boolean(),
});
export type Performed = z.infer<typeof Performed>;

/** FHIR CarePlan.status, as far as a plan that runs can have it. */
export const PlanStatus = z.enum(['active', 'on-hold', 'completed', 'revoked']);
export type PlanStatus = z.infer<typeof PlanStatus>;

export const PlanState = z.strictObject({
  format: z.literal(1),
  planId: Id,
  clinic: Name,
  patient: Id,
  pathway: PathwayReference,
  /** How many steps made this state; the store's key together with clinic and plan. */
  sequence: z.int().min(1),
  /** The `now` of the last step; no step is earlier than the one before. */
  now: Instant,
  startedAt: Instant,
  startedBy: Actor,
  status: PlanStatus,
  /** The chart's state value: `consultation`, or `excision.ready`. */
  chart: z.string(),
  /** When each chart state was last entered. */
  enteredAt: z.record(z.string(), Instant),
  observations: z.record(Name, z.array(Observation)),
  consents: z.array(ConsentRecord),
  /** By form, when consent to it was last withdrawn: a form signed before that opens nothing, however late it comes. */
  withdrawals: z.record(Name, Instant),
  performed: z.array(Performed),
  tasks: z.record(z.string(), Task),
  holds: z.record(z.string(), Hold),
  /** How often each rule's hold has been raised; a hold that re-arms is a new one. */
  holdGenerations: z.record(z.string(), z.int()),
  waits: z.record(z.string(), Wait),
  /** Highest level that a ladder raised, while that wait lasts. */
  escalation: z.int().min(0).max(3),
  wake: z.strictObject({ generation: z.int().min(0), at: Instant.nullable() }),
});
export type PlanState = z.infer<typeof PlanState>;
