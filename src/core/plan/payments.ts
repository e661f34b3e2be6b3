import type { EventOf } from '../model/event.schema.ts';
import { moneyText } from '../model/money.ts';
import type { Instant } from '../model/primitives.schema.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import type { Charge } from './charge.schema.ts';
import { type Draft, stepNumber } from './draft.ts';
import { keepCharge } from './ledger.ts';
import { askAPerson, outside } from './outside.ts';
import type { PlanState } from './plan-state.schema.ts';
import { cancelTask } from './tasks.ts';

/**
 * What the payment service tells of what it was asked to collect. Money closes no gate and stops no work: what goes wrong
 * with it is a task of the coordinator's, which belongs to no phase.
 */

const DETAILS = 'payment-details';
const taskOf = (charge: string): string => `payment-${charge.replaceAll('/', '-')}`;

/** How a plan is paid, where that is told as it starts. */
export const detailsOf = (
  { payment }: EventOf<'startPlan'>['data'],
  { by, at }: { readonly by: string; readonly at: Instant },
): Pick<PlanState, 'payment'> => (payment ? { payment: { ...payment, by, at } } : {});

/** Of a programme that is charged it has to be known how it is paid; but no patient waits for care until it is. */
export function askHowPaid(draft: Draft): void {
  const { pathway, state } = draft;
  if (!pathway.charges || state.payment) return;
  const title = `How is ${pathway.title} paid? Ask the patient, and record the payment details`;
  askAPerson(draft, DETAILS, { title, role: COORDINATOR });
}

/** Nothing is to be paid any more. */
export const dropHowPaid = (draft: Draft): void => cancelTask(draft, outside(DETAILS));

type Told = EventOf<'payment.arranged' | 'payment.settled' | 'payment.failed'>;

export function recordPayment(draft: Draft, event: Told): undefined {
  switch (event.type) {
    case 'payment.arranged':
      return arrange(draft, event);
    case 'payment.settled':
      return settle(draft, event);
    case 'payment.failed':
      return fail(draft, event);
  }
}

function arrange(draft: Draft, { data }: EventOf<'payment.arranged'>): undefined {
  const payment = { ...data, at: draft.now, by: draft.event.actor.id };
  draft.state = { ...draft.state, payment };
  dropHowPaid(draft);
}

function settle(draft: Draft, { data }: EventOf<'payment.settled'>): undefined {
  const charge = told(draft, data.charge);
  if (!charge) return;
  dropPaymentTask(draft, data.charge);
  const { status, title } = charge;
  if (isOwed(status)) keepCharge(draft, data.charge, { ...charge, status: 'settled' });
  else if (status !== 'settled')
    askAPerson(draft, `repay-${stepNumber(draft.state)}`, {
      title: `${title} was paid, and is ${status}: see whether it is given back`,
      role: COORDINATOR,
    });
}

function fail(draft: Draft, { data }: EventOf<'payment.failed'>): undefined {
  const charge = told(draft, data.charge);
  if (!charge || !(isOwed(charge.status) || charge.status === 'settled')) return;
  const { title, amount } = charge;
  keepCharge(draft, data.charge, { ...charge, status: 'failed' });
  const what = amount ? `${title} (${moneyText(amount)})` : title;
  askAPerson(draft, taskOf(data.charge), {
    title: `Not paid: ${what}. ${data.reason}`,
    role: COORDINATOR,
  });
}

/** Nobody has to see to a payment that has come, or is not asked for any more. */
export const dropPaymentTask = (draft: Draft, charge: string): void =>
  cancelTask(draft, outside(taskOf(charge)));

const isOwed = (status: Charge['status']): boolean =>
  status === 'asked' || status === 'failed' || status === 'elsewhere';

/**
 * The charge that is told of; undefined where something newer is known of it already: what two messages say counts in
 * the order in which it happened.
 */
function told({ state, event, now }: Draft, id: string): Charge | undefined {
  const charge = state.charges[id];
  const toldAt = event.time ?? now;
  return charge && !(charge.toldAt !== undefined && toldAt < charge.toldAt)
    ? { ...charge, toldAt }
    : undefined;
}
