import type { CompiledPathway } from '../pathway/compiled.schema.ts';
import type { Report } from './issues.ts';
import { lowerInterval } from './lower-interval.ts';
import { lowerStage } from './lower-stage.ts';
import { lowerTasks } from './lower-tasks.ts';
import type { PathwayFile } from './pathway.schema.ts';
import {
  checkAllKnown,
  checkKnown,
  checkOnce,
  keysOf,
  type RuleSetNames,
  type Vocabulary,
} from './vocabulary.ts';

/** What a pathway's own file gives to the compiled form. */
export type LoweredCourse = Pick<
  CompiledPathway,
  'areas' | 'consultation' | 'assessment' | 'stages' | 'intervals'
>;

export function lowerPathway(file: PathwayFile, vocabulary: Vocabulary, report: Report): LoweredCourse {
  const { uses, team, areas = {}, consultation, assessment, course } = file;
  const { ruleSets, roles } = vocabulary;
  checkAllKnown('rule set', { names: uses, known: keysOf(ruleSets), path: ['uses'] }, report);
  checkAllKnown('role', { names: team, known: roles, path: ['team'] }, report);
  checkOnce('stage', { names: course.map(({ stage }) => stage), path: ['course'], key: 'stage' }, report);
  checkAreas(areas, vocabulary, report);
  const used = usedSets(file, vocabulary);
  return {
    areas,
    consultation: lowerTasks(consultation.tasks, {
      path: ['consultation', 'tasks'],
      anchors: ['plan start', 'consultation'],
      vocabulary,
      report,
    }),
    assessment: lowerTasks(assessment?.tasks ?? [], {
      path: ['assessment', 'tasks'],
      anchors: ['plan start', 'consultation', 'assessment'],
      vocabulary,
      report,
    }),
    stages: course.map((stage, index) =>
      lowerStage(stage, { path: ['course', index], areas, used, vocabulary, report }),
    ),
    intervals: lowerOwnIntervals(file, used, { vocabulary, report }),
  };
}

/** @returns undefined while one of them is missing or cannot be read: the names that it gives are not known */
function usedSets({ uses }: PathwayFile, { ruleSets }: Vocabulary): readonly RuleSetNames[] | undefined {
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

/** Between the stages of this pathway: rules that bear its name and its version. */
function lowerOwnIntervals(
  { pathway, version, title: ownTitle, intervals = [], course }: PathwayFile,
  used: readonly RuleSetNames[] | undefined,
  { vocabulary, report }: { readonly vocabulary: Vocabulary; readonly report: Report },
): CompiledPathway['intervals'] {
  const stages = course.map(({ stage }) => stage);
  const citations = used && new Map(used.flatMap(({ sources }) => [...sources]));
  return intervals.flatMap((written, index) => {
    const path = ['intervals', index];
    const { interval, title = interval, source } = written;
    if (source !== undefined) {
      const known = keysOf(citations);
      checkKnown('source', { name: source, known, path: [...path, 'source'] }, report);
    }
    const cite = source === undefined ? ownTitle : (citations?.get(source) ?? source);
    const header = { rule: interval, ruleSet: pathway, version, title, source: cite };
    return lowerInterval(written, { path, header, vocabulary, report, stages }) ?? [];
  });
}
