import { z } from 'zod';
import { Money } from '../model/money.ts';
import { FigureReference } from './figures.schema.ts';

/** An amount, or the figure that says it. */
export const Amount = z.union([Money, FigureReference]);
export type Amount = z.infer<typeof Amount>;

/** What a service costs whom it is given. */
export const Price = z.union([z.literal('complimentary'), Amount]);
export type Price = z.infer<typeof Price>;

/** What becomes of a charge that falls due while the plan is postponed. */
const WhilePostponed = z.enum(['paused', 'charged']);

/** A fixed charge on the first of each month, or one for each service when it is given. */
export const ChargesDefinition = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('monthly'),
    amount: Amount,
    /** So many months are charged, and none after that unless `overrun` says so. */
    months: z.int().min(3),
    /** Counted from the day on which the course begins. */
    firstOn: z.enum(['first of next month', 'start of course']),
    whilePostponed: WhilePostponed,
    overrun: z.enum(['none', 'charged']),
  }),
  z.strictObject({ kind: z.literal('pay as you go'), whilePostponed: WhilePostponed }),
]);
export type ChargesDefinition = z.infer<typeof ChargesDefinition>;
