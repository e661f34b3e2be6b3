import { z } from 'zod';
import { Name } from '../model/primitives.schema.ts';

/** For whom something is: each of these choices has one of the values named. */
export const OnlyFor = z.array(z.strictObject({ choice: Name, values: z.array(Name).min(1) })).min(1);
export type OnlyFor = z.infer<typeof OnlyFor>;
