import type { z } from 'zod';
import { ANY_TIME, DATES } from '../model/durations.ts';
import { Condition } from './condition.schema.ts';
import { durationAfter, windowAfter } from './durations.ts';
import { titled } from './rule-words.ts';
import { group, list, name, text } from './words.ts';

const ONCE = 'an alert calls once, and again when it is newly met: what comes round stands in a pathway';
const BESIDE = 'put it into a task of the pathway, or ask a decision `on` this alert';

/** What of a task says nothing of a call. */
const OF_A_PATHWAY = {
  ...{ every: ONCE, from: ONCE, until: ONCE },
  ...{ needs: BESIDE, handsTo: BESIDE, clears: BESIDE },
  onlyFor: 'a rule set knows no choice of a pathway: write `onlyWhen`, of facts',
  say: 'what the patient is told is the `say` of the alert itself',
};

const Call = group(
  {
    task: name(),
    title: text(200),
    role: text(),
    due: windowAfter('alert', ANY_TIME),
    onlyWhen: Condition.optional(),
    ladder: text().optional(),
    records: list(text()).optional(),
  },
  ['outcome'],
  OF_A_PATHWAY,
);

/** Says now: it calls somebody, and holds nothing. */
export const Alert = group({
  alert: name(),
  ...titled,
  when: Condition,
  of: list(text()).optional(),
  within: durationAfter('last session', DATES, 1).optional(),
  do: list(Call),
  say: text().optional(),
});
export type Alert = z.infer<typeof Alert>;
