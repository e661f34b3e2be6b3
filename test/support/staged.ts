import type { PastProcedure } from '../../src/core/model/event.schema.ts';
import type { Instant, LocalDate } from '../../src/core/model/primitives.schema.ts';
import type { StageDefinition } from '../../src/core/pathway/compiled.schema.ts';
import type { Interval } from '../../src/core/pathway/rules.schema.ts';
import { decideIntervals, windowOf } from '../../src/core/plan/intervals.ts';
import type { Reason } from '../../src/core/plan/outcome.schema.ts';
import { atEdge, factOf, for_, intervalOf, pathwayWith, stageOf, type Variation } from './pathways.ts';
import { actor, type coordinator, eventOf, RunningPlan, refusalOf, type ToldStep } from './plan.ts';

/** Two operations in one breast or both, with time between them. */
const surgery = (stage: string, more: Partial<StageDefinition> = {}): StageDefinition =>
  stageOf(stage, {
    title: stage === 'expander' ? 'Expander placed' : 'Implant',
    procedures: [stage === 'expander' ? 'expander-placement' : 'implant-exchange'],
    traits: ['surgery'],
    in: 'treatment',
    consent: { form: `${stage}-consent`, by: 'patient', covers: 'one procedure', lasts: for_(5, 'year') },
    ...more,
  });

export const STAGES = [surgery('expander'), surgery('exchange')];
/** The second operation alone: what came before was done elsewhere. */
export const ONE_STAGE = [surgery('exchange')];

export const FACTS = [
  factOf('birthDate', { kind: 'date' }),
  factOf('radiotherapyEnded', { kind: 'date or never' }, { goodFor: for_(60, 'day') }),
  factOf('smoker', { kind: 'yes or no' }),
];

/** The same, where radiation is recorded by area. */
export const BY_AREA = FACTS.map((fact) =>
  fact.fact === 'radiotherapyEnded' ? { ...fact, byArea: true } : fact,
);

export const staged = (intervals: Interval[], more: Variation = {}) =>
  pathwayWith({
    rules: [],
    facts: FACTS,
    consultation: [],
    stages: STAGES,
    areas: { treatment: { choose: 'any', sites: ['left breast', 'right breast'] } },
    parts: [
      { area: 'breast', sides: ['left', 'right'], parts: [] },
      { area: 'abdomen', sides: [], parts: [] },
    ],
    procedures: { 'implant-elsewhere': ['surgery'], radiotherapy: [] },
    ...more,
    intervals,
  });

/** Noon or so in the zones of these tests. */
export const on = (day: LocalDate): Instant => `${day}T16:00:00.000Z`;

export const dermatologist = actor('dermatologist-1', 'dermatologist');

/** A plan that has come to the gate of its first stage. */
export const planOf = (
  intervals: Interval[],
  more: Variation & { readonly from?: LocalDate; readonly sites?: string[] } = {},
): RunningPlan => {
  const { from = '2026-01-02', sites = ['left breast'], ...variation } = more;
  return new RunningPlan(staged(intervals, variation), on(from), { treatment: sites });
};

/** Signs, starts and reports a stage on one day, as it should be. */
export function perform(plan: RunningPlan, stage: string, day: LocalDate): ToldStep {
  plan.consent(`${stage}-consent`, day, on(day));
  const answer = plan.start(stage, on(day));
  if (answer.outcome !== 'accepted') throw new Error(`not started: ${JSON.stringify(answer)}`);
  return plan.report(stage, day, on(day));
}

/** Stands at the gate of the second operation, the first one done on a day. */
export function afterExpander(
  intervals: Interval[],
  day: LocalDate,
  more: Parameters<typeof planOf>[1] = {},
): RunningPlan {
  const plan = planOf(intervals, { from: day, ...more });
  perform(plan, 'expander', day);
  plan.consent('exchange-consent', day, on(day));
  return plan;
}

export const tell = (
  plan: RunningPlan,
  procedures: PastProcedure[],
  more: { isComplete?: boolean; now?: Instant; time?: Instant } = {},
): ToldStep =>
  plan.send(
    eventOf(
      'history.recorded',
      { procedures, isComplete: more.isComplete ?? false },
      more.time === undefined ? {} : { time: more.time },
    ),
    more.now,
  );

export const decide = (
  plan: RunningPlan,
  question: string,
  more: { by?: typeof coordinator; now?: Instant; outcome?: string } = {},
): ToldStep =>
  plan.send(
    eventOf('decide', { question, outcome: more.outcome ?? 'go-on' }, { actor: more.by ?? dermatologist }),
    more.now,
  );

export const spacing = (more: Partial<Interval> = {}, from = 'end of expander-placement'): Interval =>
  intervalOf('expander-to-implant', atEdge(from), 'implant-exchange', { minimum: for_(3, 'month'), ...more });

export const reasonsOf = (plan: RunningPlan, stage: string, now: string): readonly Reason[] => {
  const answer = plan.start(stage, now);
  return answer.outcome === 'accepted' ? [] : refusalOf(answer).reasons;
};
export const findingsOf = (plan: RunningPlan, now: string, stageName = 'exchange') => {
  const stage = plan.pathway.stage(stageName);
  if (!stage) throw new Error('no stage');
  return decideIntervals(plan.pathway, plan.state, stage, now);
};
export const windowAt = (plan: RunningPlan, now: string, stageName = 'exchange') => {
  const stage = plan.pathway.stage(stageName);
  if (!stage) throw new Error('no stage');
  return windowOf(plan.pathway, plan.state, stage, now);
};
export const answersOf = (plan: RunningPlan, now: string): string[] =>
  findingsOf(plan, now).map(({ result, area }) => (area === undefined ? result : `${area} ${result}`));
