import { type Money, moneyText } from '../../src/core/model/money.ts';
import type { Instant } from '../../src/core/model/primitives.schema.ts';
import type { ChargesDefinition } from '../../src/core/pathway/charges.schema.ts';
import type { FigureDefinition, FigureValue } from '../../src/core/pathway/figures.schema.ts';
import { pathwayWith, stageOf, type Variation } from './pathways.ts';
import { RunningPlan, type ToldStep } from './plan.ts';

export const usd = (amount: number): Money => ({ minor: amount * 100, currency: 'USD' });

type Monthly = Extract<ChargesDefinition, { kind: 'monthly' }>;

/** Three months of 199 USD. */
export const monthly = (more: Partial<Monthly> = {}): Monthly => ({
  kind: 'monthly',
  amount: usd(199),
  months: 3,
  firstOn: 'first of next month',
  whilePostponed: 'paused',
  overrun: 'none',
  ...more,
});

export const BY_SERVICE: ChargesDefinition = { kind: 'pay as you go', whilePostponed: 'paused' };

const dollars = (amount: number): FigureValue => ({ kind: 'amount', ...usd(amount) });

/** 199 USD for whom the milder tier is chosen, 299 for the others. */
export const FEE: FigureDefinition = {
  figure: 'fee',
  title: 'Fee',
  is: { choice: 'tier', values: { mild: dollars(199), severe: dollars(299) } },
};

/** A plan that begins at the gate of its first stage, on the second of March. */
export const charged = (
  charges: ChargesDefinition,
  variation: Variation = {},
  startedAt: Instant = '2026-03-02T15:00:00.000Z',
): RunningPlan => new RunningPlan(chargedPathway(charges, variation), startedAt);

export const chargedPathway = (charges: ChargesDefinition, variation: Variation = {}) =>
  pathwayWith({
    rules: [],
    consultation: [],
    stages: [stageOf('visit', { sessions: 6, price: usd(180) }), stageOf('laser')],
    charges,
    ...variation,
  });

/** Each line of the ledger: `2026-04 asked 199 USD`. */
export const ledgerOf = ({ state }: Pick<RunningPlan, 'state'>): string[] =>
  Object.entries(state.charges).map(([id, { status, amount }]) =>
    [id, status, ...(amount ? [moneyText(amount)] : [])].join(' '),
  );

/** What the payment service is asked for in a step: `payment of 2026-04, 199 USD`. */
export const askedIn = ({ charges }: ToldStep): string[] =>
  charges.map(({ asks, charge, amount }) => `${asks} of ${charge}, ${moneyText(amount)}`);

/** Lets time pass, the plan's own timer ringing in between. */
export function pass(plan: RunningPlan, until: Instant): void {
  for (let { at } = plan.state.wake; at !== null && at <= until; { at } = plan.state.wake) plan.wake(at);
}
