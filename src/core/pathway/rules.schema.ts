import { z } from 'zod';
import { Duration, Name } from '../model/primitives.schema.ts';
import { Action } from './decisions.schema.ts';
import { ExitName } from './exit-name.schema.ts';
import { LoweredCondition } from './facts.schema.ts';
import { Length } from './figures.schema.ts';

export { ExitName } from './exit-name.schema.ts';

/** What every rule carries: its name is unique among all rules that a pathway uses, of whatever kind. */
const header = {
  rule: Name,
  /** The rule set that it stands in; an interval between a pathway's own stages bears the pathway's name. */
  ruleSet: Name,
  version: z.string(),
  title: z.string(),
  source: z.string(),
};

/** Who may set a relative rule aside, for how long and for what. */
export const OverrideTerms = z.strictObject({
  by: z.array(Name).min(1),
  /** Another person, of this role, signs as well before the override lives. */
  second: Name.optional(),
  lasts: Duration,
  /** `one gate`: spent when a gate opens on it. `stage`: for every gate of the stage, while it lasts. */
  covers: z.enum(['one gate', 'stage']),
  /** It may be granted while the rule is unknown, too. */
  coversUnknown: z.boolean(),
  reasons: z.array(Name).min(1),
});
export type OverrideTerms = z.infer<typeof OverrideTerms>;

/** Says no. Clear only when it is known to be unmet. */
export const Contraindication = z.strictObject({
  ...header,
  when: LoweredCondition,
  /** Traits, procedures or home care; empty means all. */
  of: z.array(Name),
  /** The gates that it keeps closed; and whether home care stops that `of` names. */
  stops: z.array(z.enum(['prep', 'procedure', 'care'])).min(1),
  strength: z.enum(['absolute', 'relative']),
  response: ExitName,
  /**
   * By facts: when it is unmet. By signature: once it was met, only when somebody of that role signs; while it is
   * unknown nobody can, and while it is met only if it is relative. A signature is void once a fact that it cites
   * changes.
   */
  clears: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('facts') }),
    z.strictObject({ by: z.literal('signature'), of: Name }),
  ]),
  override: OverrideTerms.optional(),
  ifUnknown: z.enum(['hold', 'accept']),
  tell: z.array(Name),
  say: z.string().optional(),
  because: z.string(),
});
export type Contraindication = z.infer<typeof Contraindication>;

/** Says whether: every gate of the pathway needs it met. */
export const Eligibility = z.strictObject({ ...header, when: LoweredCondition, otherwise: ExitName });
export type Eligibility = z.infer<typeof Eligibility>;

/** Says which: the first answer with a met row, unless a row of an earlier answer is unknown. */
export const Table = z.strictObject({
  ...header,
  /** Most cautious first. */
  answers: z.array(Name).min(2),
  rows: z.array(z.strictObject({ when: LoweredCondition, answer: Name })).min(1),
  override: OverrideTerms.optional(),
});
export type Table = z.infer<typeof Table>;

/** Where an interval is counted from, always as a date in the clinic's zone. */
export const IntervalAnchor = z.discriminatedUnion('kind', [
  /** The first or last day of a performed procedure; `of` is a procedure or a trait. */
  z.strictObject({ kind: z.literal('procedure'), edge: z.enum(['start', 'end']), of: Name }),
  /** The same of one stage of this pathway. */
  z.strictObject({ kind: z.literal('stage'), edge: z.enum(['start', 'end']), stage: Name }),
  /** The date that a date fact holds; `never` anchors nothing. */
  z.strictObject({ kind: z.literal('fact'), fact: Name }),
]);
export type IntervalAnchor = z.infer<typeof IntervalAnchor>;

/** Says when. All its durations are counted in dates from its anchor; here, each is known. */
export const Interval = z.strictObject({
  ...header,
  from: IntervalAnchor,
  /** Stages whose procedure, trait or name this is start no earlier. */
  to: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('procedure'), of: Name }),
    z.strictObject({ kind: z.literal('stage'), stage: Name }),
  ]),
  /** `same`: only what was done in the same area as the stage, each of its sites by itself. */
  area: z.enum(['same', 'any']),
  counts: z.enum(['last', 'first', 'every']),
  minimum: Duration,
  recommended: z.strictObject({ from: Duration, to: Duration }).optional(),
  /**
   * The last day, inclusive; from the next the gate is closed until `ifLate` is answered: by somebody who is asked, by a
   * decision, or by what the rule itself says is done then.
   */
  latest: Duration.optional(),
  ifLate: z.union([z.strictObject({ ask: Name }), z.strictObject({ decide: Name }), Action]).optional(),
  /** Excuses a report that came so much before the minimum; never a request. */
  grace: Duration.optional(),
  ifEarly: z.enum(['counts', 'does not count']),
  /** Both on one day are fine. */
  sameDay: z.boolean(),
  /** It counts from what was performed in any plan of the patient. */
  otherPlans: z.literal(true).optional(),
  /** Applies unless this is known to be unmet. */
  onlyWhen: LoweredCondition.optional(),
});
export type Interval = z.infer<typeof Interval>;

/** An interval as it is compiled: what its figures say is known of a plan alone. */
export const IntervalRule = Interval.extend({
  minimum: Length,
  recommended: z.strictObject({ from: Length, to: Length }).optional(),
  latest: Length.optional(),
});
export type IntervalRule = z.infer<typeof IntervalRule>;

/** Calls someone, and holds nothing. */
export const Alert = z.strictObject({
  ...header,
  when: LoweredCondition,
  /** Traits or procedures that it watches; empty means the plan as a whole. */
  of: z.array(Name),
  /** Watches from each such procedure until so long after the last; absent: as long as the plan runs. */
  within: Duration.optional(),
  do: z
    .array(
      z.strictObject({
        task: Name,
        title: z.string(),
        role: Name,
        /** Counted from the alert: the last day, and the first on which it may be done. */
        due: Duration,
        from: Duration.optional(),
        /** Asked as the alert is raised: made unless this is known to be unmet. */
        onlyWhen: LoweredCondition.optional(),
        ladder: Name,
        records: z.array(Name),
      }),
    )
    .min(1),
  /** A decision that it asks beside its tasks. */
  decide: Name.optional(),
  say: z.string().optional(),
});
export type Alert = z.infer<typeof Alert>;
