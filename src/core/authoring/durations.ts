import {
  ANY_TIME,
  REPEATED,
  readDue,
  readDurationIn,
  readWindow,
  refusedDuration,
} from '../model/durations.ts';
import type { Duration, DurationUnit } from '../model/primitives.schema.ts';
import { readPhrase } from '../model/sentences.ts';
import { notExecuted, Refused } from './problem.ts';
import { sentence } from './words.ts';

export const duration = (units: readonly DurationUnit[], least = 1) =>
  sentence((text) => readDurationIn(units, text, least));

export const duePhrase = sentence(readDue);

export const repeating = duration(REPEATED);

/** Where repeats begin or end: `4 weeks after procedure`, or `procedure` itself. */
export const moment = sentence((text): WrittenMoment | Refused => {
  if (!/ (after|before) /.test(text)) return { by: { count: 0, unit: 'day' }, after: text };
  const phrase = readPhrase(text);
  if (phrase instanceof Refused) return phrase;
  if ('before' in phrase) return notExecuted(text);
  const { from, to, after } = phrase;
  if (from) return new Refused('CC1022', `\`${text}\` is a window, and one moment is meant`);
  return refusedDuration(to, ANY_TIME, 0) ?? { by: to, after };
});

export interface WrittenMoment {
  readonly by: Duration;
  /** As it is written. */
  readonly after: string;
}

export const window = sentence(readWindow);

/** How long after one thing, which alone can be counted from here. */
export const durationAfter = (anchor: string, units: readonly DurationUnit[], least: number) =>
  sentence((text): Duration | Refused => {
    const phrase = readPhrase(text);
    if (phrase instanceof Refused) return phrase;
    if ('before' in phrase) return notExecuted(text);
    const { from, to, after } = phrase;
    if (after !== anchor) {
      return new Refused('CC1050', `\`${after}\` is not counted from here`, `write \`D after ${anchor}\``);
    }
    return from ? notExecuted(text) : (refusedDuration(to, units, least) ?? to);
  });
