import type { Adherence } from '../../src/core/model/event.schema.ts';
import type { CareDefinition } from '../../src/core/pathway/care.schema.ts';
import type { Contraindication } from '../../src/core/pathway/rules.schema.ts';
import { planWith } from './decided.ts';
import { contraindication, factOf, for_, leaf, type Variation } from './pathways.ts';
import { eventOf, patient, type RunningPlan, type ToldStep } from './plan.ts';

export const noonOf = (day: string): string => `${day}T16:00:00.000Z`;

/** Cream from the first session to the end of the plan, unless it says otherwise. */
export const careOf = (care: string, more: Partial<CareDefinition> = {}): CareDefinition => ({
  care,
  belongsTo: 'course',
  title: `Title of ${care}`,
  from: { by: for_(0, 'day'), after: 'first session' },
  morning: [{ text: 'cream' }],
  evening: [],
  weekly: [],
  setback: { after: 2, ask: 'nurse', within: for_(3, 'working day') },
  say: `Say of ${care}`,
  ...more,
});

/** Stops home care, and no procedure, while the skin is irritated by 2 grades or more. */
export const irritated = (more: Partial<Contraindication> = {}): Contraindication =>
  contraindication(
    'irritated',
    { all: [leaf('irritation', 'greaterThanInclusive', 2)] },
    { stops: ['care'], ifUnknown: 'accept', say: 'Let your skin rest.', ...more },
  );

export const IRRITATION = factOf(
  'irritation',
  { kind: 'grade', from: 0, to: 4 },
  { goodFor: for_(7, 'day') },
);

export const planWithCare = (care: CareDefinition[] = [careOf('home')], more: Variation = {}): RunningPlan =>
  planWith({ care, facts: [IRRITATION], rules: [irritated()], ...more });

/** The same, with its first session given on 9 March. */
export function underCare(care?: CareDefinition[], more: Variation = {}): RunningPlan {
  const plan = planWithCare(care, more);
  plan.report('first', '2026-03-09', noonOf('2026-03-09'));
  return plan;
}

export const irritate = (plan: RunningPlan, grade: number, day: string): ToldStep =>
  plan.observe([{ fact: 'irritation', value: grade, observedAt: noonOf(day) }], noonOf(day));

export function kept(
  plan: RunningPlan,
  done: Adherence,
  days: { readonly from: string; readonly to?: string; readonly at?: string },
): ToldStep {
  const { from, to, at = to ?? from } = days;
  const data = { care: 'home', from, done, ...(to === undefined ? {} : { to }) };
  const id = `kept-${plan.steps.length}`;
  return plan.send(eventOf('adherence.recorded', data, { id, actor: patient }), noonOf(at));
}

/** What the patient was told in a step. */
export const heard = ({ effects }: ToldStep): string[] =>
  effects.filter(({ role }) => role === 'patient').map(({ subject, says }) => `${subject}: ${says}`);
