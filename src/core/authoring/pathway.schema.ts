import { z } from 'zod';
import { goOrAsk } from './actions.ts';
import { areaChoice } from './area-choice.ts';
import { DATES, duePhrase, duration } from './durations.ts';
import { OwnInterval } from './interval.schema.ts';
import { notExecuted } from './problem.ts';
import { version } from './rule-words.ts';
import { group, item, list, name, oneOf, refuse, text } from './words.ts';

const Task = group(
  {
    task: name(),
    title: text(200),
    role: text(),
    due: duePhrase,
    records: list(text()).optional(),
    ladder: text().optional(),
    say: text().optional(),
  },
  ['every', 'from', 'until', 'needs', 'onlyWhen', 'onlyFor', 'handsTo', 'clears', 'outcome'],
);
export type Task = z.infer<typeof Task>;

const Consent = group(
  {
    form: name(),
    by: text(),
    covers: oneOf(['one procedure', 'course']),
    lasts: duration(DATES),
  },
  ['orGuardianBelow'],
);

/** Work that belongs to a phase. */
const Work = (later: readonly string[]) => group({ tasks: list(Task) }, later);

/** Who decides: of a table's name; a person, the patient or a board is not executed. */
const by = z
  .unknown()
  .superRefine((written, context) => {
    if (typeof written === 'string') refuse(context, notExecuted(written));
  })
  .pipe(item(group({ table: text() }, ['confirm']), ['board']));

/** The decision of a table before a stage: what each of its answers leads to. */
const TableDecision = group({ by, outcomes: z.record(z.string(), goOrAsk) }, [
  ...['decision', 'title', 'due', 'needs', 'noQuorum', 'ifUnknown', 'on', 'ladder'],
]);

/** A stage and a phase are told apart by their names. */
const PHASES = ['consultation', 'assessment', 'ready', 'procedure', 'closure', 'recovery', 'done'];
const ENDS = ['completed', 'cancelled'];

const LATER_IN_STAGES = [
  ...['sessions', 'spacing', 'missed', 'untilWhen', 'afterEach', 'lasts', 'prep', 'reassess'],
  ...['anaesthesia', 'with', 'onlyFor', 'onlyWhen', 'optional', 'price', 'elsewhere'],
];

const areaRole = oneOf(['treatment', 'donor']);

const Stage = group(
  {
    stage: name([...PHASES, ...ENDS, 'plan']),
    title: text(200),
    procedure: text(),
    in: areaRole.optional(),
    andIn: areaRole.optional(),
    consent: Consent,
    beforeEach: group({ decision: TableDecision }, ['tasks', 'packs']).optional(),
    closure: Work(['packs']).optional(),
    recovery: Work(['packs']).optional(),
    say: text().optional(),
  },
  LATER_IN_STAGES,
);
export type Stage = z.infer<typeof Stage>;

export const PathwayFile = group(
  {
    pathway: name(),
    version,
    title: text(200),
    uses: list(text()),
    team: list(text()),
    areas: group({ treatment: areaChoice, donor: areaChoice.optional() }).optional(),
    consultation: Work(['decisions']),
    assessment: Work(['decisions']).optional(),
    course: list(item(Stage, ['decision', 'maintenance'])),
    intervals: list(OwnInterval).optional(),
  },
  ['choices', 'figures', 'decisions', 'alongside', 'goals', 'charges', 'exits'],
);
export type PathwayFile = z.infer<typeof PathwayFile>;
