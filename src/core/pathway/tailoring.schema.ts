import { z } from 'zod';
import { Name } from '../model/primitives.schema.ts';

/** Whom something is for: every one of these choices has one of these values. */
export const OnlyFor = z.array(z.strictObject({ choice: Name, values: z.array(Name).min(1) })).min(1);
export type OnlyFor = z.infer<typeof OnlyFor>;
