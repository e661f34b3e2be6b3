import type { CompiledPathway, MaintenanceDefinition } from '../pathway/compiled.schema.ts';
import { STANDINGS } from '../pathway/standings.ts';
import type { Review } from './alongside.schema.ts';
import type { Decision } from './decision.schema.ts';
import type { Report } from './issues.ts';
import { lowerTask, lowerWork, type Packs } from './lower-tasks.ts';
import type { Maintenance } from './maintenance.schema.ts';
import type { PathwayFile } from './pathway.schema.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import type { Vocabulary } from './vocabulary.ts';

interface Place {
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

/** What follows the treatment: without work, nobody would know what it is for. */
export function lowerMaintenance(
  { course }: Pick<PathwayFile, 'course'>,
  packs: Packs,
  place: Place,
): MaintenanceDefinition[] {
  const first = course.findIndex((item) => 'stage' in item);
  return course.flatMap((item, at) => {
    if (!('maintenance' in item)) return [];
    const where = first >= 0 && first < at ? STANDINGS.maintenance : STANDINGS.firstMaintenance;
    return [lowerOne(item, packs, { ...place, path: ['course', at], where })];
  });
}

function lowerOne(
  written: Maintenance,
  packs: Packs,
  place: Place & { readonly path: Path; readonly where: (typeof STANDINGS)['maintenance'] },
): MaintenanceDefinition {
  const { maintenance, title, lasts, say } = written;
  const tasks = lowerWork(written, packs, place);
  if (tasks.length === 0 && packs) place.report(place.path, NO_WORK);
  return { maintenance, title, lasts, tasks, ...(say === undefined ? {} : { say }) };
}

const NO_WORK = new Refused('CC1011', '`tasks` is missing: what is done in it', 'add `tasks:`');

/** Work of the plan as a whole. */
export const lowerAlongside = (
  { alongside = [] }: Pick<PathwayFile, 'alongside'>,
  place: Place,
): CompiledPathway['alongside'] => {
  const seen = new Set<string>();
  return alongside.flatMap((item, index) => {
    if (!('task' in item)) return [];
    const path = ['alongside', index];
    if (seen.has(item.task))
      place.report([...path, 'task'], new Refused('CC1047', `there is a task \`${item.task}\` already`));
    seen.add(item.task);
    return [lowerTask(item, { ...place, path, where: STANDINGS.alongside })];
  });
};

export const lowerReviews = ({
  alongside = [],
}: Pick<PathwayFile, 'alongside'>): CompiledPathway['reviews'] =>
  alongside.flatMap((item) => ('review' in item ? [{ review: item.review, every: item.every }] : []));

/** The decision that is asked each time. */
export const decisionOf = (
  { review, every: _every, title, ...asked }: Review,
  pathway: string,
): Decision => ({
  ...asked,
  decision: review,
  title: title ?? `Review: ${pathway}`,
});
