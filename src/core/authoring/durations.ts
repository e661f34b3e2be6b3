import {
  ANY_TIME,
  REPEATED,
  readDue,
  readDurationIn,
  readWindow,
  refusedDuration,
} from '../model/durations.ts';
import type { Duration, DurationUnit } from '../model/primitives.schema.ts';
import { type Range, readPhrase } from '../model/sentences.ts';
import { Refused } from './problem.ts';
import { sentence } from './words.ts';

export const duration = (units: readonly DurationUnit[], least = 1) =>
  sentence((text) => readDurationIn(units, text, least));

export const duePhrase = sentence(readDue);

export const repeating = duration(REPEATED);

/** Where repeats begin or end: `4 weeks after procedure`, or `procedure` itself. */
export function readMoment(text: string): WrittenMoment | Refused {
  if (!/ (after|before) /.test(text)) return { by: { count: 0, unit: 'day' }, after: text };
  const phrase = readPhrase(text);
  if (phrase instanceof Refused) return phrase;
  if ('before' in phrase)
    return new Refused('CC1050', `nothing is counted back from \`${phrase.before}\` here`);
  const { from, to, after } = phrase;
  if (from) return new Refused('CC1022', `\`${text}\` is a window, and one moment is meant`);
  return refusedDuration(to, ANY_TIME, 0) ?? { by: to, after };
}

export const moment = sentence(readMoment);

export interface WrittenMoment {
  readonly by: Duration;
  /** As it is written. */
  readonly after: string;
}

export const window = sentence(readWindow);

/** The same, from a first day on where one is written. */
export const windowAfter = (anchor: string, units: readonly DurationUnit[]) =>
  sentence((text): Range | Refused => {
    const phrase = readPhrase(text);
    if (phrase instanceof Refused) return phrase;
    const counted = 'after' in phrase ? phrase.after : phrase.before;
    if (!('after' in phrase) || counted !== anchor) {
      return new Refused('CC1050', `\`${counted}\` is not counted from here`, `write \`D after ${anchor}\``);
    }
    const { from, to } = phrase;
    const refused = (from && refusedDuration(from, units, 0)) ?? refusedDuration(to, units, 0);
    return refused ?? (from ? { from, to } : { to });
  });

/** How long after one thing, which alone can be counted from here. */
export const durationAfter = (anchor: string, units: readonly DurationUnit[], least: number) =>
  sentence((text): Duration | Refused => {
    const phrase = readPhrase(text);
    if (phrase instanceof Refused) return phrase;
    const { from, to } = phrase;
    const counted = 'after' in phrase ? phrase.after : phrase.before;
    if (!('after' in phrase) || counted !== anchor) {
      return new Refused('CC1050', `\`${counted}\` is not counted from here`, `write \`D after ${anchor}\``);
    }
    if (from) return new Refused('CC1022', `\`${text}\` is a window, and one moment is meant`);
    return refusedDuration(to, units, least) ?? to;
  });
