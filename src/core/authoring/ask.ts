import { DATES, readDurationIn } from '../model/durations.ts';
import type { LoweredLeaf } from '../pathway/facts.schema.ts';
import { askNumber } from './ask-number.ts';
import { type Asked, askCode, askYesOrNo } from './ask-word.ts';
import type { Askable } from './askable.ts';
import { didYouMean } from './nearest.ts';
import { Refused } from './problem.ts';
import type { Test } from './test-sentences.ts';

/** The questions that json-rules-engine is to ask, of which all or any have to be answered yes. */
export interface Questions {
  readonly joined: 'all' | 'any';
  readonly asked: readonly Asked[];
}

/** Puts a test to a fact of a kind, or says why that kind cannot be asked so. */
export function askOf(test: Test, { is, alsoIn }: Askable): Questions | Refused {
  if (test.asks === 'inclusion' && (is.kind === 'findings' || is.kind === 'list')) {
    return askInclusion(test.words, is.kind === 'findings' ? is.codes : is.words);
  }
  const asked = askAll(test, { is, alsoIn });
  return asked instanceof Refused ? asked : { joined: 'all', asked };
}

function askAll(test: Test, { is, alsoIn }: Pick<Askable, 'is' | 'alsoIn'>): readonly Asked[] | Refused {
  if (test.asks === 'number' && (is.kind === 'number' || is.kind === 'grade')) {
    return askNumber(test, { kind: is, alsoIn });
  }
  if (test.asks === 'number' && is.kind === 'time since') return askTimeSince(test);
  if (test.asks === 'word' && is.kind === 'code') return askCode(test.words, is.codes);
  if (test.asks === 'word' && is.kind === 'yes or no') return askYesOrNo(test.words);
  if (test.asks === 'date' && (is.kind === 'date' || is.kind === 'date or never')) {
    return askDate(test, is.kind);
  }
  return new Refused(
    'CC1060',
    is.kind === 'time since'
      ? 'a time since a date is not tested so'
      : `a fact of the kind \`${is.kind}\` is not tested so`,
    `write ${FORMS[is.kind]}`,
  );
}

const FORMS: Readonly<Record<Askable['is']['kind'], string>> = {
  number: 'below, at most, at least or above, or X to below Y',
  grade: 'below, at most, at least or above, or X to below Y',
  code: 'is [not], or is [not] one of',
  'yes or no': 'is yes or is no',
  findings: 'includes C [or C] [in AREA]',
  list: 'includes C [or C]',
  date: 'within the last D, or at least D ago',
  'date or never': 'within the last D, or at least D ago [or never]',
  'time since': 'at least, below, or X to below Y, in years, months, weeks or days',
};

function askDate(
  { operator, duration }: Extract<Test, { asks: 'date' }>,
  kind: 'date' | 'date or never',
): readonly Asked[] | Refused {
  return operator === 'atLeastAgoOrNever' && kind === 'date'
    ? new Refused('CC1060', 'this fact is always a date, never `never`', 'leave out `or never`')
    : [{ operator, value: duration }];
}

/**
 * `at least 18 years` asks whether the date is at least 18 years ago, `below 45 years` whether it lies within the last
 * 45. `above` and `at most` would be asked of a time of day, which no date has.
 */
function askTimeSince({ bounds, unit }: Extract<Test, { asks: 'number' }>): readonly Asked[] | Refused {
  const asked: Asked[] = [];
  for (const { operator, value } of bounds) {
    const dated = DATED[operator];
    if (dated === undefined) {
      return new Refused(
        'CC1060',
        'a time since a date is counted in whole days: it is `at least`, or `below`',
        'write `at least X`, `below X`, or `X to below Y`',
      );
    }
    const duration = readDurationIn(DATES, unit === undefined ? `${value}` : `${value} ${unit}`);
    if (duration instanceof Refused) return duration;
    asked.push({ operator: dated, value: duration });
  }
  return asked;
}

const DATED: Readonly<Partial<Record<string, LoweredLeaf['operator']>>> = {
  greaterThanInclusive: 'atLeastAgo',
  lessThan: 'withinTheLast',
};

/** @param codes - all that there can be; undefined: any word */
function askInclusion(words: readonly string[], codes: readonly string[] | undefined): Questions | Refused {
  const unknown = codes && words.find((word) => !codes.includes(word));
  if (codes && unknown !== undefined) {
    return new Refused('CC1062', `\`${unknown}\` is no finding of this fact`, didYouMean(unknown, codes));
  }
  return { joined: 'any', asked: words.map((value) => ({ operator: 'contains', value })) };
}
