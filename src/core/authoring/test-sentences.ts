import { DATES, readDurationIn } from '../model/durations.ts';
import type { Duration } from '../model/primitives.schema.ts';
import { readNumber } from '../model/sentences.ts';
import { notExecuted, Refused } from './problem.ts';

/** What one sentence asks of one fact, before it is known what kind of fact that is. */
export type Test =
  | { readonly asks: 'number'; readonly bounds: readonly Bound[]; readonly unit: string | undefined }
  | { readonly asks: 'date'; readonly operator: DateOperator; readonly duration: Duration }
  /** What follows `is`. */
  | { readonly asks: 'word'; readonly words: string }
  /** Any of these, in an area where one is named. */
  | { readonly asks: 'inclusion'; readonly words: readonly string[]; readonly area: string | undefined };

export interface Bound {
  readonly operator: 'lessThan' | 'lessThanInclusive' | 'greaterThan' | 'greaterThanInclusive';
  readonly value: number;
}

type DateOperator = 'withinTheLast' | 'atLeastAgo' | 'atLeastAgoOrNever';

const FORMS =
  'below|at most|at least|above X unit, X to below Y unit, above X to Y unit, ' +
  'is [not] [one of] …, within the last D, at least D ago [or never], includes C [or C] [in AREA]';

/** Reads a test. Forms are tried in this order: `at least 3 days ago` is no number in days. */
export function readTest(text: string): Test | Refused {
  const inclusion = readInclusion(text);
  if (inclusion) return inclusion;
  if (/(?:^| )the \S+$/.test(text)) return notExecuted(text);
  return (
    readDateTest(text) ??
    readNumberTest(text) ??
    readWordTest(text) ??
    new Refused('CC1023', `\`${text}\` is not a test`, `write one of: ${FORMS}`)
  );
}

function readDateTest(text: string): Test | Refused | undefined {
  const [, last] = /^within the last (.+)$/.exec(text) ?? [];
  const [, ago, orNever] = /^at least (.+) ago( or never)?$/.exec(text) ?? [];
  const written = last ?? ago;
  if (written === undefined) return undefined;
  const duration = readDurationIn(DATES, written);
  if (duration instanceof Refused) return duration;
  const operator = last !== undefined ? 'withinTheLast' : orNever ? 'atLeastAgoOrNever' : 'atLeastAgo';
  return { asks: 'date', operator, duration };
}

const OPERATORS = {
  below: 'lessThan',
  'at most': 'lessThanInclusive',
  'at least': 'greaterThanInclusive',
  above: 'greaterThan',
} as const;

function readNumberTest(text: string): Test | Refused | undefined {
  const between = /^(?:(\S+) to below|above (\S+) to) (\S+)(?: (\S+))?$/.exec(text);
  if (between) {
    const [, from, above, to = '', unit] = between;
    const low = from === undefined ? OPERATORS.above : OPERATORS['at least'];
    const high = from === undefined ? OPERATORS['at most'] : OPERATORS.below;
    return bounded(
      [
        [low, from ?? above ?? ''],
        [high, to],
      ],
      unit,
    );
  }
  const [, how, than, unit] = /^(below|at most|at least|above) (\S+)(?: (\S+))?$/.exec(text) ?? [];
  for (const [word, operator] of Object.entries(OPERATORS)) {
    if (word === how && than !== undefined) return bounded([[operator, than]], unit);
  }
  return undefined;
}

type Written = readonly [operator: Bound['operator'], number: string];

function bounded(written: readonly Written[], unit: string | undefined): Test | Refused {
  const bounds: Bound[] = [];
  for (const [operator, number] of written) {
    const value = readNumber(number);
    if (value instanceof Refused) return value;
    bounds.push({ operator, value });
  }
  const [low, high] = bounds;
  if (low && high && low.value >= high.value) {
    return new Refused('CC1023', `${low.value} to ${high.value} does not go from less to more`);
  }
  return { asks: 'number', bounds, unit };
}

function readWordTest(text: string): Test | undefined {
  const [, words] = /^is (.+)$/.exec(text) ?? [];
  return words === undefined ? undefined : { asks: 'word', words };
}

/** `includes infection, eczema or herpes in treatment`: any one of them is enough. */
function readInclusion(text: string): Test | Refused | undefined {
  const [, written, area] = /^includes (.+?)(?: in (.+))?$/.exec(text) ?? [];
  if (written === undefined) return undefined;
  const words = readAlternatives(written);
  if (words.includes('')) return new Refused('CC1023', `\`${text}\` is not a test: a word is missing`);
  const repeated = words.find((word, index) => words.indexOf(word) < index);
  if (repeated !== undefined) return new Refused('CC1047', `\`${repeated}\` stands there twice`);
  return { asks: 'inclusion', words, area };
}

/** `a, b or c` */
const readAlternatives = (written: string): string[] =>
  written.split(/,(?: or )?| or /).map((word) => word.trim());
