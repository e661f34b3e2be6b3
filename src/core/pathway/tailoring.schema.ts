import { z } from 'zod';
import { Name } from '../model/primitives.schema.ts';
import { LoweredCondition } from './facts.schema.ts';

/** For whom something is: each of these choices has one of the values named. */
export const OnlyFor = z.array(z.strictObject({ choice: Name, values: z.array(Name).min(1) })).min(1);
export type OnlyFor = z.infer<typeof OnlyFor>;

/** One thing that can be chosen, with what is shown of it side by side with the others. */
export const ChoiceValue = z.strictObject({
  value: Name,
  title: z.string(),
  /** Of several ways that are weighed one after the other: `non-surgical first`. */
  tier: z.string().optional(),
  mechanism: z.string().optional(),
  cannot: z.string().optional(),
  benefits: z.array(z.string()).optional(),
  risks: z.array(z.string()).optional(),
  alternatives: z.array(z.string()).optional(),
  downtime: z.string().optional(),
  scarring: z.string().optional(),
  longevity: z.string().optional(),
  cost: z.string().optional(),
  /** It can be chosen only while this is met; unknown, not yet. */
  offeredWhen: LoweredCondition.optional(),
});
export type ChoiceValue = z.infer<typeof ChoiceValue>;

/**
 * What is chosen once and remembered. Where anybody is asked, there is a decision of the same name, whose outcomes are
 * the values.
 */
export const ChoiceDefinition = z.strictObject({
  choice: Name,
  title: z.string(),
  /** The phase that does not end before it is made. */
  made: z.enum(['consultation', 'assessment']),
  /** The table whose answers are the values; absent: people choose. */
  table: z
    .strictObject({
      table: Name,
      /** Somebody decides, and the table's answer is what they are measured by. */
      isConfirmed: z.boolean(),
      /** What counts while the table has no answer: a value, or the word of whoever decides; absent: it waits. */
      ifUnknown: z.union([z.strictObject({ value: Name }), z.strictObject({ ask: Name })]).optional(),
    })
    .optional(),
  /** In their order; by tier, where they have one. */
  values: z.array(ChoiceValue).min(1),
});
export type ChoiceDefinition = z.infer<typeof ChoiceDefinition>;

/** The one choice whose name is reserved: where it is high, waits climb their ladders for higher risk. */
export const RISK = 'risk';
export const HIGH = 'high';
