import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { textOf } from '../pathway/figure-values.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { knownOf } from './figures.ts';
import { levelOf } from './levels.ts';
import type { ShownFigure } from './outcome.schema.ts';
import type { PlanState } from './plan-state.schema.ts';

/** What is shown with a stage whenever it may start: Carechart states levels, and doses nothing. */
export const figuresShown = (pathway: Pathway, state: PlanState, stage: StageDefinition): ShownFigure[] =>
  (stage.with ?? []).map((name) => shownFigure({ pathway, state }, name, stage.stage));

/** A figure as it is for this plan: of one in levels, as it is for the stage that is asked about. */
export function shownFigure(
  { pathway, state }: { readonly pathway: Pathway; readonly state: PlanState },
  name: string,
  stage?: string,
): ShownFigure {
  const definition = pathway.figure(name);
  const { figure, title, is } = definition;
  if ('levels' in is) {
    const { level, isForSession } = levelOf({ pathway, state }, name, stage);
    return { figure, title, value: level, ...(isForSession ? { for: 'this session' as const } : {}) };
  }
  const value = knownOf(state, definition);
  return { figure, title, ...(value ? { value: textOf(value) } : {}) };
}
