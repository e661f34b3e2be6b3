import { z } from 'zod';
import { Actor } from '../model/actor.schema.ts';
import { DoneInPlan, FactValue, Measured, PastProcedure, PathwayReference } from '../model/event.schema.ts';
import { Id, Instant, LocalDate, Name } from '../model/primitives.schema.ts';
import { AreaRole, FORMAT } from '../pathway/compiled.schema.ts';
import { Action, StepDone } from '../pathway/decisions.schema.ts';
import { Overlay } from '../pathway/overlay.schema.ts';
import { ExitName } from '../pathway/rules.schema.ts';
import { AdherenceReport, CareHold, CareInForce } from './care.schema.ts';
import { Charge, PaymentDetails } from './charge.schema.ts';
import { DocumentedOutcome, GoalState, ObjectiveState } from './goal-state.schema.ts';
import { Hold, Override, Release } from './hold.schema.ts';
import { Revision } from './revision.schema.ts';
import { Chosen, FigureSet, LevelState, TrackState } from './tailored.schema.ts';

export const Observation = z.strictObject({
  value: FactValue,
  unit: z.string().optional(),
  /** The kind of source that the catalogue trusts or not: laboratory, clinician, patient, record. */
  source: Name,
  actor: Id,
  observedAt: Instant,
  /** The site that was looked at, for facts recorded by area. */
  area: z.string().optional(),
  /** The value and unit as they were sent, where they were converted. */
  sentAs: Measured.optional(),
  /** The event that stated it, as `<source>/<id>`. */
  event: z.string(),
  /** The step that took it: what came in after it is newer knowledge, whenever it was observed. */
  step: z.int().min(1),
});
export type Observation = z.infer<typeof Observation>;

export const ConsentRecord = z.strictObject({
  form: Name,
  by: Name,
  signedOn: LocalDate,
  withdrawnAt: Instant.optional(),
  /** The stage whose procedure was done under it, where it covers one procedure. */
  usedFor: Name.optional(),
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
  /** Of a row of repeats, which one it is, from 1; 0: one that was late as its row was made another. */
  repeat: z.int().min(0).optional(),
  /** What `repeat` counts from; when that has moved since, the row begins again. */
  begunAt: Instant.optional(),
  /** Its due time counts from the day that is booked for this stage; while none is, the coordinator owes the booking. */
  bookingOf: Name.optional(),
  /**
   * Of a stage's work: the round in which it was asked for, and the day on which the stage had last been performed then.
   * Work of the present turn that is done is not asked for again; work of another is.
   */
  turn: z.strictObject({ round: z.int().min(1), after: LocalDate.optional() }).optional(),
  /** What a deviation is about: told again of the same thing, it is the same task. */
  about: z.string().optional(),
  completedAt: Instant.optional(),
  completedBy: Id.optional(),
});
export type Task = z.infer<typeof Task>;

/** One person's answer, in one role. */
export const Vote = z.strictObject({
  role: Name,
  by: Id,
  outcome: Name,
  at: Instant,
  note: z.string().optional(),
  /** Who recorded what the patient said. */
  recordedBy: Id.optional(),
});
export type Vote = z.infer<typeof Vote>;

/** Something that somebody is asked: plainly, or as a decision of the pathway. It waits until it is answered. */
export const Question = z.strictObject({
  /** The rule that asks it. */
  rule: Name.optional(),
  /** The decision of the pathway that it is. */
  decision: Name.optional(),
  /** The stage whose gate waits for it, or to which it belongs. */
  stage: Name.optional(),
  area: z.string().optional(),
  title: z.string(),
  /** What it is about: the day that an interval counts from, or a table's answer. Another one is another question. */
  about: z.string(),
  /** The alert that asks it too: once the plan has left what it is about, it is asked for that alone. */
  alsoFor: z.string().optional(),
  /** Of an alert: the track whose procedure that is about. What is decided for it moves that track. */
  track: Name.optional(),
  /** What is taken once it has been answered, in the place of what its outcome leads to; and where that is written. */
  rest: z.strictObject({ action: Action, written: z.string() }).optional(),
  /** Each of them, where a decision does not say otherwise. */
  roles: z.array(Name).min(1),
  outcomes: z.array(Name).min(1),
  askedAt: Instant,
  /** Put off: the table that decides it is asked again from then on, and not before. */
  putOffTo: Instant.optional(),
  /** The chart state in which it was asked. */
  askedIn: z.string(),
  /** At most one of each person; a new one replaces it. */
  votes: z.array(Vote),
  answer: z
    .strictObject({
      outcome: Name,
      at: Instant,
      votes: z.array(Vote),
      /** Of a decision of the pathway, the step that was taken on it; of one that led to others, on the last of them. */
      took: StepDone.optional(),
      /** Its table had no answer by then: it is what the pathway names for that. */
      isUnknown: z.literal(true).optional(),
    })
    .optional(),
});
export type Question = z.infer<typeof Question>;

/** FHIR Appointment, as far as a plan knows it: the day on which a stage's procedure is to be done. */
export const Booking = z.strictObject({
  on: LocalDate,
  appointment: Id.optional(),
  bookedAt: Instant,
  by: Id,
  status: z.enum(['booked', 'fulfilled', 'cancelled', 'noshow']),
  /** Rises each time that it is made or moved. */
  generation: z.int().min(1),
});
export type Booking = z.infer<typeof Booking>;

/** How far a stage is. */
export const StageProgress = z.strictObject({
  /** 1 the first time; a stage that is done again has another round. */
  round: z.int().min(1),
  /** The days of the appointments in this round that were missed, and their sessions passed over. */
  skipped: z.array(LocalDate),
  /** Of listed sessions, which ones these were. */
  passedOver: z.array(z.strictObject({ on: LocalDate, session: Name })).optional(),
  /** Those of this round that the plan has gone by, since they were for others then: chosen otherwise, they stay so. */
  goneBy: z.array(Name).optional(),
  /** When each round after the first began. */
  began: z.array(Instant).optional(),
  /** When what was left of it was left out; until it is come to again. */
  leftOut: Instant.optional(),
  /** Of a period that not everybody needs: it was known to be needed since it was come to. */
  needed: z.literal(true).optional(),
});
export type StageProgress = z.infer<typeof StageProgress>;

const ToldToWait = z.strictObject({
  /** The first day on which it may be asked again. */
  until: LocalDate,
  /** What made it wait, in words. */
  why: z.string(),
});
export type ToldToWait = z.infer<typeof ToldToWait>;

/** A gate that was told to wait, by a table or a decision; by both, until the later day. */
export const Delay = z.strictObject({
  ...ToldToWait.shape,
  /** The table's answer is what it waits for: it ends where that is set aside. */
  isByTable: z.literal(true).optional(),
  /** What is left of it then: people had decided to wait as well. */
  decided: ToldToWait.optional(),
});
export type Delay = z.infer<typeof Delay>;

/** Where a plan is while it is off its course. */
export const Leave = z.strictObject({
  exit: ExitName,
  /** The chart state that it left. */
  from: z.string(),
  at: Instant,
  by: Id,
  reason: z.string(),
  closesAt: Instant,
  /** Tasks that fell away as it left. */
  dropped: z.array(z.string()),
  /** What is taken once it is back on its course; where that is written, and on what it was decided. */
  follows: z
    .strictObject({
      action: Action,
      written: z.string(),
      why: z.string(),
      at: z.enum(['gate', 'phase', 'alert']),
      stage: Name.optional(),
      /** The question that was answered, or the table's answer. */
      about: z.string(),
      scope: z.string(),
    })
    .optional(),
});
export type Leave = z.infer<typeof Leave>;

/** What an alert last did. It fires again only on an observation newer than `silentUntil`. */
export const AlertState = z.strictObject({
  status: z.enum(['watching', 'blind', 'fired']),
  generation: z.int().min(0),
  /** Ids of the tasks that the last firing opened. */
  tasks: z.array(z.string()),
  /** Observations of this step and of earlier ones have been answered; absent until its tasks are done. */
  answeredBy: z.int().optional(),
});
export type AlertState = z.infer<typeof AlertState>;

/** A gate that opened, and the observations that it opened on. */
export const OpenedGate = z.strictObject({
  stage: Name,
  of: z.enum(['prep', 'procedure']),
  /** The listed session for which it opened. */
  session: Name.optional(),
  openedAt: Instant,
  /** The step that opened it. */
  step: z.int().min(1),
  /** Nobody went through it, and nobody may any more. */
  closedAt: Instant.optional(),
  cites: z.array(z.strictObject({ fact: Name, area: z.string().optional(), event: z.string() })),
  overrides: z.array(z.string()),
});
export type OpenedGate = z.infer<typeof OpenedGate>;

/**
 * Something that somebody owes (S6): its owner, when it is due, and the next rung of its ladder. `nextAt` is the entry
 * in the ledger of deadlines; `generation` rises each time that it is set anew.
 */
export const Wait = z.strictObject({
  kind: z.enum(['task', 'hold', 'start', 'report', 'question', 'signature', 'exit']),
  title: z.string(),
  owner: Name,
  ladder: Name,
  /** The ladder that it climbs in the place of that one, because the plan's risk is high. */
  climbs: Name.optional(),
  startedAt: Instant,
  dueAt: Instant,
  rung: z.int().min(0),
  nextAt: Instant,
  generation: z.int().min(1),
  /** The stage that it belongs to, where a hold on that stage stops its clock. */
  stage: Name.optional(),
  /** Since when a hold has stopped its clock: no rung of it comes, and the hold's own wait goes on. */
  pausedAt: Instant.optional(),
});
export type Wait = z.infer<typeof Wait>;

/** A maintenance as it stood, with its work. */
export const FollowUp = z.strictObject({
  /** When it was first entered after what was last done. */
  began: Instant,
  work: z.array(z.strictObject({ task: z.string(), as: Task, wait: Wait.optional() })),
});
export type FollowUp = z.infer<typeof FollowUp>;

/** Where a plan stood before a report: should that turn out to be wrong, it stands there again. */
export const MovedFrom = z.strictObject({
  /** The chart state of its course. */
  chart: z.string(),
  /** It was off its course. */
  leave: Leave.optional(),
  /** It was in a maintenance, which a procedure begins anew. */
  followUp: FollowUp.optional(),
});
export type MovedFrom = z.infer<typeof MovedFrom>;

export const Performed = z.strictObject({
  stage: Name,
  /** Of listed sessions, which one it was. */
  session: Name.optional(),
  /** All that were done, at one visit. */
  procedures: z.array(Name).min(1),
  performedOn: LocalDate,
  /** The last day of what took several. */
  endedOn: LocalDate.optional(),
  /** The sites in which it was done. */
  areas: z.array(z.string()),
  reportedAt: Instant,
  /** The step that took the report. */
  step: z.int().min(1),
  deviation: z.boolean(),
  /** False: it came too early to count, and is owed again. */
  counts: z.boolean(),
  /** The round of its stage. */
  round: z.int().min(1),
  /** On its day a session had been passed over; of listed ones, which: should the report turn out to be wrong, it is so again. */
  passedOver: z.strictObject({ session: Name.optional() }).optional(),
  /** Where its report moved the plan from; absent: it moved nothing. */
  movedFrom: MovedFrom.optional(),
});
export type Performed = z.infer<typeof Performed>;

/** FHIR CarePlan.status, as far as a plan here can have it; `draft` is one that is prescribed only, whatever befalls it. */
export const PlanStatus = z.enum(['draft', 'active', 'on-hold', 'completed', 'revoked']);
export type PlanStatus = z.infer<typeof PlanStatus>;

export const PlanState = z.strictObject({
  format: z.literal(FORMAT),
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
  /** Present where it had been under way elsewhere. */
  broughtIn: z
    .strictObject({
      at: Instant,
      /** Who vouched for its past. */
      by: Id,
      /** The steps of its past, which are one in the store, but for that one. */
      steps: z.int().min(0),
      /** The ids of the events that came with it, by source. */
      events: z.record(Id, z.array(Id)),
    })
    .optional(),
  status: PlanStatus,
  /** The chart's state value: `consultation`, or `excision.ready`. */
  chart: z.string(),
  tracks: z.record(Name, TrackState),
  /** When each chart state was last entered; `course` and `<stage>/<round>`, when they began. */
  enteredAt: z.record(z.string(), Instant),
  /** The sites chosen for this patient, by role. */
  areas: z.partialRecord(AreaRole, z.array(z.string())),
  observations: z.record(Name, z.array(Observation)),
  consents: z.array(ConsentRecord),
  /** By form, when consent to it was last withdrawn: a form signed before that opens nothing, however late it comes. */
  withdrawals: z.record(Name, Instant),
  performed: z.array(Performed),
  /** What was done before the plan or outside it. */
  past: z.array(PastProcedure),
  /** What the patient's other plans have performed that this one counts from; null: nobody has looked. */
  otherPlans: z.array(DoneInPlan).nullable(),
  /** Since when the plan knows all that was done before; absent: nobody has attested it. */
  historyKnownAt: Instant.optional(),
  gates: z.array(OpenedGate),
  tasks: z.record(z.string(), Task),
  holds: z.record(z.string(), Hold),
  /** Home care of which today is a day, by the list that it belongs to and its name: `course/home`. */
  care: z.record(z.string(), CareInForce),
  careHolds: z.record(z.string(), CareHold),
  /** By care, in the order of its days. */
  adherence: z.record(Name, z.array(AdherenceReport)),
  /** How often each rule's hold has been raised; a hold that re-arms is a new one. */
  holdGenerations: z.record(z.string(), z.int()),
  /** By stage; absent: it has not been come to. */
  stages: z.record(Name, StageProgress),
  /** By stage: the last one that was made. */
  bookings: z.record(Name, Booking),
  /** By stage. */
  delays: z.record(Name, Delay),
  /** Those that were set for this plan; every other says what its pathway says. */
  figures: z.record(Name, FigureSet),
  /** What else this plan has otherwise than its pathway; with `figures`, what its revisions add up to. */
  overlay: Overlay,
  /** In their order: the plan's version is one more than they are. */
  revisions: z.array(Revision),
  /** Those that a decision or a table has changed. */
  levels: z.record(Name, LevelState),
  /** How often an action that may be done so often has been done, by where it is written and what it is about. */
  actionCounts: z.record(z.string(), z.int()),
  /** Present while the plan is off its course. */
  leave: Leave.optional(),
  /** By the hold's id. */
  releases: z.record(z.string(), Release),
  overrides: z.record(z.string(), Override),
  questions: z.record(z.string(), Question),
  /** By choice; absent: it has not been made. */
  choices: z.record(Name, Chosen),
  /** By rule, or rule and site. */
  alerts: z.record(z.string(), AlertState),
  /** By objective, or objective and site. */
  objectives: z.record(z.string(), ObjectiveState),
  /** By goal, where the patient has said anything of it. */
  goals: z.record(Name, GoalState),
  /** The newest last. */
  outcomes: z.array(DocumentedOutcome),
  waits: z.record(z.string(), Wait),
  /** By what the payment service calls it: `2026-04`, or `<stage>/<day>`. */
  charges: z.record(z.string(), Charge),
  /** The last first of a month that has come, and has been looked at. */
  monthsTo: LocalDate,
  /** Absent: nobody has told how the patient pays. */
  payment: PaymentDetails.optional(),
  /** Highest level that a ladder raised, while that wait lasts. */
  escalation: z.int().min(0).max(3),
  wake: z.strictObject({ generation: z.int().min(0), at: Instant.nullable() }),
});
export type PlanState = z.infer<typeof PlanState>;
