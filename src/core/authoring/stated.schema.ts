import { z } from 'zod';
import { LocalDate } from '../model/primitives.schema.ts';
import { Refused } from './problem.ts';
import { group, list, name, nested, oneOf, refuse, sentence, text } from './words.ts';

/** A day, and the time of day where it matters. */
export interface WrittenTime {
  readonly day: string;
  readonly time?: string;
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

export const timeOfDay = sentence((written) =>
  TIME.test(written) ? written : new Refused('CC1029', `\`${written}\` is no time of day`, 'write `09:30`'),
);

const dayAndTime = sentence((written): WrittenTime | Refused => {
  const [day = '', time, ...more] = written.split(' ');
  if (more.length === 0 && LocalDate.safeParse(day).success && (time === undefined || TIME.test(time)))
    return time === undefined ? { day } : { day, time };
  return new Refused('CC1029', `\`${written}\` is no date`, 'write `2026-03-02`, or `2026-03-02 09:30`');
});

const Word = z.union([z.number(), z.string()]);
export type WrittenValue = z.infer<typeof Word> | readonly string[];

/** A value as somebody states it, with what stands beside it where that matters. */
export interface Stated {
  readonly value: WrittenValue;
  /** The site, where the fact is known by area. */
  readonly in?: string | undefined;
  /** When it was true; absent: at the time of what it stands in. */
  readonly taken?: WrittenTime | undefined;
  /** The kind of source; absent: the one that the catalogue trusts most. */
  readonly from?: string | undefined;
}

/** A bare value: a number, a word or a date, or the words of a list. */
export const bareValue = z.unknown().transform((written, context): WrittenValue => {
  if (Array.isArray(written)) return nested(list(text(200)), written, context);
  const word = Word.safeParse(written);
  return word.success
    ? word.data
    : refuse(context, new Refused('CC1012', 'expected a value: a number, a word, a date or a list of words'));
});

const Beside = group({
  value: bareValue,
  in: text(80).optional(),
  taken: dayAndTime.optional(),
  from: name().optional(),
});

const isGroup = (written: unknown): boolean =>
  typeof written === 'object' && written !== null && !Array.isArray(written);

/** One value of a fact, bare or with what stands beside it; or a list of such. */
export const StatedFact = z.unknown().transform((written, context): readonly Stated[] => {
  if (Array.isArray(written) && written.some(isGroup)) return nested(list(Beside), written, context);
  if (isGroup(written)) return [nested(Beside, written, context)];
  return [{ value: nested(bareValue, written, context) }];
});

export const StatedFacts = z.record(z.string(), StatedFact);
export type StatedFacts = z.infer<typeof StatedFacts>;

/** Something that was done to the patient. */
export const DoneBefore = group({
  procedure: name(),
  day: sentence((written) =>
    LocalDate.safeParse(written).success ? written : new Refused('CC1029', `\`${written}\` is no date`),
  ),
  in: text(80).optional(),
});
export type DoneBefore = z.infer<typeof DoneBefore>;

export const complete = oneOf(['complete']);
