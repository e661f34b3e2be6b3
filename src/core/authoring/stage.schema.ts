import { z } from 'zod';
import type { FigureReference } from '../pathway/figures.schema.ts';
import { action } from './actions.ts';
import { onlyFor } from './choice.schema.ts';
import { Condition } from './condition.schema.ts';
import { Decision, ofRoles, placeName } from './decision.schema.ts';
import { DATES, duration } from './durations.ts';
import { Spacing } from './interval.schema.ts';
import { notExecuted, Refused } from './problem.ts';
import { Work, work } from './task.schema.ts';
import { group, item, list, name, nested, oneOf, refuse, text } from './words.ts';

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

export const MOST_SESSIONS = 100;
const count = z.int().min(1).max(MOST_SESSIONS);

interface WrittenSessions {
  readonly count: number | FigureReference;
  readonly upTo: boolean;
}

/** `4`, `up to 4`, or a figure in the place of the number. */
const sessions = z.unknown().transform((written, context): WrittenSessions => {
  if (Array.isArray(written)) return refuse(context, notExecuted('sessions, one by one'));
  if (typeof written !== 'string') return { count: nested(count, written, context), upTo: false };
  const text = written.trim().replace(/\s+/g, ' ');
  const [, most] = /^up to ([1-9]\d{0,4})$/.exec(text) ?? [];
  if (most !== undefined) return { count: nested(count, Number(most), context), upTo: true };
  const [, upTo, figure] = /^(up to )?the (\S+)$/.exec(text) ?? [];
  if (figure !== undefined) return { count: { figure }, upTo: upTo !== undefined };
  const says = `\`${text}\` is no number of sessions`;
  return refuse(context, new Refused('CC1014', says, 'write `4`, `up to 4`, or `the` and a figure'));
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
    with: list(text()).optional(),
    say: text().optional(),
  },
  ['lasts', 'onlyWhen', 'price', 'elsewhere'],
);
export type Stage = z.infer<typeof Stage>;
