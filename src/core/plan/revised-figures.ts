import type { ChangeOf } from '../model/plan-change.schema.ts';
import { limitBelow } from './levels.ts';
import { against, type Changed, type Revising } from './revising.ts';
import { admitFigures, figuresSet } from './set-figures.ts';
import { shownFigure } from './shown-figures.ts';

/** A figure set otherwise for this patient while the plan runs; the revision's reason is the figure's. */
export function reviseFigure(
  { pathway, state, actor, now, reason }: Revising,
  { figure, value }: ChangeOf<'figure'>,
): Changed {
  const sent = { [figure]: { value, because: reason } };
  const rejection = admitFigures(sent, actor, { pathway, state, now });
  if (rejection) return [rejection];
  const { title, adjust } = pathway.figure(figure);
  if (adjust?.when === 'start') return [against(`${title} is set as a plan starts, and stays.`)];
  const set = figuresSet(pathway, sent, { by: actor.id, at: now });
  const level = set[figure]?.value;
  const limit = level?.kind === 'level' ? limitBelow({ pathway, state }, figure, level.level) : undefined;
  if (limit !== undefined)
    return [
      against(`${title} may come to ${limit} and no higher: a decision for this patient has limited it.`),
    ];
  const kept = state.levels[figure];
  const after = {
    ...state,
    figures: { ...state.figures, ...set },
    // What a decision has made of a level since the plan began is behind what is said now.
    ...(kept && level?.kind === 'level'
      ? { levels: { ...state.levels, [figure]: { ...kept, level: level.level } } }
      : {}),
  };
  const [before, from] = [state, after].map((plan) => shownFigure({ pathway, state: plan }, figure).value);
  return { state: after, says: `${title}: ${from}, not ${before ?? 'known'}` };
}
