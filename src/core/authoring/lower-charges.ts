import type { Amount, ChargesDefinition, Price } from '../pathway/charges.schema.ts';
import { standardsOf } from '../pathway/figure-values.ts';
import { type Charges, unknownCurrency } from './charges.schema.ts';
import { stagesIn } from './course-items.ts';
import type { Report } from './issues.ts';
import { type Figures, figureOf } from './lower-figures.ts';
import type { PathwayFile } from './pathway.schema.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';

interface ChargesPlace {
  readonly figures: Figures;
  readonly report: Report;
}

/** What is charged, and that it goes together with what is given. */
export function lowerCharges(file: PathwayFile, place: ChargesPlace): ChargesDefinition | undefined {
  const { charges } = file;
  const prices = pricesIn(file);
  checkCurrencies(file, prices, place);
  checkServices(file, prices, place.report);
  if (!charges) return undefined;
  return charges.kind === 'monthly'
    ? lowerMonthly(charges, place.report)
    : lowerByService(charges, place.report);
}

interface Priced {
  readonly price: Price;
  readonly path: Path;
}

/** Of the stages and of their sessions, where each is written. */
const pricesIn = (file: PathwayFile): Priced[] =>
  stagesIn(file).flatMap(({ item: { price, sessions, elsewhere }, path }) => [
    // What others see to, they charge.
    ...(price === undefined || elsewhere ? [] : [{ price, path: [...path, 'price'] }]),
    ...(sessions?.list ?? []).flatMap((one, index) =>
      'session' in one && one.price !== undefined
        ? [{ price: one.price, path: [...path, 'sessions', index, 'price'] }]
        : [],
    ),
  ]);

const MOST_MONTHS = 120;
const LEAST_MONTHS = 3;

function lowerMonthly(charges: Charges, report: Report): ChargesDefinition | undefined {
  const { amount, months, firstOn, whilePostponed, overrun = 'none' } = charges;
  const needed = { amount, months, firstOn, whilePostponed };
  for (const [key, value] of Object.entries(needed))
    if (value === undefined)
      report(['charges'], new Refused('CC1011', `\`${key}\` is missing`, `add \`${key}:\``));
  if (months !== undefined && (months < LEAST_MONTHS || months > MOST_MONTHS)) {
    const says = `a monthly programme has ${LEAST_MONTHS} to ${MOST_MONTHS} months, not ${months}`;
    report(['charges', 'months'], new Refused('CC1121', says));
    return undefined;
  }
  if (!amount || months === undefined || !firstOn || !whilePostponed) return undefined;
  return { kind: 'monthly', amount, months, firstOn, whilePostponed, overrun };
}

/** A service is charged when it is given, at its own price. */
function lowerByService(
  { whilePostponed = 'charged', ...charges }: Charges,
  report: Report,
): ChargesDefinition {
  for (const key of ['amount', 'months', 'firstOn', 'overrun'] as const)
    if (charges[key] !== undefined)
      report(['charges', key], new Refused('CC1069', OF_MONTHS[key], 'leave it out'), 'key');
  return { kind: 'pay as you go', whilePostponed };
}

const OF_MONTHS = {
  amount: 'each service has a price of its own, where it stands in the course',
  months: 'services are charged when they are given, in no number of months',
  firstOn: 'services are charged when they are given, on no first of a month',
  overrun: 'services are charged when they are given, however long that goes on',
} as const;

function checkServices(file: PathwayFile, prices: readonly Priced[], report: Report): void {
  const { charges } = file;
  if (charges?.kind === 'pay as you go' && prices.length === 0) {
    const says = 'services are charged when they are given, and none of them has a price';
    report(['charges'], new Refused('CC1122', says, 'give the stages a `price:`'));
  }
  if (charges?.kind === 'monthly' && stagesIn(file).every(({ item }) => item.elsewhere))
    report(['charges'], new Refused('CC1122', 'months are charged, and nothing is given here for it'));
  if (charges?.kind === 'pay as you go') return;
  const says = charges
    ? 'a month pays for every service: this one would be paid twice'
    : 'nothing charges this price';
  const help = charges ? 'leave the price out' : 'add `charges: { kind: pay as you go }`';
  for (const { path } of prices) report(path, new Refused('CC1122', says, help), 'key');
}

/** Figures are amounts, and everything is paid in one currency. */
function checkCurrencies(
  { charges }: PathwayFile,
  prices: readonly Priced[],
  { figures, report }: ChargesPlace,
): void {
  const all = [
    ...prices,
    ...(charges?.amount ? [{ price: charges.amount, path: ['charges', 'amount'] }] : []),
  ];
  const currencies = all.flatMap(({ price, path }) =>
    price === 'complimentary'
      ? []
      : currenciesOf(price, path, { figures, report }).map((one) => ({ one, path })),
  );
  const [first] = currencies;
  for (const { one, path } of currencies)
    if (first && one !== first.one)
      report(path, new Refused('CC1123', `\`${one}\` stands beside \`${first.one}\``));
}

function currenciesOf(amount: Amount, path: Path, { figures, report }: ChargesPlace): string[] {
  if (!('figure' in amount)) return [amount.currency];
  const figure = figureOf(amount.figure, 'amount', { path, figures, report });
  const [value] = figure ? standardsOf(figure) : [];
  if (value?.kind !== 'amount') return [];
  const unknown = unknownCurrency(value);
  if (unknown) report(path, unknown);
  return [value.currency];
}
