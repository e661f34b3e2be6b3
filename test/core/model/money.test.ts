import { decimalOf, moneyText, readMoney } from '../../../src/core/model/money.ts';

describe('an amount of money is exact, in the smallest unit of its currency', () => {
  it.each([
    ['199 USD', 19_900, '199 USD', '199.00'],
    ['49.5 EUR', 4_950, '49.50 EUR', '49.50'],
    ['49.50 EUR', 4_950, '49.50 EUR', '49.50'],
    ['0.01 USD', 1, '0.01 USD', '0.01'],
    ['0.10 USD', 10, '0.10 USD', '0.10'],
    ['100.00 USD', 10_000, '100 USD', '100.00'],
    ['0 USD', 0, '0 USD', '0.00'],
    ['9000 JPY', 9_000, '9000 JPY', '9000'],
    ['10 JPY', 10, '10 JPY', '10'],
    ['1.250 KWD', 1_250, '1.250 KWD', '1.250'],
    ['12 KWD', 12_000, '12 KWD', '12.000'],
    ['999999999.99 USD', 99_999_999_999, '999999999.99 USD', '999999999.99'],
  ])('%s', (written, minor, text, decimal) => {
    const money = readMoney(written);
    expect(money?.minor).toBe(minor);
    expect(money && moneyText(money)).toBe(text);
    expect(money && decimalOf(money)).toBe(decimal);
  });

  it.each([
    ['a digit that the currency has no unit for', '1.5 JPY'],
    ['three digits of a currency that has two', '19.999 USD'],
    ['no currency', '199'],
    ['a currency in small letters', '199 usd'],
    ['a currency of four letters', '199 USDT'],
    ['the currency first', 'USD 199'],
    ['a sign', '-5 USD'],
    ['a comma', '1,99 EUR'],
    ['a zero in front', '0199 USD'],
    ['more than anybody pays', '1000000000 USD'],
  ])('%s is no amount', (_what, written) => {
    expect(readMoney(written)).toBeUndefined();
  });
});
