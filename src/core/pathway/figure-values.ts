import { moneyText, readMoney } from '../model/money.ts';
import type { Duration } from '../model/primitives.schema.ts';
import type { FigureDefinition, FigureValue } from './figures.schema.ts';

/** How the values of figures are read, written and compared: the same in a file, a request and a plan. */

const DURATION = /^(0|[1-9]\d{0,4}) (day|week|month|year)s?$/;
const NUMBER = /^(?:0|[1-9]\d{0,8})$/;

/** A value by how it is written. A level is known only by the figure that it is one of. */
export function readValue(written: string | number): FigureValue | undefined {
  if (typeof written === 'number')
    return Number.isSafeInteger(written) && written >= 0 ? { kind: 'number', number: written } : undefined;
  const text = written.trim().replace(/\s+/g, ' ');
  const duration = readDuration(text);
  if (duration) return { kind: 'duration', lasts: duration };
  const money = readMoney(text);
  if (money) return { kind: 'amount', ...money };
  return text === '' ? undefined : { kind: 'text', text };
}

function readDuration(text: string): Duration | undefined {
  const [, count, unit] = DURATION.exec(text) ?? [];
  if (count === undefined) return undefined;
  const units = ['day', 'week', 'month', 'year'] as const;
  const known = units.find((one) => one === unit);
  return known && { count: Number(count), unit: known };
}

/** A value of the kind that a figure has, also where a number was sent as text. */
export function readAs(kind: FigureValue['kind'], written: string | number): FigureValue | undefined {
  if (kind === 'level' || kind === 'text') {
    const text = String(written).trim().replace(/\s+/g, ' ');
    return kind === 'level' ? { kind, level: text } : { kind, text };
  }
  const isNumber = kind === 'number' && typeof written === 'string' && NUMBER.test(written.trim());
  const value = readValue(isNumber ? Number(written) : written);
  return value?.kind === kind ? value : undefined;
}

/** A value as it is written in a file. */
export function textOf(value: FigureValue): string {
  switch (value.kind) {
    case 'duration':
      return `${value.lasts.count} ${value.lasts.unit}${value.lasts.count === 1 ? '' : 's'}`;
    case 'number':
      return String(value.number);
    case 'amount':
      return moneyText(value);
    case 'text':
      return value.text;
    case 'level':
      return value.level;
  }
}

const UNITS: Readonly<Record<string, readonly [family: string, size: number]>> = {
  day: ['days', 1],
  week: ['days', 7],
  month: ['months', 1],
  year: ['months', 12],
};

/**
 * What a value is compared by. Days and weeks are counted together, and so are months and years; between the two there
 * is no order that holds for every month.
 * @returns undefined of what has no order
 */
export function measureOf(value: FigureValue): { readonly of: string; readonly size: number } | undefined {
  switch (value.kind) {
    case 'duration': {
      const [of, size] = UNITS[value.lasts.unit] ?? [];
      return of === undefined || size === undefined ? undefined : { of, size: size * value.lasts.count };
    }
    case 'number':
      return { of: '', size: value.number };
    case 'amount':
      return { of: value.currency, size: value.minor };
    case 'text':
    case 'level':
      return undefined;
  }
}

/** Whether one is not more than the other; false where there is no order between them. */
export function isAtMost(one: FigureValue, other: FigureValue): boolean {
  const [less, more] = [measureOf(one), measureOf(other)];
  return less !== undefined && more !== undefined && less.of === more.of && less.size <= more.size;
}

export const isSameValue = (one: FigureValue, other: FigureValue): boolean =>
  textOf(one) === textOf(other) || (isAtMost(one, other) && isAtMost(other, one));

/** What it is where nobody has set it otherwise: one value, or one for each value of a choice. */
export function standardsOf({ is }: Pick<FigureDefinition, 'is'>): FigureValue[] {
  if ('levels' in is) return [{ kind: 'level', level: is.startsAt }];
  return 'value' in is ? [is.value] : Object.values(is.values);
}

export const kindOf = (figure: Pick<FigureDefinition, 'is'>): FigureValue['kind'] =>
  standardsOf(figure)[0]?.kind ?? 'text';

/** Whether it may be set to a value, by its bounds or by its list. */
export function isAllowed({ is, oneOf, adjust }: FigureDefinition, value: FigureValue): boolean {
  if ('levels' in is) return value.kind === 'level' && is.levels.includes(value.level);
  if (oneOf) return oneOf.some((one) => isSameValue(one, value));
  const { from, to } = adjust ?? {};
  return from !== undefined && to !== undefined && isAtMost(from, value) && isAtMost(value, to);
}
