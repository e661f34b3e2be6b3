import { z } from 'zod';
import { Adherence } from '../core/model/event.schema.ts';
import { Id, Instant, LocalDate, Name } from '../core/model/primitives.schema.ts';
import { PlanStatus } from '../core/plan/plan-state.schema.ts';

/** Plain words, in the patient's language where there are any. */
const Words = z.strictObject({
  text: z.string(),
  isUntranslated: z
    .literal(true)
    .optional()
    .describe('There is no translation, or it was of other words: this is the first language of the clinic.'),
});
export type Words = z.infer<typeof Words>;

const Line = z.strictObject({
  text: z.string(),
  note: z.string().optional().describe("Of the clinic's own list of products."),
});

/** A plan in plain words, for its patient. */
export const PatientView = z.strictObject({
  planId: Id,
  patient: Id,
  title: Words,
  language: z.string().optional().describe('That it is in; absent: the clinic names none.'),
  languages: z
    .array(z.string())
    .describe('Those that the clinic speaks, the first of which its files are in.'),
  timeZone: z.string(),
  status: PlanStatus,
  where: z
    .array(
      z.strictObject({
        phase: z.string().describe('`recovery`, `maintenance`, `postponement`: what the plan is in.'),
        title: Words.optional().describe('Of the stage, or of what it is that goes on.'),
        says: Words.optional(),
        since: Instant.optional(),
      }),
    )
    .describe('Of the main course first, and then of what runs beside it.'),
  waitsFor: z
    .array(z.strictObject({ title: Words, says: Words }))
    .describe('What stands in the way, and why.'),
  next: z
    .array(
      z.strictObject({
        title: Words,
        says: Words.optional(),
        bookedOn: LocalDate.optional(),
        from: LocalDate.optional().describe('Roughly when, as far as it can be told: the recommended days.'),
        to: LocalDate.optional(),
      }),
    )
    .describe('What is done next; without days nobody can tell yet.'),
  milestones: z
    .array(
      z.strictObject({
        title: Words,
        says: Words.optional(),
        from: LocalDate.optional(),
        to: LocalDate.optional(),
        isForYou: z.boolean().describe('The patient does it.'),
      }),
    )
    .describe('Visits and follow-up, soonest first.'),
  care: z.array(
    z.strictObject({
      care: Name,
      title: Words,
      says: Words.optional(),
      because: Words.optional(),
      ...{ morning: z.array(Line), evening: z.array(Line), weekly: z.array(Line) },
      toBeDecided: z.array(Words),
      since: Instant,
      lastDay: LocalDate.optional(),
      stopped: z
        .array(
          z.strictObject({
            title: Words,
            says: Words,
            lookedAtBy: Name.optional(),
            until: LocalDate.optional().describe('The day that ends it by itself.'),
          }),
        )
        .describe('Not to be used for now, and why; until somebody has looked at it.'),
      kept: z.array(z.strictObject({ from: LocalDate, to: LocalDate, done: Adherence })),
    }),
  ),
  callWhen: z
    .array(
      z.strictObject({
        title: Words,
        says: Words,
        signs: z.array(z.string()).describe('What it is told by, in the words of the rule.'),
      }),
    )
    .describe('When to call the clinic: what somebody watches for now.'),
  chosen: z.array(z.strictObject({ title: Words, value: Words, at: Instant })),
  signed: z.array(
    z.strictObject({
      form: Name,
      for: z.array(Words),
      by: Name,
      signedOn: LocalDate,
      withdrawnAt: Instant.optional(),
    }),
  ),
});
export type PatientView = z.infer<typeof PatientView>;
