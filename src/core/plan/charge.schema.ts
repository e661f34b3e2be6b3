import { z } from 'zod';
import { Money } from '../model/money.ts';
import { Id, Instant, LocalDate, Name } from '../model/primitives.schema.ts';

/**
 * What is charged, or is not, and why not. `awaited`: the amount depends on a choice that is not made. `asked`: the
 * payment service has been asked to collect it. `paused`: it fell due while the plan was postponed or off its course.
 * `elsewhere`: it fell due before the plan was brought in. `credited`: it is given back. `void`: there was nothing to give
 * back.
 */
export const ChargeStatus = z.enum([
  ...(['awaited', 'asked', 'settled', 'failed', 'credited'] as const),
  ...(['complimentary', 'paused', 'elsewhere', 'void'] as const),
]);
export type ChargeStatus = z.infer<typeof ChargeStatus>;

/** One line of a plan's ledger. Its name in the ledger is what the payment service calls it by. */
export const Charge = z.strictObject({
  title: z.string(),
  of: z.discriminatedUnion('kind', [
    /** Its first day; or, where it is charged as the course begins, that day. */
    z.strictObject({ kind: z.literal('month'), on: LocalDate }),
    z.strictObject({
      kind: z.literal('service'),
      stage: Name,
      session: Name.optional(),
      performedOn: LocalDate,
      /** The step that took its report. */
      step: z.int().min(1),
    }),
  ]),
  /** Absent of what is complimentary, and while it is not known. */
  amount: Money.optional(),
  status: ChargeStatus,
  /** When it fell due. */
  dueAt: Instant,
  /** When the payment service last told of it. */
  toldAt: Instant.optional(),
});
export type Charge = z.infer<typeof Charge>;

/** How a patient pays: what the provider of payments knows it by. No number of a card, nor anything else of one. */
export const PaymentDetails = z.strictObject({ reference: Id, at: Instant, by: Id });
export type PaymentDetails = z.infer<typeof PaymentDetails>;
