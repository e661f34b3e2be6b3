import type { EventOf } from '../../src/core/model/event.schema.ts';
import type { Action } from '../../src/core/pathway/decisions.schema.ts';
import type { FigureDefinition, FigureValue } from '../../src/core/pathway/figures.schema.ts';
import { loadPathway } from '../../src/core/pathway/pathway.ts';
import type { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import { type Step, step } from '../../src/core/plan/step.ts';
import { START, twoStages } from './decided.ts';
import { for_, type Variation } from './pathways.ts';
import { actor, RunningPlan, startOf, told } from './plan.ts';

export const days = (count: number): FigureValue => ({ kind: 'duration', lasts: for_(count, 'day') });
export const number = (count: number): FigureValue => ({ kind: 'number', number: count });

/** From one cycle to the next: 14 days, and up to 21 for whom the dermatologist sets it so. */
export const CYCLE: FigureDefinition = {
  figure: 'cycle',
  title: 'From one cycle to the next',
  is: { value: days(14) },
  adjust: { by: ['dermatologist'], from: days(14), to: days(21), when: 'start' },
  source: 'protocol',
};

/** Three levels, of which it starts at the highest. */
export const DOSE: FigureDefinition = {
  figure: 'dose',
  title: 'Dose',
  is: { levels: ['three fifths', 'four fifths', 'full'], startsAt: 'full' },
  adjust: { by: ['dermatologist'], when: 'any time', because: 'required' },
};

export const byTier = (figure: string, mild: FigureValue, severe: FigureValue): FigureDefinition => ({
  figure,
  title: `Title of ${figure}`,
  is: { choice: 'tier', values: { mild, severe } },
});

export const lower = (more: object = {}): Action[number] => ({ do: 'lower', figure: 'dose', ...more });
export const limit = (level: string, more: object = {}): Action[number] => ({
  do: 'limit',
  figure: 'dose',
  level,
  ...more,
});

type Figures = EventOf<'startPlan'>['data']['figures'];

const starting = (variation: Variation, figures: Figures, roles: readonly string[]) => {
  const compiled = twoStages(variation);
  const event = startOf(compiled, { actor: actor('starter-1', ...roles) });
  if (event.type !== 'startPlan') throw new Error('no start');
  return { compiled, event: { ...event, data: { ...event.data, ...(figures ? { figures } : {}) } } };
};

/** The first step of a plan that somebody starts with figures of its own. */
export function startedWith(variation: Variation, figures: Figures, roles = ['dermatologist']): Step {
  const { compiled, event } = starting(variation, figures, roles);
  return step(loadPathway(compiled), undefined, event, START);
}

/** The plan, with a state that it has come to somehow. */
export function planAt(variation: Variation, figures: Figures, more: Partial<PlanState> = {}): RunningPlan {
  const { compiled } = starting(variation, figures, []);
  const plan = new RunningPlan(compiled, START);
  const first = startedWith(variation, figures);
  plan.steps.splice(0, 1, told({ ...first, state: { ...first.state, ...more } }));
  return plan;
}
