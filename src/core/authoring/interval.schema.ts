import type { z } from 'zod';
import { DATES } from '../model/durations.ts';
import { askOrDecideWhenLate, askWhenLate } from './actions.ts';
import { Condition } from './condition.schema.ts';
import { duration, window } from './durations.ts';
import { orFigure, withoutFigure } from './figure-words.ts';
import { notExecuted, Refused } from './problem.ts';
import { titled } from './rule-words.ts';
import { group, mark, name, oneOf, sentence, text } from './words.ts';

/** What an interval counts from: an edge of what bears a name, or the date that a fact holds. */
export type WrittenAnchor =
  | { readonly edge: 'start' | 'end'; readonly of: string }
  | { readonly fact: string };

const ANCHORS = 'write `start of X` or `end of X`, or the name of a date fact';

const from = sentence((written): WrittenAnchor | Refused => {
  const [, edge, of] = /^(start|end) of (\S+)$/.exec(written) ?? [];
  if (of !== undefined) return { edge: edge === 'start' ? 'start' : 'end', of };
  return /^\S+$/.test(written)
    ? { fact: written }
    : new Refused('CC1033', `nothing is counted from \`${written}\``, ANCHORS);
});

const to = sentence((written): string | Refused => {
  const [, edge, of] = /^(start|end) of (\S+)$/.exec(written) ?? [];
  if (of === undefined) {
    return new Refused('CC1033', `\`${written}\` is not what an interval leads to`, 'write `start of X`');
  }
  return edge === 'start' ? of : notExecuted(written);
});

const minimum = duration(DATES, 0);
const latest = duration(DATES);

/** In a rule set. */
const fixed = {
  minimum: withoutFigure(minimum),
  recommended: withoutFigure(window).optional(),
  latest: withoutFigure(latest).optional(),
};

/** Of a pathway, whose figures may say them. */
const lengths = {
  minimum: orFigure(minimum),
  recommended: orFigure(window).optional(),
  latest: orFigure(latest).optional(),
};

const terms = {
  grace: duration(DATES).optional(),
  ifEarly: oneOf(['counts', 'does not count']).optional(),
  sameDay: oneOf(['allowed', 'not allowed']).optional(),
  onlyWhen: Condition.optional(),
};

const timing = {
  interval: name(),
  from,
  to,
  area: oneOf(['same', 'any']).optional(),
  counts: oneOf(['last', 'first', 'every']).optional(),
  /** From what was performed in any plan of the patient. */
  otherPlans: mark.optional(),
  ...terms,
};

/** Says when. */
export const Interval = group({ ...timing, ...fixed, ifLate: askWhenLate.optional(), ...titled });
export type Interval = z.infer<typeof Interval>;

/** Between the stages of one pathway; it may go without a title and a source of its own. */
export const OwnInterval = group({
  ...timing,
  ...lengths,
  ifLate: askOrDecideWhenLate.optional(),
  title: text(200).optional(),
  source: text().optional(),
});
export type OwnInterval = z.infer<typeof OwnInterval>;

/** From one session of a stage to its next. */
export const Spacing = group({
  from: oneOf(['start', 'end']),
  ...lengths,
  ...terms,
  ifLate: askOrDecideWhenLate.optional(),
  source: text().optional(),
});
export type Spacing = z.infer<typeof Spacing>;
