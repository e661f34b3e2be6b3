import { z } from 'zod';
import { Id, Instant, LocalDate, Name } from '../core/model/primitives.schema.ts';
import { StageDefinition, TrackDefinition } from '../core/pathway/compiled.schema.ts';
import { ShownFigure } from '../core/plan/outcome.schema.ts';
import { Booking, Delay, Leave, StageProgress, Task } from '../core/plan/plan-state.schema.ts';
import { TrackState } from '../core/plan/tailored.schema.ts';

/** The work that clears a stage's anaesthesia. Whether it counts on a day is for the gate to say (S5). */
export const ClearanceView = z.strictObject({
  task: z.string(),
  title: z.string(),
  status: Task.shape.status.optional().describe('Absent: it has not been asked for yet.'),
  completedAt: Instant.optional(),
});

/** How far a stage of the course is. */
export const StageView = z.strictObject({
  stage: Name,
  title: z.string(),
  round: StageProgress.shape.round
    .optional()
    .describe('Which time it is done; absent: the plan has not come to it.'),
  sessions: z.strictObject({
    done: z.int().describe('Of this round: given, or passed over.'),
    skipped: z.int().describe('Of those, the ones that were missed and passed over.'),
    of: z
      .int()
      .describe(
        'As many as there are to be for this patient, as far as it is known; none of a span of time.',
      ),
    list: z
      .array(
        z.strictObject({
          session: Name,
          title: z.string(),
          status: z.enum(['given', 'passed over', 'next', 'ahead']),
          on: LocalDate.optional().describe('The day on which it was given, or was to be.'),
        }),
      )
      .optional()
      .describe('Where its sessions differ, each that is for this patient, in their order.'),
  }),
  until: Instant.optional().describe('Of a span of time that the plan is in, the end of its last day.'),
  notFor: z.string().optional().describe('Why it is not for this patient: what was chosen.'),
  anaesthesia: StageDefinition.shape.anaesthesia,
  elsewhere: StageDefinition.shape.elsewhere.describe('Others do it: what they tell moves it.'),
  clearance: z.array(ClearanceView).describe('The work that clears it for sedation or general anaesthesia.'),
});
export type StageView = z.infer<typeof StageView>;

/** A track beside the course. */
export const TrackView = z.strictObject({
  ...TrackDefinition.pick({ track: true, title: true, starts: true }).shape,
  phase: TrackState.shape.chart.describe('The state of its own chart; `waiting` until it begins.'),
  startedAt: Instant.optional(),
  returnsTo: z
    .string()
    .optional()
    .describe('While the plan is off its course: the chart state that it comes back to.'),
});
export type TrackView = z.infer<typeof TrackView>;

/** The last appointment that was made for a stage. It opens no gate. */
export const BookingView = z.strictObject({ stage: Name, title: z.string(), ...Booking.shape });
export type BookingView = z.infer<typeof BookingView>;

/** A gate that was told to wait. */
export const DelayView = z.strictObject({
  stage: Name,
  title: z.string(),
  until: Delay.shape.until,
  why: Delay.shape.why,
});
export type DelayView = z.infer<typeof DelayView>;

/** A number or a level that may differ from patient to patient, as it is for this one. */
export const FigureView = z.strictObject({
  ...ShownFigure.shape,
  value: z.string().optional().describe('Absent: the choice that it depends on is not made.'),
  lasting: z.string().optional().describe('Of a level that is so for one session: the one that stays.'),
  levels: z.array(z.string()).optional().describe('Least first.'),
  limit: z
    .string()
    .optional()
    .describe('Of a level that was limited: the highest that it may come to from now on.'),
  set: z
    .strictObject({ by: Id, at: Instant, because: z.string().optional() })
    .optional()
    .describe('Who set it otherwise for this patient.'),
  adjust: z
    .strictObject({
      by: z.array(Name),
      when: z.enum(['start', 'any time']),
      to: z.string().describe('What it may be set to.'),
      because: z.literal('required').optional(),
    })
    .optional()
    .describe('Absent: nobody sets it.'),
  source: z.string().optional(),
});
export type FigureView = z.infer<typeof FigureView>;

/** Where a plan is while it is off its course. */
export const LeaveView = z.strictObject({
  ...Leave.pick({ exit: true, from: true, by: true, reason: true, closesAt: true, dropped: true }).shape,
  since: Instant,
  returnsTo: z.string().describe('The chart state that it comes back to.'),
});
export type LeaveView = z.infer<typeof LeaveView>;
