import { z } from 'zod';
import { Duration, Name } from '../model/primitives.schema.ts';
import { FigureReference } from './figures.schema.ts';
import { OnlyFor } from './tailoring.schema.ts';
import { Moment } from './work.schema.ts';

/** One thing that a patient uses at home: in words, or what a figure says for them. */
export const CareLine = z.union([
  z.strictObject({
    text: z.string(),
    /** What the clinic's own list says of the product. */
    note: z.string().optional(),
  }),
  FigureReference,
]);
export type CareLine = z.infer<typeof CareLine>;

/** The hours of home care, in the order in which a patient reads them. */
export const CARE_TIMES = ['morning', 'evening', 'weekly'] as const;
export type CareTime = (typeof CARE_TIMES)[number];

/** Reports of poor adherence, so many in a row, after which somebody is asked to look at it, and by when. */
export const Setback = z.strictObject({ after: z.int().min(1), ask: Name, within: Duration });
export type Setback = z.infer<typeof Setback>;

/** What the patient does themselves, from one day to another; rules may stop it. */
export const CareDefinition = z.strictObject({
  /** By which rules name it, and reports of adherence. */
  care: Name,
  /** The list of work that it belongs to: `course` for the plan as a whole, `cut.recovery` where a pack brings it along. */
  belongsTo: z.string(),
  title: z.string(),
  from: Moment,
  /** Its last day; absent: the end of the plan. */
  until: Moment.optional(),
  onlyFor: OnlyFor.optional(),
  morning: z.array(CareLine),
  evening: z.array(CareLine),
  weekly: z.array(CareLine),
  setback: Setback,
  say: z.string().optional(),
  because: z.string().optional(),
});
export type CareDefinition = z.infer<typeof CareDefinition>;

/** What is said to patients in another language: each sentence as it is written, and as it reads there. */
export const Translation = z.strictObject({
  language: z.string(),
  says: z.array(z.strictObject({ was: z.string(), now: z.string() })),
});
export type Translation = z.infer<typeof Translation>;
