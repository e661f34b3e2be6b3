import { z } from 'zod';
import { DATES } from '../model/durations.ts';
import type { FigureReference } from '../pathway/figures.schema.ts';
import { action } from './actions.ts';
import { onlyFor } from './choice.schema.ts';
import { Condition } from './condition.schema.ts';
import { Decision, ofRoles, placeName } from './decision.schema.ts';
import { duration } from './durations.ts';
import { Spacing } from './interval.schema.ts';
import { Refused } from './problem.ts';
import { MOST_SESSIONS, SessionList } from './session-list.schema.ts';
import { Work, work } from './task.schema.ts';
import { group, list, mark, name, nested, oneOf, refuse, text } from './words.ts';

const Consent = group({
  form: name(),
  by: text(),
  covers: oneOf(['one procedure', 'course']),
  lasts: duration(DATES),
  orGuardianBelow: duration(['month', 'year']).optional(),
});

/** The decision of a table at a stage's gate: what each of its answers leads to. */
const TableDecision = group(
  { by: group({ table: text() }, ['confirm']), outcomes: z.record(z.string(), action) },
  [...['decision', 'title', 'due', 'needs', 'noQuorum', 'ifUnknown', 'on', 'ladder']],
);

export type TableDecision = z.infer<typeof TableDecision>;

const Loose = z.looseObject({ by: z.unknown().optional(), decision: z.unknown().optional() });

/** By persons as anywhere else, where they are named; else by a table. */
const DecisionBefore = z.unknown().transform((written, context): TableDecision | Decision => {
  const { by, decision } = Loose.safeParse(written).data ?? {};
  const isTable = typeof by === 'object' && by !== null && Object.hasOwn(by, 'table');
  const isByPersons = !isTable && (by !== undefined || decision !== undefined);
  return nested<TableDecision | Decision>(isByPersons ? Decision : TableDecision, written, context);
});

const count = z.int().min(1).max(MOST_SESSIONS);

interface WrittenSessions {
  /** Of those that are listed, 1: they count themselves. */
  readonly count: number | FigureReference;
  readonly upTo: boolean;
  readonly list?: SessionList;
}

/** `4`, `up to 4`, or a figure in the place of the number; or one by one, where they differ. */
const sessions = z.unknown().transform((written, context): WrittenSessions => {
  if (Array.isArray(written)) return { count: 1, upTo: false, list: nested(SessionList, written, context) };
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
    title: text(200).optional(),
    onlyFor: onlyFor.optional(),
    /** Who may leave it out. */
    optional: ofRoles.optional(),
    procedure: text().optional(),
    in: areaRole.optional(),
    andIn: areaRole.optional(),
    anaesthesia: oneOf(['local', 'sedation', 'general']).optional(),
    /** Done by others: we hear of it. Elsewhere a stage has a title of its own, and consent. */
    elsewhere: mark.optional(),
    consent: Consent.optional(),
    sessions: sessions.optional(),
    spacing: Spacing.optional(),
    missed: oneOf(['wait', 'skip']).optional(),
    untilWhen: Condition.optional(),
    beforeEach: group({ ...work, decision: DecisionBefore.optional() }).optional(),
    afterEach: group({ ...work, decision: Decision.optional() }).optional(),
    prep: Work.optional(),
    closure: Work.optional(),
    recovery: Work.optional(),
    reassess: Decision.optional(),
    with: list(text()).optional(),
    say: text().optional(),
  },
  ['lasts', 'onlyWhen', 'price'],
);
export type Stage = z.infer<typeof Stage>;
