import { z } from 'zod';
import { LocalDate } from '../model/primitives.schema.ts';
import { Refused } from './problem.ts';
import { complete, DoneBefore, StatedFact, StatedFacts, timeOfDay } from './stated.schema.ts';
import { date, group, list, name, nested, oneOf, oneOrMore, sentence, text } from './words.ts';

/** What is known of the patient. A key that begins with this says what was observed first of all. */
const BASELINE = 'baseline ';

export interface Given {
  readonly facts: StatedFacts;
  /** By fact: its first observation, earlier than all others. */
  readonly baseline: StatedFacts;
  readonly done: readonly DoneBefore[];
  /** What was done to the patient before is known, and is what stands here. */
  readonly isHistoryComplete: boolean;
}

const Given = z.record(z.string(), z.unknown()).transform((written, context): Given => {
  const { done, history, ...others } = written;
  const read = (keys: (key: string) => boolean): [string, (typeof StatedFact)['_output']][] =>
    Object.keys(others)
      .filter(keys)
      .map((key) => [key, nested(StatedFact, others[key], context, [key])]);
  const isBaseline = (key: string): boolean => key.startsWith(BASELINE);
  return {
    facts: Object.fromEntries(read((key) => !isBaseline(key))),
    baseline: Object.fromEntries(read(isBaseline).map(([key, value]) => [key.slice(BASELINE.length), value])),
    done: done === undefined ? [] : nested(list(DoneBefore), done, context, ['done']),
    isHistoryComplete:
      history !== undefined && nested(complete, history, context, ['history']) === 'complete',
  };
});

const NOTHING: Given = { facts: StatedFacts.parse({}), baseline: {}, done: [], isHistoryComplete: false };

/** `2026-05-21 to 2026-06-04` */
const days = sentence((written): { from: string; to: string } | Refused => {
  const [from = '', to = from, ...more] = written.split(' to ');
  const areDays = [from, to].every((day) => LocalDate.safeParse(day).success);
  return areDays && more.length === 0
    ? { from, to }
    : new Refused('CC1029', `\`${written}\` is no window of days`, 'write `2026-05-21 to 2026-06-04`');
});

/** What a rule can say, whatever its kind. */
export const SAID = [
  'met',
  'unmet',
  'unknown',
  'not watching',
  'open',
  'too early',
  'too late',
  'none',
] as const;

const Case = group({
  of: text(80),
  name: text(200),
  today: date.optional(),
  time: timeOfDay.optional(),
  /** The sites that would be treated, and where tissue is taken from. */
  in: oneOrMore(text(80)).optional(),
  donor: text(80).optional(),
  /** What would be done; absent: the first procedure that the rule speaks of. */
  procedure: text(80).optional(),
  /** When the plan came to the stage; absent: on the day of the case. */
  stageSince: date.optional(),
  given: Given.default(NOTHING),
  answer: text(80).optional(),
  result: oneOf(SAID).optional(),
  missing: list(text(80)).optional(),
  earliest: date.optional(),
  recommended: days.optional(),
  latest: date.optional(),
});
export type Case = z.infer<typeof Case>;

/** What each rule of a rule set says of made-up patients. */
export const CasesFile = group({ casesFor: name(), zone: text().optional(), today: date, cases: list(Case) });
export type CasesFile = z.infer<typeof CasesFile>;
