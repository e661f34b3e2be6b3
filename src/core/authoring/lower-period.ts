import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { Length } from '../pathway/figures.schema.ts';
import { STANDINGS } from '../pathway/standings.ts';
import type { Report } from './issues.ts';
import { checkLength, type Figures } from './lower-figures.ts';
import { lowerWork, type Packs } from './lower-tasks.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import type { Stage } from './stage.schema.ts';
import type { Vocabulary } from './vocabulary.ts';

interface Place {
  readonly path: Path;
  readonly packs: Packs;
  readonly figures: Figures;
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

/** A stage that is a span of time: what is done in it is its own work, and nothing is performed. */
export function lowerPeriod(written: Stage, lasts: Length, place: Place): StageDefinition {
  const { stage, title, in: where, reassess, say } = written;
  const { path, packs, figures, vocabulary, report } = place;
  for (const key of OF_PROCEDURES)
    if (written[key] !== undefined) report([...path, key], ofProcedures(key), 'key');
  if (title === undefined) report(path, new Refused('CC1011', '`title` is missing', 'add `title:`'));
  checkLength(lasts, { path: [...path, 'lasts'], figures, report });
  const tasks = lowerWork(written, packs, { path, where: STANDINGS.period, vocabulary, report });
  if (tasks.length === 0 && packs && !reassess) report(path, NOBODY_LOOKS);
  return {
    stage,
    title: title ?? stage,
    period: { lasts, tasks },
    ...NOTHING_PERFORMED,
    ...(where ? { in: where } : {}),
    ...(reassess ? { reassess: reassess.decision } : {}),
    ...(say === undefined ? {} : { say }),
  };
}

const NOTHING_PERFORMED = {
  ...{ procedures: [], traits: [], sessions: 1, missed: 'wait' as const },
  ...{ beforeEach: [], afterEach: [], closure: [], recovery: [] },
};

const OF_PROCEDURES = [
  ...(['procedure', 'andIn', 'anaesthesia', 'elsewhere', 'consent', 'sessions', 'spacing'] as const),
  ...(['missed', 'untilWhen', 'beforeEach', 'afterEach', 'prep', 'closure', 'recovery', 'with'] as const),
];

const ofProcedures = (key: string): Refused =>
  new Refused(
    'CC1140',
    `nothing is performed in a stage that \`lasts\`: \`${key}\` is of no use`,
    'leave it out',
  );

const NOBODY_LOOKS = new Refused(
  'CC1011',
  '`tasks` is missing: what is done in it, or `reassess`, what is decided at its end',
  'add `tasks:` or `reassess:`',
);

/** The work of any other stage belongs to one of its phases. */
export function onlyInPeriods(written: Stage, { path, report }: Pick<Place, 'path' | 'report'>): void {
  for (const key of ['tasks', 'packs'] as const)
    if (written[key] !== undefined) report([...path, key], OF_A_PHASE, 'key');
}

const OF_A_PHASE = new Refused(
  'CC1140',
  'the work of a stage belongs to one of its phases, unless the stage `lasts`',
  'put it under `prep`, `beforeEach`, `afterEach`, `closure` or `recovery`',
);
