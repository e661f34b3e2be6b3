import { DATES } from '../model/durations.ts';
import type { Duration } from '../model/primitives.schema.ts';
import { ExitName, type OverrideTerms } from '../pathway/rules.schema.ts';
import { duration } from './durations.ts';
import { Refused } from './problem.ts';
import { group, list, name, oneOf, sentence, text } from './words.ts';

/** Where a plan goes when a rule says no. */
export const exit = oneOf(ExitName.options);

export const version = sentence((written) =>
  /^\S{1,40}$/.test(written)
    ? written
    : new Refused('CC1009', 'a version is one word of at most 40 characters'),
);

/** A release or an override lives for hours, or for days that it is counted in. */
const LASTING: readonly Duration['unit'][] = ['hour', ...DATES];

/** `one gate`, `stage`, each of them also for a rule that is unknown. */
const covers = sentence((written): Pick<OverrideTerms, 'covers' | 'coversUnknown'> | Refused => {
  const [, gates, unknown] = /^(one gate|stage)(, unknown too)?$/.exec(written) ?? [];
  if (gates === undefined) {
    return new Refused(
      'CC1014',
      `\`${written}\` cannot stand here`,
      'write `one gate` or `stage`, and "…, unknown too"',
    );
  }
  return { covers: gates === 'stage' ? 'stage' : 'one gate', coversUnknown: unknown !== undefined };
});

export const Override = group({
  by: list(text()),
  second: text().optional(),
  lasts: duration(LASTING),
  covers,
  reasons: list(name()),
});

/** The keys that every rule of a rule set ends with; `source` is a name at the top of the file. */
export const titled = { title: text(200), source: text() };
