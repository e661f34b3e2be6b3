import { Refused } from '../model/refused.ts';
import { Anchor, type TaskDefinition } from './work.schema.ts';

/** What lies behind a plan where some work or a decision stands, and what that work may speak of. */
export interface Standing {
  readonly anchors: readonly Anchor[];
  /** What a row of repeats may end after, where that is more: what it begins with may not move. */
  readonly ends?: readonly Anchor[];
  readonly isOfStage: boolean;
  /** Of a stage's own work, that it comes before each procedure. */
  readonly isBeforeBooking: boolean;
}

const standing = (
  anchors: readonly Anchor[],
  { isOfStage = false, isBeforeBooking = false, ends = anchors }: Partial<Standing> = {},
): Standing => ({ anchors, ends, isOfStage, isBeforeBooking });

const OF_STAGE = { isOfStage: true };
const BEFORE_BOOKING = { isOfStage: true, isBeforeBooking: true };

const OF_CONSULTATION: readonly Anchor[] = ['plan start', 'consultation'];
const OF_ASSESSMENT: readonly Anchor[] = [...OF_CONSULTATION, 'assessment'];
const OF_COURSE: readonly Anchor[] = [...OF_ASSESSMENT, 'course'];
const OF_SESSIONS: readonly Anchor[] = ['procedure', 'session', 'first session', 'last session'];

export const STANDINGS = {
  consultation: standing(OF_CONSULTATION),
  assessment: standing(OF_ASSESSMENT),
  /** Prep, and work before each session. */
  beforeProcedure: standing([...OF_COURSE, 'stage'], BEFORE_BOOKING),
  afterProcedure: standing([...OF_COURSE, 'stage', ...OF_SESSIONS], OF_STAGE),
  /** After the last stage before it, whatever was left out: the sessions are those of the whole plan. */
  maintenance: standing([...OF_COURSE, 'stage', ...OF_SESSIONS]),
  firstMaintenance: standing([...OF_COURSE, 'stage']),
  alongside: standing([...OF_COURSE, 'first session'], { ends: [...OF_COURSE, ...OF_SESSIONS] }),
  review: standing([...OF_COURSE, 'asked']),
  exit: standing([...OF_CONSULTATION, 'exit']),
  /** A list that may be used anywhere. */
  pack: standing(
    Anchor.options.filter((anchor) => anchor !== 'asked' && anchor !== 'exit'),
    BEFORE_BOOKING,
  ),
  /** Whatever is reached by name may be asked before the assessment begins. */
  namedDecision: standing([...OF_CONSULTATION, 'asked']),
  firstDecision: standing([...OF_COURSE, 'asked']),
  /** After a stage, the sessions are those of the whole plan. */
  laterDecision: standing([...OF_COURSE, ...OF_SESSIONS, 'asked']),
} as const;

export const askedIn = ({ anchors }: Standing): Standing => standing([...anchors, 'asked']);

/** Why something is not counted from this anchor where it stands. */
export function refusedAnchor(
  due: { readonly after: Anchor },
  { anchors }: Pick<Standing, 'anchors'>,
): Refused | undefined {
  const { after } = due;
  if (anchors.includes(after)) return undefined;
  return new Refused('CC1051', `\`${after}\` lies ahead of this`, `known here: ${anchors.join(', ')}`);
}

/** What of a task does not fit where it stands, each with the key that says it. */
export function misfitsOf(
  task: Pick<TaskDefinition, 'when' | 'clears'>,
  where: Standing,
): { key: string; refused: Refused }[] {
  const { when, clears } = task;
  const misfits: { key: string; refused: Refused }[] = [];
  const add = (key: string, refused: Refused | undefined): void => {
    if (refused) misfits.push({ key, refused });
  };
  if (!('due' in when)) {
    add('from', when.from && refusedAnchor(when.from, where));
    const { ends = where.anchors } = where;
    add('until', when.until && refusedAnchor(when.until, { anchors: ends }));
  } else add('due', 'before' in when.due ? refusedBooking(where) : refusedAnchor(when.due, where));
  if (clears && !where.isBeforeBooking) add('clears', CLEARS_TOO_LATE);
  return misfits;
}

const refusedBooking = ({ isBeforeBooking }: Standing): Refused | undefined =>
  isBeforeBooking ? undefined : NO_BOOKING;

export const NO_BOOKING = new Refused(
  'CC1050',
  'no booking lies ahead of this',
  'count before a booking in `prep` and `beforeEach`, elsewhere after something',
);

const CLEARS_TOO_LATE = new Refused(
  'CC1069',
  'anaesthesia is cleared before the procedure',
  'put the clearance into `prep` or `beforeEach`',
);
