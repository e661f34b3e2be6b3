import type { EventOf } from '../model/event.schema.ts';
import { type Border, listed, type Rejection } from './border.ts';

/** Of what is prescribed only nothing is charged here. */
export function admitPayment({ data }: EventOf<'startPlan'>): Rejection | undefined {
  const { payment, intent } = data;
  if (!payment) return undefined;
  return intent === 'plan'
    ? { code: 'CC2057', says: 'Of what is prescribed only nothing is charged: it takes no payment details.' }
    : admitReference(payment);
}

/** A plan keeps what the provider of payments calls it by: the number of a card has no place in it. */
export function admitReference({ reference }: EventOf<'payment.arranged'>['data']): Rejection | undefined {
  // The number itself is repeated nowhere.
  return isCardNumber(reference)
    ? { code: 'CC2056', says: 'The reference looks like the number of a card, and was not kept.' }
    : undefined;
}

export function chargeExists(charge: string, { state }: Border): Rejection | undefined {
  const charges = state?.charges ?? {};
  if (Object.hasOwn(charges, charge)) return undefined;
  const says = `The plan has no charge ${charge}; it has: ${listed(Object.keys(charges))}.`;
  return { code: 'CC2055', says };
}

/** 13 to 19 digits whose check digit is right. @see ISO/IEC 7812-1, annex B */
function isCardNumber(reference: string): boolean {
  const digits = reference.replaceAll(/[._:-]/g, '');
  if (!/^\d{13,19}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const counted = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (counted > 9 ? counted - 9 : counted);
  }, 0);
  return sum % 10 === 0;
}
