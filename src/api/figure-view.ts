import type { FigureDefinition } from '../core/pathway/figures.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { lastingOf } from '../core/plan/levels.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';
import { allowedText } from '../core/plan/set-figures.ts';
import { shownFigure } from '../core/plan/shown-figures.ts';
import type { FigureView } from './course-rows.schema.ts';

/** What the figures of a pathway are for this patient. */
export const figuresOf = (pathway: Pathway, state: PlanState): FigureView[] =>
  pathway.figures.map((definition) => {
    const { figure, is, source } = definition;
    const shown = shownFigure({ pathway, state }, figure);
    return {
      ...shown,
      ...(shown.for ? { lasting: lastingOf({ pathway, state }, figure) } : {}),
      ...('levels' in is ? { levels: is.levels, ...limitOf(state, figure) } : {}),
      ...setOf(state, figure),
      ...adjustOf(definition),
      ...(source === undefined ? {} : { source }),
    };
  });

function limitOf({ levels }: PlanState, figure: string): Pick<FigureView, 'limit'> {
  const { limit } = (Object.hasOwn(levels, figure) ? levels[figure] : undefined) ?? {};
  return limit === undefined ? {} : { limit };
}

function setOf({ figures }: PlanState, figure: string): Pick<FigureView, 'set'> {
  const set = Object.hasOwn(figures, figure) ? figures[figure] : undefined;
  if (!set) return {};
  const { by, at, because } = set;
  return { set: { by, at, ...(because === undefined ? {} : { because }) } };
}

function adjustOf(definition: FigureDefinition): Pick<FigureView, 'adjust'> {
  const { adjust } = definition;
  if (!adjust) return {};
  const { by, when, because } = adjust;
  return { adjust: { by, when, to: allowedText(definition), ...(because ? { because } : {}) } };
}
