import type { CompiledPathway } from '../pathway/compiled.schema.ts';
import type { DecisionDefinition } from '../pathway/decisions.schema.ts';
import { askedIn, STANDINGS, type Standing } from '../pathway/standings.ts';
import type { ClinicFile } from './clinic.schema.ts';
import { isStage, itemsIn, type PlacedItem, stagesIn, tracksIn } from './course-items.ts';
import type { Decision } from './decision.schema.ts';
import type { Report } from './issues.ts';
import { ANYWHERE, type Asker, type CourseNames, type Lead } from './lower-action.ts';
import { decisionOf, lowerAlongside, lowerMaintenance, lowerReviews } from './lower-alongside.ts';
import { lowerChoices } from './lower-choices.ts';
import { type DecisionPlace, lowerDecision } from './lower-decision.ts';
import { lowerExits } from './lower-exits.ts';
import { type Figures, lowerFigures } from './lower-figures.ts';
import { courseOf, lowerOptional, type OptionalPlace, orNot, placeIn } from './lower-optional.ts';
import { citing, lowerOwnIntervals } from './lower-own-intervals.ts';
import { lowerStage } from './lower-stage.ts';
import { lowerTasks, type Packs } from './lower-tasks.ts';
import { checkTracks, lowerTracks } from './lower-tracks.ts';
import type { PathwayFile } from './pathway.schema.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import type { Stage } from './stage.schema.ts';
import { checkAllKnown, checkKnown, keysOf, type RuleSetNames, type Vocabulary } from './vocabulary.ts';

/** What a pathway's own file gives to the compiled form. */
export type LoweredCourse = Pick<
  CompiledPathway,
  | 'areas'
  | 'consultation'
  | 'assessment'
  | 'decidedIn'
  | 'choices'
  | 'stages'
  | 'maintenance'
  | 'course'
  | 'tracks'
  | 'alongside'
  | 'reviews'
  | 'decisions'
  | 'intervals'
  | 'exits'
  | 'figures'
>;

export interface LoweredPathway {
  readonly course: LoweredCourse;
  /** Every step that any outcome leads to. */
  readonly leads: readonly Lead[];
}

/** What a pathway may use beside its rule sets. */
export interface Beside {
  readonly clinic: ClinicFile | undefined;
  readonly packs: Packs;
}

interface Place {
  readonly names: CourseNames;
  readonly leads: Lead[];
  readonly figures: Figures;
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

export function lowerPathway(
  file: PathwayFile,
  { clinic, packs }: Beside,
  { vocabulary, report }: { readonly vocabulary: Vocabulary; readonly report: Report },
): LoweredPathway {
  const { uses, team, areas = {}, consultation, assessment = {}, course } = file;
  const { ruleSets, roles } = vocabulary;
  checkAllKnown('rule set', { names: uses, known: keysOf(ruleSets), path: ['uses'] }, report);
  checkAllKnown('role', { names: team, known: roles, path: ['team'] }, report);
  checkAreas(areas, vocabulary, report);
  checkNames(file, report);
  const used = usedSets(file, vocabulary);
  const stages = stagesIn(file);
  const tracks = tracksIn(file);
  if (!course.some(isStage))
    report(['course'], new Refused('CC1011', 'a course has a stage', 'add `stage:`'));
  const named = (file.decisions ?? []).map(({ decision }) => decision);
  const choices = file.choices ?? [];
  const names = {
    stages: stages.map(({ item }) => item.stage),
    named,
    tracks: tracks.map(({ track }) => track),
    choices: choices.map(({ choice }) => choice),
  };
  const work = { vocabulary, report };
  const citationOf = citing(used, report);
  const figures = lowerFigures(file.figures ?? [], { ...work, citationOf, choices: choicesIn(file) });
  const place: Place = { ...work, names, leads: [], figures };
  const within = clinic?.waits.choice ?? UNREAD;
  const chosen = lowerChoices(choices, { ...place, used, within });
  const lowered = {
    course: {
      areas,
      consultation: lowerTasks(consultation.tasks ?? [], {
        ...work,
        path: ['consultation', 'tasks'],
        where: STANDINGS.consultation,
      }),
      assessment: lowerTasks(assessment.tasks ?? [], {
        ...work,
        path: ['assessment', 'tasks'],
        where: STANDINGS.assessment,
      }),
      decidedIn: decidedIn(file, chosen.decidedIn),
      choices: chosen.choices,
      stages: stages.map(({ item, path, at }) =>
        lowerStage(item, { ...place, path, asker: stageAt(at), areas, packs, used }),
      ),
      maintenance: lowerMaintenance(file, packs, work),
      course: courseOf(course),
      tracks: lowerTracks(tracks, vocabulary),
      alongside: lowerAlongside(file, work),
      reviews: lowerReviews(file),
      decisions: [
        ...chosen.decisions,
        ...lowerDecisions(file, { ...place, used }),
        ...lowerQuestions(file, { ...work, within }),
      ],
      intervals: lowerOwnIntervals(file, used, { ...work, names, figures }),
      exits: lowerExits(file, clinic, work),
      figures: [...figures.values()].flatMap((figure) => figure ?? []),
    },
    leads: place.leads,
  };
  checkTracks(file, place);
  return lowered;
}

/** What a phase does not end without: its own decisions, and the choices that are made in it. */
const decidedIn = (
  { consultation, assessment }: PathwayFile,
  chosen: CompiledPathway['decidedIn'],
): CompiledPathway['decidedIn'] => ({
  consultation: [...namesOf(consultation.decisions), ...chosen.consultation],
  assessment: [...namesOf(assessment?.decisions), ...chosen.assessment],
});

const namesOf = (decisions: readonly Decision[] = []): string[] => decisions.map(({ decision }) => decision);

const lowerDecisions = (
  file: PathwayFile,
  place: Omit<DecisionPlace, 'path' | 'asker' | 'where'>,
): DecisionDefinition[] =>
  decisionsIn(file).map(({ written, path, asker, where }) =>
    lowerDecision(written, { ...place, path, asker, where }),
  );

/** Whether each of the stages is done that may be left out. */
const lowerQuestions = (file: PathwayFile, place: Omit<OptionalPlace, 'path'>): DecisionDefinition[] =>
  stagesIn(file).flatMap(({ item, path }) => lowerOptional(item, { ...place, path }));

/** Nothing is compiled of a clinic that cannot be read. */
const UNREAD = { count: 1, unit: 'day' } as const;
/** Of each choice, the names of its values. */
const choicesIn = ({ choices = [] }: PathwayFile): ReadonlyMap<string, readonly string[]> =>
  new Map(choices.map(({ choice, values }) => [choice, Object.keys(values)]));
const stageAt = (at: number): Asker => ({ kind: 'stage', at });

interface Standpoint {
  readonly written: Decision;
  readonly path: Path;
  /** Under which its name stands; absent: `decision`. */
  readonly key?: 'review';
  readonly asker: Asker;
  readonly where: Standing;
}

/** Every decision of the file, where it stands. */
export function decisionsIn(file: PathwayFile): Standpoint[] {
  const { consultation, assessment, decisions = [], alongside = [] } = file;
  const ofPhase = (phase: 'consultation' | 'assessment', all: readonly Decision[] = []): Standpoint[] =>
    all.map((written, index) => ({
      written,
      path: [phase, 'decisions', index],
      asker: { kind: 'phase', at: -1 },
      where: askedIn(STANDINGS[phase]),
    }));
  return [
    ...ofPhase('consultation', consultation.decisions),
    ...ofPhase('assessment', assessment?.decisions),
    ...itemsIn(file).flatMap(ofItem),
    ...decisions.map(
      (written, index): Standpoint => ({
        written,
        path: ['decisions', index],
        asker: { kind: 'named decision', decision: written.decision },
        where: STANDINGS.namedDecision,
      }),
    ),
    ...alongside.flatMap((item, index): Standpoint[] =>
      'review' in item
        ? [
            {
              written: decisionOf(item, file.title),
              path: ['alongside', index],
              key: 'review',
              asker: { kind: 'review', at: ANYWHERE },
              where: STANDINGS.review,
            },
          ]
        : [],
    ),
  ];
}

function ofItem({ item, path, at, isAfterStage }: PlacedItem): Standpoint[] {
  if ('maintenance' in item) return [];
  if (!isStage(item)) {
    const where = isAfterStage ? STANDINGS.laterDecision : STANDINGS.firstDecision;
    return [{ written: item, path, asker: { kind: 'course decision', at }, where }];
  }
  return ofStage(item, path).map((one) => ({ ...one, asker: stageAt(at) }));
}

/** Around its sessions, and at its end. */
function ofStage({ beforeEach, afterEach, sessions, reassess }: Stage, path: Path) {
  const before = beforeEach?.decision;
  const after = afterEach?.decision;
  const ahead = askedIn(STANDINGS.beforeProcedure);
  const where = askedIn(STANDINGS.afterProcedure);
  const between = (sessions?.list ?? []).flatMap((item, index) =>
    'decision' in item ? [{ written: item, path: [...path, 'sessions', index], where }] : [],
  );
  return [
    ...(before && 'decision' in before
      ? [{ written: before, path: [...path, 'beforeEach', 'decision'], where: ahead }]
      : []),
    ...between,
    ...(after ? [{ written: after, path: [...path, 'afterEach', 'decision'], where }] : []),
    ...(reassess ? [{ written: reassess, path: [...path, 'reassess'], where }] : []),
  ];
}

/** A plan knows its stages, their sessions, its decisions and its choices by their names: no two share one. */
function checkNames(file: PathwayFile, report: Report): void {
  const stages = itemsIn(file).flatMap(({ item, path }) => {
    const { kind, name } = placeIn(item);
    return kind === 'decision' ? [] : [{ kind, name, path: [...path, kind] }];
  });
  const decisions = decisionsIn(file).map(({ written, path, key = 'decision' }) => ({
    kind: key,
    name: written.decision,
    path: [...path, key],
  }));
  const sessions = stagesIn(file).flatMap(({ item, path }) =>
    (item.sessions?.list ?? []).flatMap((one, index) =>
      'session' in one
        ? [{ kind: 'session', name: one.session, path: [...path, 'sessions', index, 'session'] }]
        : [],
    ),
  );
  const choices = (file.choices ?? []).map(({ choice }, index) => ({
    kind: 'choice',
    name: choice,
    path: ['choices', index, 'choice'],
  }));
  const questions = stagesIn(file).flatMap(({ item, path }) =>
    item.optional ? [{ kind: 'decision', name: orNot(item.stage), path: [...path, 'optional'] }] : [],
  );
  const seen = new Map<string, string>();
  for (const { kind, name, path } of [...stages, ...decisions, ...choices, ...questions, ...sessions]) {
    const taken = seen.get(name);
    if (taken !== undefined) report(path, new Refused('CC1047', `there is a ${taken} \`${name}\` already`));
    else seen.set(name, kind);
  }
}

/** @returns undefined while one of them is missing or cannot be read: the names that it gives are not known */
export function usedSets(
  { uses }: Pick<PathwayFile, 'uses'>,
  { ruleSets }: Vocabulary,
): readonly RuleSetNames[] | undefined {
  const found = uses.flatMap((name) => ruleSets?.get(name) ?? []);
  return found.length === uses.length ? found : undefined;
}

function checkAreas(areas: CompiledPathway['areas'], { sites }: Vocabulary, report: Report): void {
  for (const [role, choice] of Object.entries(areas)) {
    for (const name of choice?.sites ?? []) {
      checkKnown('area', { name, known: sites, path: ['areas', role] }, report);
    }
  }
}
