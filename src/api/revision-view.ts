import type { Pathway } from '../core/pathway/pathway.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';
import { momentText, whenText } from '../core/plan/revised-dues.ts';
import { objectiveNamed, targetText } from '../core/plan/revised-objectives.ts';
import { definitionOf } from '../core/plan/tasks.ts';
import type { RevisionView } from './revision-rows.schema.ts';

/** The version of the plan that runs: 1 as it began. */
export const versionOf = ({ revisions }: PlanState): number => revisions.length + 1;

/** Newest first. */
export const revisionsOf = ({ revisions }: PlanState): RevisionView[] =>
  revisions.toReversed().map(({ changes: _sent, before: _until, ...revision }) => revision);

/** What this plan has otherwise than its pathway, in words; what was set of figures stands with them. */
export function differencesOf(pathway: Pathway, { overlay }: PlanState): string[] {
  const titleOf = (stage: string): string => pathway.stage(stage)?.title ?? stage;
  const { published = pathway } = pathway;
  return [
    ...pathway.intervals.flatMap(({ rule, title }) =>
      Object.hasOwn(overlay.intervals, rule) ? [title] : [],
    ),
    ...overlay.skippedStages.map((stage) => `${titleOf(stage)}: left out`),
    ...overlay.addedStages.map(
      ({ stage, like, after }) =>
        `${titleOf(stage)} (${stage}): added after ${after}, done as ${titleOf(like)}`,
    ),
    ...overlay.addedTasks.flatMap(({ list, task }) => {
      const isStill = overlay.tasks[`${list}/${task.task}`] !== 'dropped';
      return isStill ? [`${task.title} (${list}/${task.task}): added`] : [];
    }),
    ...Object.keys(overlay.objectives).flatMap((name) => objectiveText(pathway, name)),
    ...Object.entries(overlay.tasks).flatMap(([id, own]) => taskText(published, id, own)),
  ];
}

function objectiveText(pathway: Pathway, name: string): string[] {
  const { published = pathway } = pathway;
  const [own, other] = [pathway, published].map((one) => objectiveNamed(one, name));
  if (!own || !other) return [];
  const said = ({ target, by }: typeof own): string => `${targetText(target)}, by ${momentText(by)}`;
  return [`${own.title} (${name}): ${said(own)} (pathway: ${said(other)})`];
}

type Own = PlanState['overlay']['tasks'][string];

function taskText(published: Pathway, id: string, own: Own): string[] {
  const definition = definitionOf(published, id);
  if (own === 'dropped') return definition ? [`${definition.title} (${id}): left out`] : [];
  const { when, role } = own;
  const said = [when && whenText(when), role && `by the ${role}`].filter(Boolean).join(', ');
  const before = definition && [when && whenText(definition.when), role && definition.role].filter(Boolean);
  return [`${definition?.title ?? id} (${id}): ${said}${before ? ` (pathway: ${before.join(', ')})` : ''}`];
}
