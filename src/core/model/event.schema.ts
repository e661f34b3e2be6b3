import { z } from 'zod';
import type { Actor } from './actor.schema.ts';
import { LIMITS } from './limits.ts';
import { PlanChange } from './plan-change.schema.ts';
import { Digest, Id, Instant, LocalDate, Name } from './primitives.schema.ts';
import { SentValue } from './sent-value.schema.ts';

/** A fact's value as it is sent: a number, a date or `never`, a code, yes or no, or a list of codes. */
export const FactValue = z.union([
  z.number(),
  z.string().min(1).max(200),
  z.boolean(),
  z.array(z.string().min(1).max(200)).max(100),
]);
export type FactValue = z.infer<typeof FactValue>;

const unit = z.string().min(1).max(40).optional();

/** The kind of source that a member of staff has it from: a report of the `laboratory`, the `record`; else their own. */
const from = Name.optional();

/** A part of the body in the clinic's words: `left breast`. */
export const Site = z.string().min(1).max(80);
export type Site = z.infer<typeof Site>;

/** A value and its unit as somebody sent them, where they were converted. */
export const Measured = z.strictObject({ value: z.number(), unit: z.string() });
export type Measured = z.infer<typeof Measured>;

/**
 * As little of a FHIR Observation as is needed. `observedAt` is when it was true, not when it was sent. `area` is the
 * site that was looked at, for facts recorded by area: of findings, an empty list says that this site is clear.
 */
export const SentObservation = z.strictObject({
  fact: Name,
  area: Site.optional(),
  value: FactValue,
  unit,
  observedAt: Instant.optional(),
  from,
});
export type SentObservation = z.infer<typeof SentObservation>;

export const PathwayReference = z.strictObject({
  id: Name,
  version: z.string().min(1).max(40),
  digest: Digest,
});
export type PathwayReference = z.infer<typeof PathwayReference>;

const note = z.string().max(2_000).optional();
const reason = z.string().min(1).max(2_000);

/** Which observations are meant: all of the fact (in that area) on that day, or of those the one of an event. */
const observed = {
  fact: Name,
  area: Site.optional(),
  on: LocalDate,
  event: Id.optional(),
  /** Of the event, where several senders have used its id. */
  source: Id.optional(),
};

/** Something done to the patient before the plan, or outside it. */
export const PastProcedure = z.strictObject({
  procedure: Name,
  area: Site.optional(),
  performedOn: LocalDate,
  endedOn: LocalDate.optional(),
});
export type PastProcedure = z.infer<typeof PastProcedure>;

/** Where something lies that a plan only names: an id or an address, never the thing itself. */
export const DocumentReference = z
  .string()
  .min(1)
  .max(500)
  .regex(/^(?!(?:data|javascript):)\S+$/i);

/** FHIR Goal.priority, as the patient sees it. */
export const GoalPriority = z.enum(['high', 'medium', 'low']);

/** What another plan of the patient has performed: no more of it than this plan's intervals count from. */
export const DoneInPlan = z.strictObject({
  plan: Id,
  /** The procedures and traits that are counted from, of all that it was. */
  names: z.array(Name).min(1),
  /** Empty: it may have been anywhere. */
  areas: z.array(Site),
  performedOn: LocalDate,
  endedOn: LocalDate.optional(),
  /** Others have begun it, and have not told of its end. */
  isUnderWay: z.literal(true).optional(),
});
export type DoneInPlan = z.infer<typeof DoneInPlan>;

/**
 * One type of event in the envelope of CloudEvents: `id` is unique per plan and `source`; `time` is when the thing
 * happened (absent: when it reaches the plan).
 */
const event = <Type extends string, Body extends z.ZodType>(type: Type, description: string, data: Body) =>
  z
    .strictObject({ id: Id, source: Id, time: Instant.optional(), type: z.literal(type), data })
    .meta({ title: type, description });

/** How a patient pays: a reference that the provider of payments gave. */
export const PaymentReference = z.strictObject({ reference: Id });

/** What a plan calls one of its charges: `2026-04`, or `<stage>/<day>`. */
const ChargeId = z.string().min(1).max(200);

export const SentFigure = z.union([
  SentValue,
  z.strictObject({ value: SentValue, because: z.string().min(1).max(2_000).optional() }),
]);
export type SentFigure = z.infer<typeof SentFigure>;

/** How much of it was done. */
export const Adherence = z.enum(['all', 'most', 'some', 'none']);
export type Adherence = z.infer<typeof Adherence>;

/** Nouns state facts: always accepted when they are well formed. */
const FACTS = [
  event(
    'observation.recorded',
    'What somebody observed of the patient.',
    z.strictObject({ observations: z.array(SentObservation).min(1).max(LIMITS.observationsPerEvent) }),
  ),
  event(
    'task.completed',
    'A task is done. `references` say where what it left behind lies, photographs for one; they can be told later, too.',
    z.strictObject({
      task: z.string().min(1).max(200),
      note,
      references: z.array(DocumentReference).min(1).max(LIMITS.referencesPerEvent).optional(),
    }),
  ),
  event(
    'consent.recorded',
    'A consent was signed.',
    z.strictObject({ form: Name, by: Name, signedOn: LocalDate }),
  ),
  event('consent.withdrawn', 'A consent was withdrawn.', z.strictObject({ form: Name, note })),
  event(
    'procedure.performed',
    'The procedure of a stage was performed, whatever its gate had said. `session` says which, of sessions that differ.',
    z.strictObject({
      stage: Name,
      performedOn: LocalDate,
      endedOn: LocalDate.optional(),
      session: Name.optional(),
      note,
    }),
  ),
  event(
    'procedure.notPerformed',
    'A procedure whose gate had been opened was not performed: its gate is closed again.',
    z.strictObject({ stage: Name, on: LocalDate, reason }),
  ),
  event(
    'report.withdrawn',
    'A report was wrong: the stage, or one session of it, was not performed on that day.',
    z.strictObject({ stage: Name, performedOn: LocalDate, reason, session: Name.optional() }),
  ),
  event(
    'appointment.booked',
    'An appointment for the procedure of a stage stands in a calendar, whatever its day; a later one moves it.',
    z.strictObject({ stage: Name, on: LocalDate, appointment: Id.optional() }),
  ),
  event(
    'appointment.cancelled',
    'The appointment for a stage is no more.',
    z.strictObject({ stage: Name, note }),
  ),
  event(
    'appointment.missed',
    'The patient did not come.',
    z.strictObject({ stage: Name, on: LocalDate, note }),
  ),
  event(
    'fact.corrected',
    'Replaces what was observed, at its own time; the present is judged again.',
    z.strictObject({ ...observed, value: FactValue, unit, from, reason }),
  ),
  event(
    'fact.withdrawn',
    'Removes what was observed: it was never true, or of somebody else.',
    z.strictObject({ ...observed, reason }),
  ),
  event(
    'history.recorded',
    'What was done to the patient before the plan or outside it. `isComplete` attests that nothing else was done that ' +
      'an interval could count from.',
    z.strictObject({ procedures: z.array(PastProcedure).max(100), isComplete: z.boolean() }),
  ),
  event(
    'adherence.recorded',
    'How much of a home care, or of a medicine, the patient did from one day to another; `to` is `from` where it is absent.',
    z.strictObject({ care: Name, from: LocalDate, to: LocalDate.optional(), done: Adherence, note }),
  ),
  event(
    'priority.stated',
    'How much a goal matters to the patient.',
    z.strictObject({ goal: Name, priority: GoalPriority, note }),
  ),
  event(
    'barrier.recorded',
    'What stands in the way of a goal, in the words of the patient: somebody talks it over with them.',
    z.strictObject({ goal: Name, barrier: z.string().min(1).max(500) }),
  ),
  event(
    'payment.arranged',
    'How the patient pays: what the provider of payments knows it by, and never the number of a card.',
    PaymentReference,
  ),
  event(
    'payment.settled',
    'What was charged is paid. `charge` is what the plan calls it.',
    z.strictObject({ charge: ChargeId, note }),
  ),
  event(
    'payment.failed',
    'What was charged could not be collected. It stops nothing of the plan: somebody is asked to see to it.',
    z.strictObject({ charge: ChargeId, reason }),
  ),
] as const;

/** Verbs are requests: they can be refused, with every reason and what would clear it. */
const REQUESTS = [
  event('startPrep', "Asks the gate of a stage's prep to open.", z.strictObject({ stage: Name })),
  event(
    'bookAppointment',
    'Asks whether a stage may be done on a day, and books it: its intervals have to allow the day. It opens no gate.',
    z.strictObject({ stage: Name, on: LocalDate, appointment: Id.optional() }),
  ),
  event(
    'leaveCourse',
    'Takes a plan off its course, to an exit; from all but `declined` it can return.',
    z.strictObject({
      exit: z.enum(['further-evaluation', 'conservative', 'referral', 'postponement', 'declined']),
      reason,
    }),
  ),
  event('returnToCourse', 'Brings a plan back from its exit.', z.strictObject({ reason })),
  event('startProcedure', "Asks the gate of a stage's procedure to open.", z.strictObject({ stage: Name })),
  event('cancelPlan', 'Ends the plan before its course has ended.', z.strictObject({ reason })),
  event(
    'releaseHold',
    'Signs a hold away whose rule clears by signature.',
    z.strictObject({ hold: z.string().min(1).max(300), note }),
  ),
  event(
    'grantOverride',
    'Sets a relative rule aside for one stage and site; `answer` says which answer counts instead, for a table.',
    z.strictObject({
      rule: Name,
      stage: Name,
      area: Site.optional(),
      reason: Name,
      answer: Name.optional(),
      note,
    }),
  ),
  event(
    'countersignOverride',
    'The second signature under an override that asks for one.',
    z.strictObject({ override: z.string().min(1).max(300) }),
  ),
  event(
    'revokeOverride',
    'Ends an override before its time.',
    z.strictObject({ override: z.string().min(1).max(300), reason }),
  ),
  event(
    'decide',
    'Answers a question that the plan asks somebody; of a board, one vote.',
    z.strictObject({
      question: z.string().min(1).max(300),
      outcome: Name,
      /** In which role, where the sender has several of those that are asked; `patient`, for one who told them. */
      role: Name.optional(),
      note,
    }),
  ),
  event(
    'revisePlan',
    'Adjusts a running plan for its patient: all that is named, or nothing.',
    z.strictObject({ reason, changes: z.array(PlanChange).min(1).max(LIMITS.changesPerRevision) }),
  ),
  event(
    'adoptVersion',
    'Has the plan go on by another published version of its pathway: the answer names whatever that does not have.',
    z.strictObject({ pathway: PathwayReference, reason }),
  ),
] as const;

/** What a plan that goes on takes: all but its own beginning. */
const EventUnderWay = z.discriminatedUnion('type', [...FACTS, ...REQUESTS]);

/** An event as it would have been sent at its `time`, and who sent it then; absent: who brings the plan in. */
export const PastEvent = z.strictObject({
  event: EventUnderWay,
  actor: z.strictObject({ id: Id, roles: z.array(Name).min(1).max(20) }).optional(),
});
export type PastEvent = z.infer<typeof PastEvent>;

/** What a plan that is under way elsewhere has behind it, in its order. */
export const BroughtIn = z.strictObject({
  startedAt: Instant,
  events: z.array(PastEvent).max(LIMITS.pastEvents),
});
export type BroughtIn = z.infer<typeof BroughtIn>;

/** FHIR CarePlan.intent: a plan that is carried out here, or one that is written down for others, and authorises nobody. */
export const Intent = z.enum(['order', 'plan']);
export type Intent = z.infer<typeof Intent>;

const START = event(
  'startPlan',
  'Starts a plan. Over HTTP, post to /v1/plans instead.',
  z.strictObject({
    planId: Id,
    patient: Id,
    pathway: PathwayReference,
    /** The sites chosen, by role; only for roles that leave a choice. */
    areas: z.partialRecord(z.enum(['treatment', 'donor']), z.array(Site).min(1).max(20)).optional(),
    /** Figures that are set otherwise for this patient, each with the reason where its terms require one. */
    figures: z.record(Name, SentFigure).optional(),
    /** Absent: it is not known yet how the patient pays. */
    payment: PaymentReference.optional(),
    /** Absent: it is carried out here. */
    intent: Intent.optional(),
    /** Present where the plan is under way elsewhere. */
    broughtIn: BroughtIn.optional(),
  }),
);

/** Only the plan's own workflow sends these. */
const INTERNAL = [
  event('wake', "The plan's own timer.", z.strictObject({ generation: z.int() })),
  event(
    'effect.failed',
    'What the plan asked the world for could not be done.',
    z.strictObject({ effect: z.string(), kind: z.string(), detail: z.string() }),
  ),
  event(
    'message.refused',
    'A message was not taken.',
    z.strictObject({ code: z.string(), signal: z.string(), detail: z.string() }),
  ),
  event(
    'otherPlans.changed',
    'What another plan of the patient has performed is not what it was.',
    z.strictObject({}),
  ),
] as const;

/** What a person or a service may send to a running plan. */
export const SentEvent = z.discriminatedUnion('type', [...FACTS, START, ...REQUESTS]);
export type SentEvent = z.infer<typeof SentEvent>;

/** What a service may state without the API's signature. */
export const FactEvent = z.discriminatedUnion('type', [...FACTS]);

const AnyEvent = z.discriminatedUnion('type', [...FACTS, START, ...REQUESTS, ...INTERNAL]);

/** An event as the core takes it: from a known actor, its numbers in the units of the catalogue. */
export type PlanEvent = z.infer<typeof AnyEvent> & {
  readonly actor: Actor;
  /**
   * What was sent in other units, by the observation's place in the event (0 for a correction); of a plan that is brought
   * in, behind the place of its event: `3.0`.
   */
  readonly sentAs?: Readonly<Record<string, Measured>>;
  /**
   * What the patient's other plans had performed when this event was taken. Null: it could not be told; absent: it was
   * not looked at, or is as it was.
   */
  readonly otherPlans?: readonly DoneInPlan[] | null;
};

const ASKED: ReadonlySet<string> = new Set(REQUESTS.map(({ shape }) => shape.type.value));

/** Whether a plan that goes on is asked for something, and may refuse it. */
export const isRequest = ({ type }: PlanEvent): boolean => ASKED.has(type);

export type PlanEventType = PlanEvent['type'];
export type EventOf<Type extends PlanEventType> = Extract<PlanEvent, { type: Type }>;
