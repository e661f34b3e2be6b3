import { textOf } from '../pathway/figure-values.ts';
import type { FigureDefinition } from '../pathway/figures.schema.ts';
import { intervalFor, knownOf } from './figures.ts';
import { lastingOf } from './levels.ts';
import { whenText } from './revised-dues.ts';
import { lengthsText } from './revised-intervals.ts';
import type { Revising } from './revising.ts';
import { definitionOf } from './tasks.ts';

/** Whether changes leave a plan otherwise than they found it: each may be as it was already, or undo another. */
export function isOtherwise(before: Revising, after: Revising): boolean {
  const tasks = [...new Set([before, after].flatMap(ownTasksOf))];
  return saysOf(before, tasks) !== saysOf(after, tasks);
}

const ownTasksOf = ({ state: { overlay } }: Revising): string[] => [
  ...Object.keys(overlay.tasks),
  ...overlay.addedTasks.map(({ list, task }) => `${list}/${task.task}`),
];

/** All of a plan that a revision can change, in words. */
function saysOf(plan: Revising, tasks: readonly string[]): string {
  const { pathway, state } = plan;
  const { skippedStages, addedStages } = state.overlay;
  return JSON.stringify([
    ...[skippedStages, addedStages],
    pathway.figures.map((figure) => figureText(plan, figure)),
    pathway.goals.map(({ objectives }) => objectives.map(({ target, by }) => [target, by])),
    pathway.intervals.map((rule) => lengthsText(intervalFor(pathway, state, rule))),
    tasks.map((id) => {
      const definition = definitionOf(pathway, id);
      return definition ? [definition.role, whenText(definition.when)] : [];
    }),
  ]);
}

/** What it is from now on: what a level is for one session passes. */
function figureText({ pathway, state }: Revising, definition: FigureDefinition): string {
  if ('levels' in definition.is) return lastingOf({ pathway, state }, definition.figure);
  const value = knownOf(state, definition);
  return value ? textOf(value) : '';
}
