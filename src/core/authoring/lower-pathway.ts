import type { CompiledPathway } from '../pathway/compiled.schema.ts';
import type { ClinicFile } from './clinic.schema.ts';
import type { Decision } from './decision.schema.ts';
import { askedIn, STANDINGS, type Standing } from './due-anchors.ts';
import type { Report } from './issues.ts';
import { ANYWHERE, type Asker, type CourseNames, type Lead } from './lower-action.ts';
import { decisionOf, lowerAlongside, lowerMaintenance, lowerReviews } from './lower-alongside.ts';
import { lowerDecision } from './lower-decision.ts';
import { lowerExits } from './lower-exits.ts';
import { lowerOwnIntervals } from './lower-own-intervals.ts';
import { lowerStage } from './lower-stage.ts';
import { lowerTasks, type Packs } from './lower-tasks.ts';
import type { PathwayFile } from './pathway.schema.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import { checkAllKnown, checkKnown, keysOf, type RuleSetNames, type Vocabulary } from './vocabulary.ts';

/** What a pathway's own file gives to the compiled form. */
export type LoweredCourse = Pick<
  CompiledPathway,
  | 'areas'
  | 'consultation'
  | 'assessment'
  | 'decidedIn'
  | 'stages'
  | 'maintenance'
  | 'course'
  | 'alongside'
  | 'reviews'
  | 'decisions'
  | 'intervals'
  | 'exits'
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
  const stages = course.flatMap((item) => ('stage' in item ? [item] : []));
  if (stages.length === 0) report(['course'], new Refused('CC1011', 'a course has a stage', 'add `stage:`'));
  const named = (file.decisions ?? []).map(({ decision }) => decision);
  const names = { stages: stages.map(({ stage }) => stage), named };
  const place: Place = { names, leads: [], vocabulary, report };
  const work = { vocabulary, report };
  return {
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
      decidedIn: {
        consultation: (consultation.decisions ?? []).map(({ decision }) => decision),
        assessment: (assessment.decisions ?? []).map(({ decision }) => decision),
      },
      stages: course.flatMap((item, at) =>
        'stage' in item
          ? [lowerStage(item, { ...place, path: ['course', at], asker: stageAt(at), areas, packs, used })]
          : [],
      ),
      maintenance: lowerMaintenance(file, packs, work),
      course: course.map(placeIn),
      alongside: lowerAlongside(file, work),
      reviews: lowerReviews(file),
      decisions: decisionsIn(file).map(({ written, path, asker, where }) =>
        lowerDecision(written, { ...place, path, asker, where, used }),
      ),
      intervals: lowerOwnIntervals(file, used, { ...work, names }),
      exits: lowerExits(file, clinic, work),
    },
    leads: place.leads,
  };
}

function placeIn(item: PathwayFile['course'][number]): CompiledPathway['course'][number] {
  if ('stage' in item) return { kind: 'stage', name: item.stage };
  return 'decision' in item
    ? { kind: 'decision', name: item.decision }
    : { kind: 'maintenance', name: item.maintenance };
}

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
  const { consultation, assessment, course, decisions = [], alongside = [] } = file;
  const ofPhase = (phase: 'consultation' | 'assessment', all: readonly Decision[] = []): Standpoint[] =>
    all.map((written, index) => ({
      written,
      path: [phase, 'decisions', index],
      asker: { kind: 'phase', at: -1 },
      where: askedIn(STANDINGS[phase]),
    }));
  const first = course.findIndex((item) => 'stage' in item);
  return [
    ...ofPhase('consultation', consultation.decisions),
    ...ofPhase('assessment', assessment?.decisions),
    ...course.flatMap((item, at) => ofItem(item, at, first >= 0 && first < at)),
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

function ofItem(item: PathwayFile['course'][number], at: number, isAfterStage: boolean): Standpoint[] {
  const path = ['course', at];
  if ('maintenance' in item) return [];
  if (!('stage' in item)) {
    const where = isAfterStage ? STANDINGS.laterDecision : STANDINGS.firstDecision;
    return [{ written: item, path, asker: { kind: 'course decision', at }, where }];
  }
  const { reassess } = item;
  const where = askedIn(STANDINGS.afterProcedure);
  return reassess ? [{ written: reassess, path: [...path, 'reassess'], asker: stageAt(at), where }] : [];
}

/** A plan knows its stages and its decisions by their names: no two share one. */
function checkNames(file: PathwayFile, report: Report): void {
  const stages = file.course.flatMap((item, at) => {
    const { kind, name } = placeIn(item);
    return kind === 'decision' ? [] : [{ kind, name, path: ['course', at, kind] }];
  });
  const decisions = decisionsIn(file).map(({ written, path, key = 'decision' }) => ({
    kind: key,
    name: written.decision,
    path: [...path, key],
  }));
  const seen = new Map<string, string>();
  for (const { kind, name, path } of [...stages, ...decisions]) {
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
