import { z } from 'zod';
import { Actor } from '../model/actor.schema.ts';
import { Money } from '../model/money.ts';
import { Id, Instant, Name } from '../model/primitives.schema.ts';
import { Clearings, Finding, IntervalFinding, TableFinding } from '../model/verdict.schema.ts';

/** One reason why a gate stays closed, under the invariant that it would breach. */
export const Reason = z.strictObject({
  invariant: z.enum(['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'phase']),
  says: z.string(),
  finding: Finding.optional(),
  interval: IntervalFinding.optional(),
  table: TableFinding.optional(),
  clears: Clearings,
});
export type Reason = z.infer<typeof Reason>;

/** A figure as it stands when its stage may start; without a value, the choice that it depends on is not made. */
export const ShownFigure = z.strictObject({
  figure: Name,
  title: z.string(),
  value: z.string().optional(),
  /** Absent: from now on. */
  for: z.literal('this session').optional(),
});
export type ShownFigure = z.infer<typeof ShownFigure>;

/** Of a plan that was brought in, what its past came to. */
export const Past = z.strictObject({
  events: z.int().min(0),
  /** How often the plan's own timer would have woken it. */
  wakes: z.int().min(0),
  /** The requests of the past that were refused then; `index` is the event's place among those that were sent. */
  refused: z.array(
    z.strictObject({
      index: z.int().min(0),
      type: z.string(),
      at: Instant,
      code: z.string(),
      says: z.string(),
      reasons: z.array(Reason),
    }),
  ),
  deviations: z.array(z.strictObject({ at: Instant, says: z.string() })),
  /** What is owed and was due by now: nobody here has been told of it. */
  overdue: z.array(z.strictObject({ wait: z.string(), title: z.string(), owner: Name, dueAt: Instant })),
});
export type Past = z.infer<typeof Past>;

/** What an event's sender is told, now and whenever the same event is sent again. */
export const Answer = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('accepted'),
    phase: z.string(),
    says: z.string(),
    /** What will stand in the way of what was asked for, as far as it is known: of a booking, on its day. */
    ahead: z.array(Reason).optional(),
    /** Of a gate that opened: the figures of what may start. */
    figures: z.array(ShownFigure).optional(),
    /** Of a start that brought a plan in. */
    past: Past.optional(),
  }),
  z.strictObject({
    outcome: z.literal('refused'),
    code: z.string(),
    says: z.string(),
    reasons: z.array(Reason),
  }),
  z.strictObject({ outcome: z.literal('rejected'), code: z.string(), says: z.string() }),
  z.strictObject({ outcome: z.literal('quarantined'), code: z.string(), says: z.string() }),
]);
export type Answer = z.infer<typeof Answer>;

/** What became of a step, for people and for audit; `details` may hold health data. */
export const JournalEntry = z.strictObject({
  kind: z.enum([
    'plan.started',
    'plan.revised',
    'plan.prescribed',
    'programme.prescribed',
    'plan.broughtIn',
    'track.started',
    'track.ended',
    'event.accepted',
    'event.rejected',
    'event.quarantined',
    'request.refused',
    'gate.opened',
    'phase.entered',
    'task.requested',
    'task.completed',
    'task.doneBefore',
    'task.cancelled',
    'hold.raised',
    'hold.cleared',
    'hold.released',
    'release.voided',
    'override.requested',
    'override.granted',
    'override.ended',
    'appointment.booked',
    'appointment.cancelled',
    'appointment.missed',
    'action.taken',
    'figure.changed',
    'clock.paused',
    'clock.resumed',
    'exit.taken',
    'course.returned',
    'procedure.notPerformed',
    'report.completed',
    'report.withdrawn',
    'session.skipped',
    'question.asked',
    'question.voted',
    'question.answered',
    'question.closed',
    'choice.made',
    'stage.passed',
    'alert.raised',
    'care.started',
    'care.changed',
    'care.ended',
    'care.stopped',
    'care.resumed',
    'objective.changed',
    'priority.stated',
    'barrier.recorded',
    'outcome.documented',
    'unknown.accepted',
    'fact.conflicted',
    'fact.corrected',
    'fact.withdrawn',
    'otherPlans.read',
    'deviation.raised',
    'escalation.raised',
    'charge.recorded',
    'charge.credited',
    'effects.withheld',
    'plan.ended',
  ]),
  at: Instant,
  actor: Actor,
  says: z.string(),
  details: z.record(z.string(), z.unknown()),
});
export type JournalEntry = z.infer<typeof JournalEntry>;

/** Work for the world outside, performed after the commit; `id` is its idempotency key. */
export const Effect = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tell'),
    id: z.string(),
    role: Name,
    subject: z.string(),
    says: z.string(),
    level: z.int().min(0).max(3),
  }),
  /** The patient's other plans are to look again at what this one has performed. */
  z.strictObject({ kind: z.literal('tell-plans'), id: z.string() }),
  /** The payment service is to collect a charge, or to give it back. */
  z.strictObject({
    kind: z.literal('charge'),
    id: z.string(),
    charge: z.string(),
    asks: z.enum(['payment', 'credit']),
    says: z.string(),
    amount: Money,
    /** Absent: it is not known how the patient pays. */
    reference: Id.optional(),
  }),
]);
export type Effect = z.infer<typeof Effect>;

export const PlanKey = z.strictObject({ clinic: Name, planId: Id });
export type PlanKey = z.infer<typeof PlanKey>;
