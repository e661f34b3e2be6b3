import { z } from 'zod';
import { type Money, readMoney } from '../model/money.ts';
import type { Amount, Price } from '../pathway/charges.schema.ts';
import { figureNamed } from './figure-words.ts';
import { didYouMean } from './nearest.ts';
import { Refused } from './problem.ts';
import { group, oneOf, refuse } from './words.ts';

const EXAMPLE = 'write it as `199 USD`, or `the` and a figure';

/** @param ofNothing - what is written in the place of nothing */
function readAmount(written: unknown, ofNothing: string): Amount | Refused {
  const figure = figureNamed(written);
  if (figure !== undefined) return { figure };
  const text = String(written).trim().replace(/\s+/g, ' ');
  const money = readMoney(text);
  if (!money) return new Refused('CC1120', `\`${text}\` is no amount of money`, EXAMPLE);
  const nothing = new Refused('CC1120', 'nothing is to be paid', ofNothing);
  return unknownCurrency(money) ?? (money.minor === 0 ? nothing : money);
}

/** @see ISO 4217 */
export function unknownCurrency({ currency }: Money): Refused | undefined {
  const known = Intl.supportedValuesOf('currency');
  if (known.includes(currency)) return undefined;
  return new Refused('CC1120', `there is no currency \`${currency}\``, didYouMean(currency, known));
}

/** `199 USD`, or `the fee`. */
const amount = z.unknown().transform((written, context): Amount => {
  const read = readAmount(written, 'leave `charges` out');
  return read instanceof Refused ? refuse(context, read) : read;
});

/** What a service costs whom it is given: an amount, or nothing. */
export const price = z.unknown().transform((written, context): Price => {
  if (written === 'complimentary') return written;
  const read = readAmount(written, 'write `complimentary`');
  return read instanceof Refused ? refuse(context, read) : read;
});

/** Which of the keys belong to which kind is told when they are lowered: each by what it would mean. */
export const Charges = group({
  kind: oneOf(['monthly', 'pay as you go']),
  amount: amount.optional(),
  months: z.int().optional(),
  firstOn: oneOf(['first of next month', 'start of course']).optional(),
  whilePostponed: oneOf(['paused', 'charged']).optional(),
  overrun: oneOf(['none', 'charged']).optional(),
});
export type Charges = z.infer<typeof Charges>;
