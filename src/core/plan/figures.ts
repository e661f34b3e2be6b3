import type { Duration } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { isAtMost, isSameValue, standardsOf } from '../pathway/figure-values.ts';
import type { FigureDefinition, FigureReference, FigureValue, Length } from '../pathway/figures.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Interval, IntervalRule } from '../pathway/rules.schema.ts';
import { chosenOf } from './choices.ts';
import type { PlanState } from './plan-state.schema.ts';

/**
 * What the figures of a pathway say of one patient: what was set for the plan, else what belongs to the choice that was
 * made, else what the file says. While that choice is not made, whatever rests on the figure counts with the strictest
 * of its values, so that nothing may be sooner, later or less often than it turns out to be.
 */

type Known = Pick<PlanState, 'figures' | 'choices'>;

/** What it may turn out to be: one value, or, before its choice is made, one of several. */
function candidatesOf({ figures, choices }: Known, definition: FigureDefinition): readonly FigureValue[] {
  const { figure, is } = definition;
  const set = Object.hasOwn(figures, figure) ? figures[figure] : undefined;
  if (set) return [set.value];
  const made = 'choice' in is ? chosenOf({ choices }, is.choice)?.value : undefined;
  const chosen =
    'choice' in is && made !== undefined && Object.hasOwn(is.values, made) ? is.values[made] : undefined;
  return chosen ? [chosen] : standardsOf(definition);
}

/** @returns undefined while its choice is not made, unless it is the same for all of them */
export function knownOf(state: Known, definition: FigureDefinition): FigureValue | undefined {
  const [first, ...others] = candidatesOf(state, definition);
  return first && others.every((other) => isSameValue(first, other)) ? first : undefined;
}

/** The least or the most that a length may turn out to be. */
function strictest(
  { pathway, state }: { readonly pathway: Pathway; readonly state: Known },
  length: Length,
  which: 'least' | 'most',
): Duration {
  if (!('figure' in length)) return length;
  const [first, ...others] = candidatesOf(state, pathway.figure(length.figure));
  const found = others.reduce((best, one) => {
    if (!best) return one;
    const isMore = which === 'most' ? isAtMost(best, one) : isAtMost(one, best);
    return isMore ? one : best;
  }, first);
  return found?.kind === 'duration' ? found.lasts : { count: 0, unit: 'day' };
}

/** How long something lasts for a plan; while that is not known, as long as it may have to. */
export const lengthFor = (pathway: Pathway, state: Known, length: Length): Duration =>
  strictest({ pathway, state }, length, 'most');

/** How long something holds good for a plan; while that is not known, no longer than it may turn out to. */
export const shortestFor = (pathway: Pathway, state: Known, length: Length): Duration =>
  strictest({ pathway, state }, length, 'least');

/** So often for a plan; while that is not known, no more often than it may turn out to be. */
export function timesFor(pathway: Pathway, state: Known, times: number | FigureReference): number {
  if (typeof times === 'number') return times;
  const numbers = candidatesOf(state, pathway.figure(times.figure)).flatMap((value) =>
    value.kind === 'number' ? [value.number] : [],
  );
  return Math.min(...numbers);
}

/** One that asks no figure is the same object for every plan. */
const isPlain = (rule: IntervalRule): rule is Interval =>
  [rule.minimum, rule.recommended?.from, rule.recommended?.to, rule.latest].every(
    (length) => length === undefined || !('figure' in length),
  );

/** An interval with its lengths for this plan. Nothing is recommended that is not known yet. */
export function intervalFor(pathway: Pathway, state: Known, rule: IntervalRule): Interval {
  if (isPlain(rule)) return rule;
  const { minimum, recommended, latest, ...more } = rule;
  const plan = { pathway, state };
  return {
    ...more,
    minimum: strictest(plan, minimum, 'most'),
    ...(recommended && isKnown(plan, recommended.from) && isKnown(plan, recommended.to)
      ? {
          recommended: {
            from: strictest(plan, recommended.from, 'least'),
            to: strictest(plan, recommended.to, 'most'),
          },
        }
      : {}),
    ...(latest ? { latest: strictest(plan, latest, 'least') } : {}),
  };
}

function isKnown(
  { pathway, state }: { readonly pathway: Pathway; readonly state: Known },
  length: Length,
): boolean {
  if (!('figure' in length)) return true;
  return knownOf(state, pathway.figure(length.figure)) !== undefined;
}

/** How often the procedure of a stage is done; while that is not known, as often as it may have to be. */
export function countOf(pathway: Pathway, state: Known, { sessions }: StageDefinition): number {
  if (typeof sessions === 'number') return sessions;
  const numbers = candidatesOf(state, pathway.figure(sessions.figure)).flatMap((value) =>
    value.kind === 'number' ? [value.number] : [],
  );
  return Math.max(1, ...numbers);
}
