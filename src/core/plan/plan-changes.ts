import type { PlanChange } from '../model/plan-change.schema.ts';
import { tailored } from '../pathway/tailored.ts';
import { isOtherwise } from './otherwise.ts';
import { reviseChoice } from './revised-choices.ts';
import { reviseFigure } from './revised-figures.ts';
import { reviseInterval } from './revised-intervals.ts';
import { addStage, skipStage } from './revised-stages.ts';
import { addTask, dropTask, reviseTask } from './revised-tasks.ts';
import { type Changed, isMade, type Made, type Problem, type Revising } from './revising.ts';
import { checkTailored } from './tailored-checks.ts';

/** What all changes of a revision make of a plan, one after another; or everything that is against any of them. */
export interface Outcome {
  readonly made: readonly Made[];
  readonly problems: readonly Problem[];
}

export function makeChanges(revising: Revising, changes: readonly PlanChange[]): Outcome {
  const made: Made[] = [];
  const problems: Problem[] = [];
  let current = revising;
  for (const change of changes) {
    const changed = makeChange(current, change);
    if (!isMade(changed)) {
      problems.push(...changed);
      continue;
    }
    made.push(changed);
    const { state } = changed;
    current = { ...current, state, pathway: tailored(current.pathway, state.overlay) };
  }
  if (problems.length > 0) return { made, problems };
  const isAsked = changes.some(({ change }) => change === 'choice');
  if (!isAsked && !isOtherwise(revising, current)) return { made, problems: [NOTHING] };
  return { made, problems: checkTailored(revising, current) };
}

const NOTHING: Problem = {
  code: 'CC2034',
  says: 'Nothing of the plan would be otherwise: it has all of this already.',
};

function makeChange(revising: Revising, change: PlanChange): Changed {
  switch (change.change) {
    case 'figure':
      return reviseFigure(revising, change);
    case 'interval':
      return reviseInterval(revising, change);
    case 'task':
      return reviseTask(revising, change);
    case 'task-dropped':
      return dropTask(revising, change);
    case 'task-added':
      return addTask(revising, change);
    case 'stage-skipped':
      return skipStage(revising, change);
    case 'stage-added':
      return addStage(revising, change);
    case 'choice':
      return reviseChoice(revising, change);
  }
}
