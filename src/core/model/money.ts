import { z } from 'zod';

/** An amount of money, exact: counted in the smallest unit of its currency, never as a fraction. */
export const Money = z.strictObject({
  minor: z.int().min(0),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/),
});
export type Money = z.infer<typeof Money>;

const AMOUNT = /^(0|[1-9]\d{0,8})(?:\.(\d{1,4}))? ([A-Z]{3})$/;

/**
 * Reads `199 USD` or `49.50 EUR`.
 * @returns undefined of what is no amount, or has more digits than its currency has smaller units
 */
export function readMoney(text: string): Money | undefined {
  const [, whole, part = '', currency] = AMOUNT.exec(text) ?? [];
  if (whole === undefined || currency === undefined) return undefined;
  const digits = digitsOf(currency);
  if (part.length > digits) return undefined;
  return { minor: Number(whole + part.padEnd(digits, '0')), currency };
}

/** As it is written in a file: `199 USD`, `49.50 EUR`. */
export function moneyText(money: Money): string {
  const written = decimalOf(money).replace(/\.0+$/, '');
  return `${written} ${money.currency}`;
}

/** With all the digits that its currency has: `199.00`. */
export function decimalOf({ minor, currency }: Money): string {
  const digits = digitsOf(currency);
  const text = String(minor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const digitsOf = (currency: string): number => OTHER_DIGITS.get(currency) ?? 2;

/** Currencies with other than two digits behind the point. @see ISO 4217, list one, "minor unit" */
const OTHER_DIGITS: ReadonlyMap<string, number> = new Map([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG'].map((one) => [one, 0] as const),
  ...['RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'].map((one) => [one, 0] as const),
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((one) => [one, 3] as const),
  ...['CLF', 'UYW'].map((one) => [one, 4] as const),
]);
