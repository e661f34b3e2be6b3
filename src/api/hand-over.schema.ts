import { z } from 'zod';
import { Instant, LocalDate, Name } from '../core/model/primitives.schema.ts';
import { OpenedGate } from '../core/plan/plan-state.schema.ts';
import { PatientView } from './patient-view.schema.ts';
import { AppointmentWindow, ObservationView } from './plan-rows.schema.ts';
import { PlanView } from './plan-view.schema.ts';

const Whole = PlanView.pick({
  ...{ planId: true, patient: true, pathway: true, status: true, phase: true, since: true, timeZone: true },
  ...{ areas: true, version: true, leave: true, differs: true, revisions: true },
  ...{ goals: true, outcomes: true, choices: true, decided: true },
  ...{ performed: true, past: true, otherPlans: true, historyKnownAt: true },
  ...{ alerts: true, holds: true, releases: true, overrides: true },
  ...{ waits: true, tasks: true, questions: true, askedTwice: true },
  ...{ care: true, consents: true, maintenance: true, reviews: true },
});

/** What whoever takes a plan over has to know: where it stands, why, what was done, and what is owed. */
export const HandOver = Whole.extend({
  at: Instant.describe('As of when it is true.'),
  flagged: z.array(ObservationView).describe('Medicines, allergies and whatever else everyone has to see.'),
  next: z
    .array(
      z.strictObject({
        stage: Name,
        title: z.string(),
        of: OpenedGate.shape.of,
        isOpen: z.boolean().describe('It may start now.'),
        bookedOn: LocalDate.optional(),
        window: AppointmentWindow.optional(),
        reasons: z.array(z.string()).describe('Why it may not, where it may not.'),
      }),
    )
    .describe('The next gate of the main course, and of each track beside it.'),
  callWhen: PatientView.shape.callWhen,
});
export type HandOver = z.infer<typeof HandOver>;
