import { z } from 'zod';
import { Money } from '../model/money.ts';
import { Duration, Name } from '../model/primitives.schema.ts';

/** What a figure says, told apart by how it is written: `14 days`, `4`, `199 USD`, `salicylic 20`, a level. */
export const FigureValue = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('duration'), lasts: Duration }),
  z.strictObject({ kind: z.literal('number'), number: z.int().min(0) }),
  z.strictObject({ kind: z.literal('amount'), ...Money.shape }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({ kind: z.literal('level'), level: z.string() }),
]);
export type FigureValue = z.infer<typeof FigureValue>;

/** Who may set it otherwise for one patient: between two values, to one of a list, or to a level. */
export const AdjustTerms = z.strictObject({
  by: z.array(Name).min(1),
  from: FigureValue.optional(),
  to: FigureValue.optional(),
  /** `start`: only while the plan is being started. */
  when: z.enum(['start', 'any time']),
  because: z.literal('required').optional(),
});
export type AdjustTerms = z.infer<typeof AdjustTerms>;

/** A number or a level that may differ from patient to patient. All its values are of one kind. */
export const FigureDefinition = z.strictObject({
  figure: Name,
  title: z.string(),
  is: z.union([
    z.strictObject({ value: FigureValue }),
    /** Another one for each value of a choice. */
    z.strictObject({ choice: Name, values: z.record(Name, FigureValue) }),
    /** Least first. */
    z.strictObject({ levels: z.array(z.string()).min(2), startsAt: z.string() }),
  ]),
  /** All that it may be set to. */
  oneOf: z.array(FigureValue).optional(),
  /** Absent: it is the same for every patient, or for every patient of one choice. */
  adjust: AdjustTerms.optional(),
  source: z.string().optional(),
});
export type FigureDefinition = z.infer<typeof FigureDefinition>;

/** The value of a figure, in the place of a value: `the cycle`. */
export const FigureReference = z.strictObject({ figure: Name });
export type FigureReference = z.infer<typeof FigureReference>;

/** A duration, or the figure that says it. */
export const Length = z.union([Duration, FigureReference]);
export type Length = z.infer<typeof Length>;
