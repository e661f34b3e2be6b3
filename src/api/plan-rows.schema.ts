import { z } from 'zod';
import { FactValue } from '../core/model/event.schema.ts';
import { Id, Instant, LocalDate, Name } from '../core/model/primitives.schema.ts';
import { Cause, Finding, IntervalFinding } from '../core/model/verdict.schema.ts';
import { Hold, Override, Release } from '../core/plan/hold.schema.ts';
import { AlertState, Observation, Task, Wait } from '../core/plan/plan-state.schema.ts';

export const TaskView = z.strictObject({
  id: z.string(),
  ...Task.pick({ title: true, role: true, status: true, completedAt: true }).shape,
  from: LocalDate.optional(),
  repeat: Task.shape.repeat.describe('Of a row of repeats, which one it is.'),
  bookingOf: Task.shape.bookingOf.describe(
    'Its due time counts from the day that is booked for this stage; while none is, it has none.',
  ),
  dueAt: Instant.optional().describe('Only while it is open.'),
  pausedAt: Instant.optional().describe('Since when a hold has stopped its clock.'),
});
export type TaskView = z.infer<typeof TaskView>;

/** A test that is asked for more than once, in this plan or in another of the patient, while one would do. */
export const AskedTwiceView = z.strictObject({
  fact: Name,
  title: z.string(),
  by: z.array(
    z.strictObject({
      planId: Id,
      task: z.string(),
      ...Task.pick({ title: true, role: true }).shape,
      from: LocalDate.optional().describe('The first day on which it may be done; absent: at once.'),
      to: LocalDate.optional().describe('The last on which it is in time; absent: it waits for a booking.'),
    }),
  ),
});
export type AskedTwiceView = z.infer<typeof AskedTwiceView>;

export const HoldView = z.strictObject({
  id: z.string().describe('By which it is signed away.'),
  ...Hold.pick({ kind: true, rule: true, stage: true, area: true, response: true }).shape,
  since: Instant,
  needsSignature: z.boolean().describe('Facts alone do not clear it.'),
  ...Finding.pick({ title: true, result: true, evidence: true, clears: true }).shape,
});
export type HoldView = z.infer<typeof HoldView>;

/** A hold that somebody signed away. It is void once a fact that it rests on changes. */
export const ReleaseView = z.strictObject({
  hold: z.string(),
  ...Release.pick({ rule: true, stage: true, area: true, by: true, role: true, at: true }).shape,
});

/** A rule that is set aside, or a table's answer; `requested` while the second signature is missing. */
export const OverrideView = z.strictObject({
  id: z.string().describe('By which it is countersigned or revoked.'),
  title: z.string().describe('Of the rule.'),
  status: Override.shape.status.extract(['requested', 'active']),
  ...Override.pick({
    rule: true,
    stage: true,
    area: true,
    answer: true,
    by: true,
    role: true,
    at: true,
    second: true,
    reason: true,
    note: true,
    covers: true,
  }).shape,
  /** The first instant at which it no longer lives. */
  endsAt: Instant,
});
export type OverrideView = z.infer<typeof OverrideView>;

/** An alert that has called somebody, or cannot tell whether it should: it is blind while its facts are unknown. */
export const AlertView = z.strictObject({
  rule: Name,
  title: z.string(),
  status: AlertState.shape.status.extract(['fired', 'blind']),
  says: z.string().optional(),
  tasks: AlertState.shape.tasks.describe('Ids of the tasks that it made.'),
});

export const WaitView = z.strictObject({
  id: z.string(),
  ...Wait.pick({ kind: true, title: true, owner: true, dueAt: true, nextAt: true, rung: true, stage: true })
    .shape,
  climbs: Wait.shape.climbs.describe('The ladder that it climbs because the risk is high.'),
  pausedAt: Wait.shape.pausedAt.describe('Since when its clock stands still.'),
  stoppedBy: z.array(z.string()).optional().describe('The holds that stop its clock.'),
});
export type WaitView = z.infer<typeof WaitView>;

/** What the rules read of a fact; `cause` says why it is not to be used. */
export const ObservationView = z.strictObject({
  fact: Name,
  title: z.string(),
  area: z.string().optional().describe('The site that was looked at.'),
  flag: z.boolean().describe('Everybody should see it, also when nothing is known of it.'),
  value: FactValue.optional(),
  unit: z.string().optional(),
  sentAs: Observation.shape.sentAs.describe('Value and unit as they were sent, where they were converted.'),
  source: z.string().optional(),
  observedAt: Instant.optional(),
  events: z.array(z.string()).optional().describe('The events that stated it, as `<source>/<id>`.'),
  cause: Cause.optional(),
});
export type ObservationView = z.infer<typeof ObservationView>;

/** The days on which a stage may start, should start, and has to have started, by all its intervals together. */
export const AppointmentWindow = z.strictObject({
  earliest: LocalDate.optional(),
  recommended: z.strictObject({ from: LocalDate, to: LocalDate }).optional(),
  latest: LocalDate.optional(),
  boundBy: z
    .partialRecord(z.enum(['earliest', 'recommended', 'latest']), z.array(Name))
    .describe('The rules that set each of the days.'),
  unknown: z
    .array(Name)
    .describe('Rules that cannot be counted yet: once they can, the days may come to lie otherwise.'),
  intervals: z.array(IntervalFinding).describe('What each interval says of today.'),
});
export type AppointmentWindow = z.infer<typeof AppointmentWindow>;
