import { z } from 'zod';
import { GoalPriority } from '../model/event.schema.ts';
import { expectation } from './expectation-sentences.ts';
import { Refused } from './problem.ts';
import { bareValue, DoneBefore, StatedFacts, timeOfDay } from './stated.schema.ts';
import { date, group, list, mark, name, nested, oneOf, oneOrMore, sentence, text } from './words.ts';

const site = text(80);
const figure = z.union([z.number(), z.string()]);

/** A stage, and of a series the number of its session: `ac 2`. */
export interface Session {
  readonly stage: string;
  readonly number?: number;
}

const session = sentence((written): Session | Refused => {
  const [, stage, number] = /^([A-Za-z][A-Za-z0-9-]*)(?: ([1-9]\d?))?$/.exec(written) ?? [];
  if (stage === undefined)
    return new Refused('CC1014', `\`${written}\` cannot stand here`, 'write a stage, or `ac 2`');
  return number === undefined ? { stage } : { stage, number: Number(number) };
});

const asked = sentence((written): (Session & { readonly of: 'prep' | 'procedure' }) | Refused => {
  const [, word, stage = '', number] =
    /^(start|prep) ([A-Za-z][A-Za-z0-9-]*)(?: ([1-9]\d?))?$/.exec(written) ?? [];
  if (word === undefined)
    return new Refused(
      'CC1014',
      `\`${written}\` cannot stand here`,
      'write `start ac 2`, or `prep exchange`',
    );
  const of = word === 'prep' ? 'prep' : 'procedure';
  return number === undefined ? { of, stage } : { of, stage, number: Number(number) };
});

/** What was told of a fact on a day; `{ on, in }` where the fact is known by area. */
const toldOn = z
  .unknown()
  .transform((written, context): { on: string; in?: string | undefined } =>
    typeof written === 'string'
      ? { on: nested(date, written, context) }
      : nested(group({ on: date, in: site.optional() }), written, context),
  );

const Correction = group({ value: bareValue, on: date, in: site.optional() });

/** What can be done in a step, by the key that says it. */
const verbs = {
  fact: StatedFacts.optional(),
  facts: StatedFacts.optional(),
  done: oneOrMore(text(200)).optional(),
  signed: name().optional(),
  unsigned: name().optional(),
  decided: z.record(z.string(), text(80)).optional(),
  book: session.optional(),
  cancelled: name().optional(),
  missed: session.optional(),
  ask: asked.optional(),
  performed: session.optional(),
  notPerformed: name().optional(),
  takenBack: name().optional(),
  correct: z.record(z.string(), Correction).optional(),
  withdraw: z.record(z.string(), toldOn).optional(),
  history: oneOf(['complete']).optional(),
  past: list(DoneBefore).optional(),
  /** All that other plans of the patient have performed by then. */
  otherPlans: list(DoneBefore).optional(),
  leave: oneOf(['further-evaluation', 'conservative', 'referral', 'postponement', 'declined']).optional(),
  return: mark.optional(),
  end: text().optional(),
  /** How much of a home care was done, on the day; from `on` to `until`, where it was more. */
  adherence: z.record(z.string(), oneOf(['all', 'most', 'some', 'none'])).optional(),
  /** A charge, by what the plan calls it: `2026-04`. */
  paid: text(200).optional(),
  paymentFailed: text(200).optional(),
  /** How the patient pays. */
  pays: text(120).optional(),
  override: name().optional(),
  release: name().optional(),
  /** What the patient says of a goal. */
  barrier: z.record(z.string(), text(500)).optional(),
  priority: z.record(z.string(), oneOf(GoalPriority.options)).optional(),
};

export const VERBS: readonly string[] = Object.keys(verbs);

/** What stands beside it. */
const beside = {
  /** Who says or does it, by role; of a decision, each of those who vote. */
  by: oneOrMore(name()).optional(),
  /** The day that is booked. */
  for: date.optional(),
  /** The day on which it was done, where that is another than the step's. */
  on: date.optional(),
  /** The last day of what took several. */
  until: date.optional(),
  in: site.optional(),
  why: text().optional(),
  /** Shown to who follows the story as it is played. */
  say: text().optional(),
  /** Of an override: its stage, one of the reasons that the rule gives, the answer that counts, who signs as well. */
  of: name().optional(),
  reason: name().optional(),
  answer: name().optional(),
  second: name().optional(),
  /** Of what is done: where what it left behind lies. */
  references: oneOrMore(text(500)).optional(),
};

const Step = group({
  day: date,
  time: timeOfDay.optional(),
  ...verbs,
  ...beside,
  expect: oneOrMore(expectation).optional(),
  /** Of a refusal: every reason, and what would clear it. */
  because: oneOrMore(text(200)).optional(),
  clears: oneOrMore(text(200)).optional(),
});
export type ScenarioStep = z.infer<typeof Step>;

const SetFigure = z
  .unknown()
  .transform((written, context) =>
    typeof written === 'object' && written !== null
      ? nested(group({ value: figure, because: text().optional() }), written, context)
      : nested(figure, written, context),
  );

const Start = group({
  day: date,
  time: timeOfDay.optional(),
  /** Who starts it; absent: the coordinator. */
  by: name().optional(),
  /** How the patient pays: a made-up reference. */
  pays: text(120).optional(),
  /** Figures that are set otherwise for this patient. */
  figures: z.record(z.string(), SetFigure).optional(),
  areas: group({
    treatment: oneOrMore(site).optional(),
    donor: oneOrMore(site).optional(),
  }).optional(),
});

/** One made-up patient on a pathway, day by day. */
export const ScenarioFile = group({
  scenario: text(200),
  of: name(),
  zone: text().optional(),
  start: Start,
  steps: list(Step),
});
export type ScenarioFile = z.infer<typeof ScenarioFile>;
