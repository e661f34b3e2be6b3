import { z } from 'zod';
import { Duration, Name } from '../model/primitives.schema.ts';
import { CareDefinition, Translation } from './care.schema.ts';
import { ChargesDefinition, Price } from './charges.schema.ts';
import { Clinic } from './clinic.schema.ts';
import { Action, DecisionDefinition, ExitDefinition } from './decisions.schema.ts';
import { DerivedDefinition, FactDefinition, LoweredCondition } from './facts.schema.ts';
import { FigureDefinition, FigureReference, Length } from './figures.schema.ts';
import { GoalDefinition } from './goals.schema.ts';
import { Alert, Contraindication, Eligibility, ExitName, IntervalRule, Table } from './rules.schema.ts';
import { ChoiceDefinition, OnlyFor } from './tailoring.schema.ts';
import { TaskDefinition } from './work.schema.ts';

/** The areas that a plan may be about: all of these sites, any of them (one at least), or exactly one. */
export const AreaChoice = z.strictObject({
  choose: z.enum(['all', 'any', 'one']),
  sites: z.array(z.string()).min(1),
});
export type AreaChoice = z.infer<typeof AreaChoice>;

export const AreaRole = z.enum(['treatment', 'donor']);
export type AreaRole = z.infer<typeof AreaRole>;

const Consent = z.strictObject({
  form: Name,
  by: Name,
  covers: z.enum(['one procedure', 'course']),
  lasts: Length,
  /** A patient younger than this does not sign: a guardian does. */
  orGuardianBelow: Duration.optional(),
});

/** One of a stage's sessions that differ: what is done at it takes the place of the stage's own. */
export const ListedSession = z.strictObject({
  kind: z.literal('session'),
  /** No other session of the pathway has this name, and no stage or decision. */
  session: Name,
  title: z.string(),
  procedures: z.array(Name).min(1),
  /** Of all of them. */
  traits: z.array(Name),
  /** Figures that are shown with it, beside those of its stage. */
  with: z.array(Name).min(1).optional(),
  onlyFor: OnlyFor.optional(),
  /** In the place of its stage's. */
  price: Price.optional(),
  say: z.string().optional(),
});
export type ListedSession = z.infer<typeof ListedSession>;

export const StageDefinition = z.strictObject({
  stage: Name,
  title: z.string(),
  /**
   * A span of time, in which nothing is performed: it goes on so long from when it was come to, and until its own work is
   * done. Absent: the stage is there for its procedures.
   */
  period: z.strictObject({ lasts: Length, tasks: z.array(TaskDefinition) }).optional(),
  /** All that is done at one visit; of listed sessions, all that is done at any; of a period, nothing. */
  procedures: z.array(Name),
  /** Of all of them. */
  traits: z.array(Name),
  /** Its sessions one by one, in their order, and the decisions between them; absent: all are alike. */
  list: z
    .array(
      z.discriminatedUnion('kind', [
        ListedSession,
        z.strictObject({ kind: z.literal('decision'), decision: Name }),
      ]),
    )
    .min(1)
    .optional(),
  /** Where: the sites chosen for this role. `andIn` is looked at by whatever asks of any area of the stage. */
  in: AreaRole.optional(),
  andIn: AreaRole.optional(),
  /** Absent only of a period, and where others do it: they see to it. */
  consent: Consent.optional(),
  /** Done by others: no gate of this plan opens for it, and all that is known of it is what they tell. */
  elsewhere: z.literal(true).optional(),
  /** S5: `sedation` and `general` need a clearance, given by a task of the stage that clears anaesthesia. */
  anaesthesia: z.enum(['local', 'sedation', 'general']).optional(),
  /**
   * How often the procedure is done before the stage is over; 1 where the file speaks of no sessions. Of listed ones
   * each patient has those that are for them.
   */
  sessions: z.union([z.int().min(1), FigureReference]),
  /** The series ends early once this is met; unknown, it goes on to its number. */
  untilWhen: LoweredCondition.optional(),
  /** What becomes of a session that the patient missed: still owed, or passed over. */
  missed: z.enum(['wait', 'skip']),
  /** The gate needs an answer that goes on (S4). What the others lead to happens when the gate is asked. */
  table: z.strictObject({ table: Name, outcomes: z.record(Name, Action) }).optional(),
  /** Work at the gate of each session, and after each. */
  beforeEach: z.array(TaskDefinition),
  afterEach: z.array(TaskDefinition),
  /** Decided before each session, or its gate stays closed; and after each, or the next one's does. */
  decidedBefore: Name.optional(),
  decidedAfter: Name.optional(),
  /** A phase of its own before the procedure, with a gate of its own; absent: there is none. */
  prep: z.array(TaskDefinition).optional(),
  closure: z.array(TaskDefinition),
  recovery: z.array(TaskDefinition),
  /** The decision that the stage ends with; absent: it ends with its recovery. */
  reassess: Name.optional(),
  /** Passed over by whom it is not for. */
  onlyFor: OnlyFor.optional(),
  /** Passed over where this is known to be unmet as it is come to; unknown, it is not, and waits for the answer. */
  onlyWhen: LoweredCondition.optional(),
  /** Left out for one patient, by a revision of their plan: no file says so. */
  skipped: z.literal(true).optional(),
  /** Figures that are shown with it whenever it may start. */
  with: z.array(Name).optional(),
  /** Of each of its sessions, where services are paid one by one; absent: it is not charged here. */
  price: Price.optional(),
  say: z.string().optional(),
});
export type StageDefinition = z.infer<typeof StageDefinition>;

/** In their order: the stages, the decisions between them, and what follows. */
export const CourseItem = z.strictObject({
  kind: z.enum(['stage', 'decision', 'maintenance']),
  name: Name,
  /** Of a decision, the stage right after it whose being done at all it decides. */
  whether: Name.optional(),
});
export type CourseItem = z.infer<typeof CourseItem>;

/** A small course beside the main one, of one level. Its stages stand among all others. */
export const TrackDefinition = z.strictObject({
  track: Name,
  title: z.string(),
  /** Absent: for every patient. */
  onlyFor: OnlyFor.optional(),
  /** With the main course, or once an outcome starts it. */
  starts: z.enum(['with course', 'by decision']),
  course: z.array(CourseItem).min(1),
});
export type TrackDefinition = z.infer<typeof TrackDefinition>;

/** What follows the treatment: it goes on so long after it was entered, and until its own work is done. */
export const MaintenanceDefinition = z.strictObject({
  maintenance: Name,
  title: z.string(),
  lasts: Length,
  tasks: z.array(TaskDefinition).min(1),
  say: z.string().optional(),
});
export type MaintenanceDefinition = z.infer<typeof MaintenanceDefinition>;

/** The decision of that name is asked again and again while the plan is on its course, counted from its start. */
export const ReviewDefinition = z.strictObject({ review: Name, every: Duration });
export type ReviewDefinition = z.infer<typeof ReviewDefinition>;

/** Of the compiled form, and of the plans that run on it: what another build wrote cannot be read. */
export const FORMAT = 6;

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
  intervals: z.array(IntervalRule),
  alerts: z.array(Alert),
  consultation: z.array(TaskDefinition),
  assessment: z.array(TaskDefinition),
  /** Decisions without which these phases do not end. */
  decidedIn: z.strictObject({ consultation: z.array(Name), assessment: z.array(Name) }),
  /** In the order in which they are made. */
  choices: z.array(ChoiceDefinition),
  /** Of the course, and then of the tracks. */
  stages: z
    .array(
      StageDefinition.refine(({ consent, elsewhere, period, procedures }) =>
        period
          ? procedures.length === 0
          : procedures.length > 0 && (consent !== undefined || elsewhere === true),
      ),
    )
    .min(1),
  maintenance: z.array(MaintenanceDefinition),
  course: z.array(CourseItem).min(1),
  /** What runs beside the course. */
  tracks: z.array(TrackDefinition),
  /** Work of the plan as a whole, from the course's first item on. */
  alongside: z.array(TaskDefinition),
  reviews: z.array(ReviewDefinition),
  /** What patients do themselves, of the plan as a whole and of its stages. */
  care: z.array(CareDefinition),
  /** Of each language of the clinic but the first; what has no translation is said in the first. */
  texts: z.array(Translation),
  /** All that are reached from anywhere, by name. */
  decisions: z.array(DecisionDefinition),
  exits: z.record(ExitName, ExitDefinition),
  /** What may differ from patient to patient. */
  figures: z.array(FigureDefinition),
  /** What the treatment is for, and how that is measured. */
  goals: z.array(GoalDefinition),
  /** Absent: nothing is charged here. */
  charges: ChargesDefinition.optional(),
});
export type CompiledPathway = z.infer<typeof CompiledPathway>;
