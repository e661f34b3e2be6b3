import { type Money, moneyText } from '../model/money.ts';
import type { Price } from '../pathway/charges.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { type Pathway, sessionsIn } from '../pathway/pathway.ts';
import type { Charge } from './charge.schema.ts';
import { type Draft, write } from './draft.ts';
import { knownOf } from './figures.ts';
import type { Effect } from './outcome.schema.ts';
import type { PlanState } from './plan-state.schema.ts';

/** What stands in the ledger, and what the payment service is asked for it: each charge once, and each credit once. */

export interface Standing {
  readonly pathway: Pathway;
  readonly state: PlanState;
}

/** Writes a charge that falls due into the ledger, and asks for its payment where there is something to pay. */
export function enterCharge(draft: Draft, id: string, due: Charge): void {
  const charge = due.status === 'awaited' ? priced(due, priceOf(draft, due)) : due;
  keepCharge(draft, id, charge);
  write(draft, { kind: 'charge.recorded', says: saysOf(charge), details: { charge: id, ...charge } });
  if (charge.amount) ask(draft, 'payment', id, { title: charge.title, amount: charge.amount });
}

function priced(charge: Charge, price: Money | 'complimentary' | undefined): Charge {
  if (price === undefined) return charge;
  return price === 'complimentary'
    ? { ...charge, status: 'complimentary' }
    : { ...charge, status: 'asked', amount: price };
}

function saysOf({ title, status, amount }: Charge): string {
  if (amount) return `Charged: ${title}, ${moneyText(amount)}`;
  if (status === 'paused') return `Not charged while the plan is off its course: ${title}`;
  return status === 'complimentary'
    ? `Complimentary: ${title}`
    : `To be charged once its amount is known: ${title}`;
}

/** What was asked for is given back; of anything else there is nothing to give. */
export function creditCharge(draft: Draft, id: string, charge: Charge): void {
  const { title, amount, status } = charge;
  const isAsked = amount !== undefined && status !== 'elsewhere';
  keepCharge(draft, id, { ...charge, status: isAsked ? 'credited' : 'void' });
  const says = isAsked ? `Credited: ${title}, ${moneyText(amount)}` : `Not charged after all: ${title}`;
  write(draft, { kind: 'charge.credited', says, details: { charge: id, was: status } });
  if (isAsked) ask(draft, 'credit', id, { title, amount });
}

export function keepCharge(draft: Draft, id: string, charge: Charge): void {
  draft.state = { ...draft.state, charges: { ...draft.state.charges, [id]: charge } };
}

/** The charge's own name makes the effect's: whatever happens, it is collected once, and given back once. */
function ask(
  { state, effects }: Draft,
  asks: Extract<Effect, { kind: 'charge' }>['asks'],
  charge: string,
  { title, amount }: { readonly title: string; readonly amount: Money },
): void {
  const reference = state.payment ? { reference: state.payment.reference } : {};
  const id = `${state.planId}/${asks}/${charge}`;
  effects.push({ kind: 'charge', id, charge, asks, says: title, amount, ...reference });
}

/** Of a charge; undefined while the choice is not made that it depends on. */
export function priceOf(
  { pathway, state }: Standing,
  { of }: Pick<Charge, 'of'>,
): Money | 'complimentary' | undefined {
  const price = of.kind === 'month' ? monthly(pathway) : serviceOf(pathway, of)?.price;
  if (price === undefined || price === 'complimentary') return price;
  if (!('figure' in price)) return price;
  const known = knownOf(state, pathway.figure(price.figure));
  if (known?.kind !== 'amount') return undefined;
  const { minor, currency } = known;
  return minor === 0 ? 'complimentary' : { minor, currency };
}

const monthly = ({ charges }: Pathway): Price | undefined =>
  charges?.kind === 'monthly' ? charges.amount : undefined;

/** What was given: a stage, or what one of its sessions is. */
export function serviceOf(
  pathway: Pathway,
  { stage: name, session }: { readonly stage: string; readonly session?: string | undefined },
): StageDefinition | undefined {
  const stage = pathway.stage(name);
  const listed = stage && sessionsIn(stage).find((one) => one.session === session);
  return listed ? pathway.stageAt(listed) : stage;
}
