import { type Duration, DurationUnit } from './primitives.schema.ts';
import { notExecuted, Refused } from './refused.ts';

/**
 * The closed lists of sentences: each reader takes text with single spaces, and answers with its meaning or with why
 * it has none. What a sentence names is looked up elsewhere.
 */

/** `14 days`, `4 to 6 weeks`. */
export interface Range {
  readonly from?: Duration;
  readonly to: Duration;
}

/** A range and what it is counted from. Whether there is such an anchor depends on where the phrase stands. */
export type Phrase = Range & ({ readonly after: string } | { readonly before: string });

/** Digits beyond these would be rounded without a word. */
const DIGITS = 15;

export function readNumber(text: string): number | Refused {
  const isPlain = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= DIGITS;
  if (isPlain) return Number(text);
  return new Refused('CC1004', `\`${text}\` is not a plain decimal number`, meantBy(text));
}

function meantBy(text: string): string | undefined {
  const meant = Number(text);
  if (Number.isFinite(meant) && text !== '') return `write ${meant}, or quote it if it is text`;
  const [, number, unit] = /^(-?\d+(?:\.\d+)?)([^\d.,].*)$/.exec(text) ?? [];
  return number === undefined ? undefined : `put a space before the unit: ${number} ${unit}`;
}

const UNITS = new Set<string>(DurationUnit.options);

export function readDuration(text: string): Duration | Refused {
  if (isReference(text)) return notExecuted(text);
  const [, count = '', unit = ''] = /^(\S+) (.+?)s?$/.exec(text) ?? [];
  const known = DurationUnit.safeParse(unit);
  if (!known.success || !/^(?:0|[1-9]\d{0,4})$/.test(count)) return unreadable(text);
  return { count: Number(count), unit: known.data };
}

const unreadable = (text: string): Refused =>
  new Refused(
    'CC1020',
    `\`${text}\` is not a duration`,
    `write a whole number and one of ${[...UNITS].join(', ')}`,
  );

/** `the cycle` means the value of a figure. */
const isReference = (text: string): boolean => /^the \S+$/.test(text);

/** Before something, the longer time comes first: 3 to 30 days before it begin 30 days before. */
export function readPhrase(text: string): Phrase | Refused {
  const [, time, direction, anchor] = /^(.+?) (after|before) (.+)$/.exec(text) ?? [];
  if (time === undefined || anchor === undefined)
    return new Refused('CC1022', `\`${text}\` is not a due time`);
  const range = readRange(time);
  if (range instanceof Refused) return range;
  if (direction === 'after') return { ...range, after: anchor };
  const { from, to } = range;
  return from ? { from: to, to: from, before: anchor } : { to, before: anchor };
}

/** `14 days`, or `4 to 6 weeks`. */
export function readRange(text: string): Range | Refused {
  const [, low, high, unit] = /^(\S+) to (\S+) (.+)$/.exec(text) ?? [];
  if (low === undefined) {
    const to = readDuration(text);
    return to instanceof Refused ? to : { to };
  }
  const from = readDuration(`${low} ${unit}`);
  const to = readDuration(`${high} ${unit}`);
  if (from instanceof Refused) return from;
  if (to instanceof Refused) return to;
  return from.count < to.count
    ? { from, to }
    : new Refused('CC1022', `\`${text}\` does not go from less to more`);
}

/** @param reserved - words that mean something else where this name is used */
export function readName(text: string, reserved: readonly string[] = []): string | Refused {
  if (!/^[A-Za-z][A-Za-z0-9-]{0,79}$/.test(text)) {
    return new Refused('CC1015', `\`${text}\` is no name: letters, digits and dashes, at most 80`);
  }
  return isTaken(text) || reserved.includes(text)
    ? new Refused('CC1015', `\`${text}\` has a meaning of its own, and names nothing here`)
    : text;
}

/** Names that every object of the language answers to. */
const isTaken = (name: string): boolean => name in Object.prototype;
