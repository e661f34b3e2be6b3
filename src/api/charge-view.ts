import { z } from 'zod';
import { decimalOf, type Money } from '../core/model/money.ts';
import { Id, Instant, LocalDate, Name } from '../core/model/primitives.schema.ts';
import { ChargeStatus } from '../core/plan/charge.schema.ts';
import { Effect } from '../core/plan/outcome.schema.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';
import type { AskedCharge } from '../store/charges.ts';

/** An amount as a decimal, with all the digits of its currency: `199.00`. */
const money = {
  amount: z.string().describe('A decimal with all the digits of its currency: `199.00`.'),
  currency: z.string().describe('ISO 4217.'),
};

/** One line of what a plan charges. */
export const ChargeView = z.strictObject({
  charge: z.string().describe('What the plan calls it.'),
  title: z.string(),
  ...z.object(money).partial().shape,
  status: ChargeStatus.describe(
    '`awaited`: its amount is not known yet; `paused`: it fell due while the plan was off its course; `elsewhere`: before ' +
      'the plan was brought in; `void`: there was nothing to give back.',
  ),
  stage: Name.optional().describe('Of a service that was given.'),
  session: Name.optional(),
  performedOn: LocalDate.optional(),
  dueAt: Instant,
  toldAt: Instant.optional().describe('When the payment service last told of it.'),
});
export type ChargeView = z.infer<typeof ChargeView>;

export const chargesOf = ({ charges }: PlanState): ChargeView[] =>
  Object.entries(charges)
    .map(([charge, { title, of, amount, status, dueAt, toldAt }]) => ({
      ...{ charge, title, status, dueAt },
      ...(amount ? sum(amount) : {}),
      ...(of.kind === 'service' ? givenIn(of) : {}),
      ...(toldAt === undefined ? {} : { toldAt }),
    }))
    .toSorted((one, other) => (one.dueAt < other.dueAt ? 1 : one.dueAt > other.dueAt ? -1 : 0));

const sum = (money: Money) => ({ amount: decimalOf(money), currency: money.currency });

const givenIn = ({
  stage,
  session,
  performedOn,
}: {
  stage: string;
  session?: string | undefined;
  performedOn: string;
}) => ({
  stage,
  ...(session === undefined ? {} : { session }),
  performedOn,
});

/** What the payment service is asked for. */
export const AskedChargeView = z.strictObject({
  number: z.int().describe('Rises: what came before a number is never followed by something lower.'),
  id: z.string().describe('The idempotency key: each is collected, or given back, once.'),
  planId: Id,
  patient: Id,
  charge: z.string().describe('What `payment.settled` and `payment.failed` name.'),
  asks: Effect.options[2].shape.asks,
  ...money,
  says: z.string(),
  reference: z.string().optional().describe('How the patient pays; absent: it is not known.'),
  askedAt: Instant,
});
export type AskedChargeView = z.infer<typeof AskedChargeView>;

/** `next` is the `after` of the next page. */
export const AskedChargeList = z.strictObject({ items: z.array(AskedChargeView), next: z.int().optional() });

const { asks } = AskedChargeView.shape;

export const askedView = ({
  effectId,
  minor,
  currency,
  reference,
  ...row
}: AskedCharge): AskedChargeView => ({
  ...row,
  id: effectId,
  asks: asks.parse(row.asks),
  ...sum({ minor, currency }),
  ...(reference === null ? {} : { reference }),
});
