import { InvalidArgumentError } from 'commander';
import type { FactValue } from '../core/model/event.schema.ts';
import { Instant, LocalDate } from '../core/model/primitives.schema.ts';

/** How words of the command line are read. Each reader of an option refuses what it cannot read, in plain words. */

export function asDay(given: string): string {
  const day = LocalDate.safeParse(given);
  if (day.success) return day.data;
  throw new InvalidArgumentError('It is not a day, such as 2026-03-02.');
}

/** Kept as it was given: the event's own schema brings it into its form. */
export function asInstant(given: string): string {
  if (Instant.safeParse(given).success) return given;
  throw new InvalidArgumentError('It is not a moment, such as 2026-03-02T09:30:00-05:00.');
}

export function asWholeNumber(given: string): number {
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new InvalidArgumentError('It is not a whole number.');
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const MOST_DIGITS = 15;
/** Digits with the marks of a date between them, in whatever order people write them. */
const LIKE_A_DAY = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}$/;

export interface ValueOptions {
  readonly unit?: string;
  readonly list?: boolean;
}

export const VALUE_HELP =
  'a number, a day, never, true, false, or a code (one of digits as \'"2"\'); with --list, words with commas between ' +
  'them, or none';

/** The value of a fact, or what is wrong with it. What a fact may be is for the plan to say. */
export function readValue(
  given: string,
  { unit, list = false }: ValueOptions,
): { readonly value: FactValue } | { readonly problem: string } {
  if (list) return readList(given);
  if (NUMBER.test(given)) {
    const isExact = given.replace(/\D/g, '').length <= MOST_DIGITS;
    return isExact ? { value: Number(given) } : { problem: `${given} has more than ${MOST_DIGITS} digits` };
  }
  if (unit !== undefined) return { problem: `${given} is not a number, such as 37.5` };
  if (LIKE_A_DAY.test(given)) {
    const day = LocalDate.safeParse(given);
    return day.success ? { value: day.data } : { problem: `${given} is not a day, such as 2026-03-02` };
  }
  if (given === 'true' || given === 'false') return { value: given === 'true' };
  const quoted = /^"([^"]+)"$/.exec(given)?.[1];
  if (quoted !== undefined) return { value: quoted };
  if (given === '' || /^[[{]/.test(given))
    return { problem: `${given || 'nothing'} is no value; see --help` };
  return { value: given };
}

/** `none` is the empty list: somebody looked, and there was nothing. */
function readList(given: string) {
  if (given === 'none') return { value: [] };
  const words = given.split(',').map((word) => word.trim());
  return words.includes('')
    ? { problem: `${given} is not a list, such as infection,herpes; write none for an empty one` }
    : { value: words };
}

const PAST = /^(\S+) on (\S+)(?: to (\S+))?(?: in (\S.*))?$/;
const PAST_EXAMPLE =
  '"mole-excision on 2026-03-02", with " to 2026-03-04" and " in left breast" where they are known';

/** `breast-surgery on 2019-05-02 to 2019-05-03 in left breast` */
export function asPastProcedure(given: string) {
  const [, procedure = '', on = '', to, area] = PAST.exec(given) ?? [];
  if (procedure === '') throw new InvalidArgumentError(`Write ${PAST_EXAMPLE}.`);
  return {
    procedure,
    ...(area === undefined ? {} : { area }),
    performedOn: asDay(on),
    ...(to === undefined ? {} : { endedOn: asDay(to) }),
  };
}
export type PastGiven = ReturnType<typeof asPastProcedure>;

const AREA_ROLES: readonly string[] = ['treatment', 'donor'];

/** `treatment=left breast,right breast`, added to what was given before. */
export function withArea(given: string, before: Readonly<Record<string, string[]>> = {}) {
  const [role = '', ...rest] = given.split('=');
  const sites = rest
    .join('=')
    .split(',')
    .map((site) => site.trim());
  if (!AREA_ROLES.includes(role.trim()) || sites.includes('')) {
    throw new InvalidArgumentError('Write it as treatment="left breast,right breast" or donor=abdomen.');
  }
  if (Object.hasOwn(before, role.trim()))
    throw new InvalidArgumentError(`${role.trim()} is given twice; put commas between its sites.`);
  return { ...before, [role.trim()]: sites };
}

/** `cycle=21 days`, added to what was given before. */
export function withFigure(given: string, before: Readonly<Record<string, string>> = {}) {
  const [figure = '', ...rest] = given.split('=');
  const value = rest.join('=').trim();
  if (figure.trim() === '' || value === '') throw new InvalidArgumentError('Write it as cycle="21 days".');
  if (Object.hasOwn(before, figure.trim()))
    throw new InvalidArgumentError(`${figure.trim()} is given twice.`);
  return { ...before, [figure.trim()]: value };
}

/** One more of an option that can be given several times. */
export const oneMore =
  <T>(read: (given: string) => T) =>
  (given: string, before: readonly T[] = []): readonly T[] => [...before, read(given)];

/** `show` names a thing by what waits for it, `hold/exchange/nicotine`; the plan knows it without the first word. */
export const withoutWait = (id: string, kind: 'task' | 'hold' | 'signature' | 'question'): string =>
  id.startsWith(`${kind}/`) ? id.slice(kind.length + 1) : id;
