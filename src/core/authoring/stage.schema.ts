import { z } from 'zod';
import { action } from './actions.ts';
import { onlyFor } from './choice.schema.ts';
import { Condition } from './condition.schema.ts';
import { Decision, ofRoles, placeName } from './decision.schema.ts';
import { DATES, duration } from './durations.ts';
import { Spacing } from './interval.schema.ts';
import { notExecuted, Refused } from './problem.ts';
import { Work, work } from './task.schema.ts';
import { group, item, name, nested, oneOf, refuse, text } from './words.ts';

const Consent = group({
  form: name(),
  by: text(),
  covers: oneOf(['one procedure', 'course']),
  lasts: duration(DATES),
  orGuardianBelow: duration(['month', 'year']).optional(),
});

/** Who decides: of a table's name; a person, the patient or a board is not executed before a session. */
const byTable = z
  .unknown()
  .superRefine((written, context) => {
    if (typeof written === 'string') refuse(context, notExecuted(written));
  })
  .pipe(item(group({ table: text() }, ['confirm']), ['board']));

/** The decision of a table at a stage's gate: what each of its answers leads to. */
const TableDecision = group({ by: byTable, outcomes: z.record(z.string(), action) }, [
  ...['decision', 'title', 'due', 'needs', 'noQuorum', 'ifUnknown', 'on', 'ladder'],
]);

const MOST_SESSIONS = 100;
const count = z.int().min(1).max(MOST_SESSIONS);

/** `4`, or `up to 4`. */
const sessions = z
  .unknown()
  .transform((written, context): { readonly count: number; readonly upTo: boolean } => {
    if (Array.isArray(written)) return refuse(context, notExecuted('sessions, one by one'));
    if (typeof written !== 'string') return { count: nested(count, written, context), upTo: false };
    const text = written.trim().replace(/\s+/g, ' ');
    const [, most] = /^up to ([1-9]\d{0,4})$/.exec(text) ?? [];
    if (most !== undefined) return { count: nested(count, Number(most), context), upTo: true };
    const refused = /^(?:up to )?the \S+$/.test(text)
      ? notExecuted(text)
      : new Refused('CC1014', `\`${text}\` is no number of sessions`, 'write `4`, or `up to 4`');
    return refuse(context, refused);
  });

const areaRole = oneOf(['treatment', 'donor']);

export const Stage = group(
  {
    stage: placeName,
    title: text(200),
    onlyFor: onlyFor.optional(),
    /** Who may leave it out. */
    optional: ofRoles.optional(),
    procedure: text(),
    in: areaRole.optional(),
    andIn: areaRole.optional(),
    anaesthesia: oneOf(['local', 'sedation', 'general']).optional(),
    consent: Consent,
    sessions: sessions.optional(),
    spacing: Spacing.optional(),
    missed: oneOf(['wait', 'skip']).optional(),
    untilWhen: Condition.optional(),
    beforeEach: group({ ...work, decision: TableDecision.optional() }).optional(),
    afterEach: Work.optional(),
    prep: Work.optional(),
    closure: Work.optional(),
    recovery: Work.optional(),
    reassess: Decision.optional(),
    say: text().optional(),
  },
  ['lasts', 'with', 'onlyWhen', 'price', 'elsewhere'],
);
export type Stage = z.infer<typeof Stage>;
