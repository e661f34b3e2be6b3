import type { z } from 'zod';
import { DATES, duePhrase, duration } from './durations.ts';
import { version } from './rule-set.schema.ts';
import { group, item, list, name, oneOf, text } from './words.ts';

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
    covers: oneOf(['one procedure'], ['course']),
    lasts: duration(DATES),
  },
  ['orGuardianBelow'],
);

/** Work that belongs to a phase. */
const Work = (later: readonly string[]) => group({ tasks: list(Task) }, later);

/** A stage and a phase are told apart by their names. */
const PHASES = ['consultation', 'assessment', 'ready', 'procedure', 'closure', 'recovery', 'done'];
const ENDS = ['completed', 'cancelled'];

const LATER_IN_STAGES = [
  ...['sessions', 'spacing', 'missed', 'untilWhen', 'beforeEach', 'afterEach', 'lasts', 'prep', 'reassess'],
  ...['in', 'andIn', 'anaesthesia', 'with', 'onlyFor', 'onlyWhen', 'optional', 'price', 'elsewhere'],
];

const Stage = group(
  {
    stage: name([...PHASES, ...ENDS, 'plan']),
    title: text(200),
    procedure: text(),
    consent: Consent,
    closure: Work(['packs']).optional(),
    recovery: Work(['packs']).optional(),
    say: text().optional(),
  },
  LATER_IN_STAGES,
);

export const PathwayFile = group(
  {
    pathway: name(),
    version,
    title: text(200),
    uses: list(text()),
    team: list(text()),
    consultation: Work(['decisions']),
    assessment: Work(['decisions']).optional(),
    course: list(item(Stage, ['decision', 'maintenance'])),
  },
  ['areas', 'choices', 'figures', 'decisions', 'intervals', 'alongside', 'goals', 'charges', 'exits'],
);
export type PathwayFile = z.infer<typeof PathwayFile>;
