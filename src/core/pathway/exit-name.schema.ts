import { z } from 'zod';

/** Where a plan can leave its course for, and come back from. */
export const ExitName = z.enum(['further-evaluation', 'conservative', 'referral', 'postponement']);
export type ExitName = z.infer<typeof ExitName>;
