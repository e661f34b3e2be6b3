import type { StageDefinition } from '../../src/core/pathway/compiled.schema.ts';
import type { LoweredCondition } from '../../src/core/pathway/facts.schema.ts';
import type { TaskDefinition } from '../../src/core/pathway/work.schema.ts';
import { decisionOf, GO, planWith } from './decided.ts';
import { factOf, for_, leaf, stageOf, taskOf, type Variation } from './pathways.ts';
import type { RunningPlan } from './plan.ts';

/** A stage that is a span of time: eight weeks, unless it says otherwise. */
export const periodOf = (
  stage: string,
  { tasks = [], lasts = for_(8, 'week'), ...more }: Partial<StageDefinition> & Period = {},
): StageDefinition => {
  const { consent: _nobodyConsents, ...plain } = stageOf(stage, { procedures: [], ...more });
  return { ...plain, period: { lasts, tasks } };
};

type Period = Partial<NonNullable<StageDefinition['period']>>;

export const look = taskOf('look', { due: { to: for_(14, 'day'), after: 'stage' } });

/** Watched for eight weeks, then operated on: at the end of the watch somebody decides. */
export const watched = (
  { tasks = [look], ...more }: { readonly tasks?: TaskDefinition[] } & Partial<StageDefinition> = {},
  variation: Variation = {},
): RunningPlan =>
  planWith({
    stages: [periodOf('watch', { tasks, reassess: 'enough', ...more }), stageOf('operation')],
    decisions: [
      decisionOf('enough', {
        outcomes: {
          operate: GO,
          'watch-on': [{ do: 'again', atMost: 'no limit' }],
          'once-more': [{ do: 'again', atMost: 1 }, { do: 'go' }],
          leave: [{ do: 'next stage' }],
        },
      }),
    ],
    ...variation,
  });

/** The day on which the watch of eight weeks that began on 2 March 2026 is over, as it begins: in the clinic's zone. */
export const OVER = '2026-04-28T04:00:00.000Z';

export const SWELLING = factOf('swelling', { kind: 'yes or no' });
export const IS_SWOLLEN: LoweredCondition = { all: [leaf('swelling', 'equal', true)] };
export const swelling = (value: boolean) => [{ fact: 'swelling', value }];
