import { z } from 'zod';
import { Intent, PastProcedure, PathwayReference } from '../core/model/event.schema.ts';
import { Id, Instant, LocalDate, Name } from '../core/model/primitives.schema.ts';
import { Finding, TableFinding } from '../core/model/verdict.schema.ts';
import { Hold } from '../core/plan/hold.schema.ts';
import { Answer, JournalEntry, Past, Reason, ShownFigure } from '../core/plan/outcome.schema.ts';
import {
  ConsentRecord,
  OpenedGate,
  Performed,
  PlanState,
  PlanStatus,
} from '../core/plan/plan-state.schema.ts';
import { MaintenanceView, ReviewView } from './alongside-rows.schema.ts';
import { CareView } from './care-rows.schema.ts';
import { ChargeView } from './charge-view.ts';
import { ChoiceView } from './choice-rows.schema.ts';
import { BookingView, DelayView, FigureView, LeaveView, StageView, TrackView } from './course-rows.schema.ts';
import { GoalView, OutcomeView } from './goal-rows.schema.ts';
import {
  AlertView,
  AppointmentWindow,
  AskedTwiceView,
  HoldView,
  ObservationView,
  OverrideView,
  ReleaseView,
  TaskView,
  WaitView,
} from './plan-rows.schema.ts';
import { DecidedView, QuestionView } from './question-rows.schema.ts';
import { RevisionView } from './revision-rows.schema.ts';

/** What a taken event's sender is told; refusals and rejections come as problems. */
export const Accepted = z.strictObject({
  outcome: z.literal('accepted'),
  phase: z.string(),
  says: z.string(),
  ahead: z
    .array(Reason)
    .optional()
    .describe('Of a booking: what will stand in its way on that day, as far as it is known now.'),
  figures: z
    .array(ShownFigure)
    .optional()
    .describe('Of a stage that may start: the figures that are shown with it.'),
  past: Past.optional().describe('Of a plan that was brought in: what its past came to.'),
  sequence: z.int().describe('The step of the plan that took it.'),
});
export type Accepted = z.infer<typeof Accepted>;

/** The event is safe, and its answer is not there yet. */
export const Pending = z.strictObject({
  outcome: z.literal('pending'),
  planId: Id,
  source: z.string(),
  id: z.string(),
  says: z.string(),
  ask: z.string().describe('Where the answer will be.'),
});
export type Pending = z.infer<typeof Pending>;

/** An event's answer as the plan keeps it. */
export const KeptAnswer = z.strictObject({ answer: Answer, sequence: z.int() });

const INTENT = Intent.describe('`plan`: prescribed only, nothing of it is carried out here.');

/** One row of a worklist. */
export const PlanSummary = z.strictObject({
  planId: Id,
  patient: Id,
  intent: INTENT,
  pathway: Name,
  version: z.string(),
  status: PlanStatus,
  phase: z.string(),
  phaseSince: Instant,
  nextDueAt: Instant.nullable(),
  escalation: z.int(),
  holds: z.array(z.string()),
  startedAt: Instant,
});
export type PlanSummary = z.infer<typeof PlanSummary>;

export const Started = z.strictObject({ planId: Id, answer: Accepted, plan: PlanSummary });
export type Started = z.infer<typeof Started>;

export const PlanList = z.strictObject({ items: z.array(PlanSummary), next: z.string().optional() });

/** A plan as people read it. */
export const PlanView = z.strictObject({
  planId: Id,
  patient: Id,
  pathway: z.strictObject({ ...PathwayReference.shape, title: z.string() }),
  intent: INTENT,
  broughtIn: z
    .strictObject({ at: Instant, by: Id, events: z.int() })
    .optional()
    .describe('Where it had been under way elsewhere: since when it is here, and who vouched for its past.'),
  status: PlanStatus,
  phase: z.string(),
  since: Instant,
  startedAt: Instant,
  timeZone: z.string().describe("The clinic's."),
  escalation: z.int(),
  areas: PlanState.shape.areas.describe('The sites chosen for this patient, by role.'),
  leave: LeaveView.optional().describe('Present while the plan is off its course.'),
  tracks: z.array(TrackView).describe('What runs beside the course.'),
  choices: z.array(ChoiceView).describe('What was chosen, and what is still to be.'),
  stages: z.array(StageView).describe('In the order of the course.'),
  figures: z.array(FigureView).describe('What may differ from patient to patient, as it is for this one.'),
  version: z.int().describe('Of this plan: 1 as it began, one more with each revision.'),
  differs: z.array(z.string()).describe('What this plan has otherwise than its pathway, in words.'),
  revisions: z.array(RevisionView).describe('Who made which version of the plan, and why; newest first.'),
  charges: z.array(ChargeView).describe('What is charged, and what is not and why; newest first.'),
  payment: PlanState.shape.payment.describe('How the patient pays; absent: nobody has told.'),
  maintenance: MaintenanceView.optional().describe('Present while the plan is in one.'),
  reviews: z.array(ReviewView),
  care: z.array(CareView).describe('What the patient does at home, what stops it, and how it is kept to.'),
  goals: z.array(GoalView).describe('What the plan is for, and how far it has come.'),
  outcomes: z.array(OutcomeView).describe('What work has left behind, and where that lies; the newest last.'),
  bookings: z.array(BookingView),
  delays: z.array(DelayView).describe('Gates that were told to wait until a day.'),
  observations: z
    .array(ObservationView)
    .describe('Flagged facts first; one known by area stands once for each site that was looked at.'),
  alerts: z.array(AlertView),
  holds: z.array(HoldView),
  releases: z.array(ReleaseView),
  overrides: z.array(OverrideView).describe('Those that live, or wait for the second signature.'),
  questions: z.array(QuestionView).describe('Those that are open.'),
  decided: z.array(DecidedView).describe('Those that were answered.'),
  tasks: z.array(TaskView),
  askedTwice: z.array(AskedTwiceView),
  waits: z.array(WaitView).describe('What somebody owes, soonest due first.'),
  consents: z.array(ConsentRecord),
  performed: z.array(Performed),
  past: z.array(PastProcedure).describe('What was done before the plan or outside it.'),
  otherPlans: PlanState.shape.otherPlans.describe(
    "What the patient's other plans have performed that this one counts from; null: nobody has looked.",
  ),
  historyKnownAt: Instant.optional().describe(
    'Since when that is all; absent: nobody has attested it, and no procedure counts as never done.',
  ),
  sequence: z.int(),
  wakeAt: Instant.nullable(),
});
export type PlanView = z.infer<typeof PlanView>;

export const JournalLine = z.strictObject({
  sequence: z.int(),
  entry: z.int(),
  at: Instant,
  kind: z.string(),
  actor: z.strictObject({ id: z.string(), roles: z.array(z.string()) }),
  says: JournalEntry.shape.says,
  details: z.unknown(),
});
export type JournalLine = z.infer<typeof JournalLine>;

/** `next` is the `after` of the next page. Steps are never cut in two. */
export const JournalPage = z.strictObject({ items: z.array(JournalLine), next: z.int().optional() });
export type JournalPage = z.infer<typeof JournalPage>;

/** Why a line of a plan stands where it stands, and what its next gate would say at this moment. */
const explained = {
  phase: z.string(),
  gate: z
    .strictObject({
      stage: Name,
      of: OpenedGate.shape.of.describe('A stage with prep has two gates: into prep, and into the procedure.'),
      title: z.string().describe('Of the stage.'),
      isOpen: z.boolean().describe('A request to start would be taken now.'),
      isReached: z.boolean().describe('The plan stands at this gate.'),
      bookedOn: LocalDate.optional().describe('The day that is booked for it.'),
      before: z
        .array(z.strictObject({ task: z.string(), title: z.string(), role: Name }))
        .describe('Open work of the phase that the plan is in.'),
      undecided: z
        .array(z.strictObject({ question: z.string(), title: z.string(), roles: z.array(Name) }))
        .describe('Decisions without which the phase does not end.'),
      window: AppointmentWindow.optional().describe('Absent while no interval bears on the stage.'),
      table: TableFinding.optional().describe('What the table that is asked at this gate says now.'),
      reasons: z.array(Reason),
    })
    .optional()
    .describe('Absent when no stage is ahead.'),
  findings: z
    .array(z.strictObject({ stage: Name, kind: Hold.shape.kind, ...Finding.shape }))
    .describe('Every rule in scope; one of eligibility is `met` where it is not given.'),
};

/** Of the main course, and of each track beside it. */
export const Explanation = z.strictObject({
  planId: Id,
  at: Instant,
  ...explained,
  tracks: z
    .array(z.strictObject({ track: Name, title: z.string(), ...explained }))
    .describe('The same of what runs beside the course.'),
});
export type Explanation = z.infer<typeof Explanation>;

const published = { ...PathwayReference.shape, title: z.string(), publishedAt: Instant };

export const PathwayList = z.strictObject({
  items: z.array(z.strictObject(published)),
});

export const VersionList = z.strictObject({
  items: z.array(
    z.strictObject({
      ...published,
      author: z.string().describe('`carechart` of what came with Carechart.'),
      approver: z.string().optional().describe('Absent of what came with Carechart.'),
      effectiveAt: Instant.optional().describe('New plans start on it from then on.'),
      plans: z.int().describe('How many plans run on it now.'),
    }),
  ),
});

export const Proposed = z.strictObject({
  ...PathwayReference.shape,
  title: z.string(),
  author: z.string(),
  proposedAt: Instant,
});

export type Proposed = z.infer<typeof Proposed>;

export const ProposedList = z.strictObject({ items: z.array(Proposed) });

export const Approved = z.strictObject({
  ...Proposed.shape,
  approver: z.string(),
  approvedAt: Instant,
  effectiveAt: Instant,
});
