import type { Instant } from '../core/model/primitives.schema.ts';
import { isEnd, isExit, isPrescribed, placeOf } from '../core/pathway/chart.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import type { Counted } from '../core/plan/due-anchors.ts';
import { readAt } from '../core/plan/judging.ts';
import type { Point } from '../core/plan/objective-series.ts';
import { idOf, type Sited, sitesOf, standingOf, timingOf } from '../core/plan/objectives.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';
import { targetText } from '../core/plan/revised-objectives.ts';
import type { GoalView, OutcomeView } from './goal-rows.schema.ts';

/** What the plan is for, and how far it has come. */

export const goalsOf = (pathway: Pathway, state: PlanState, now: Instant): GoalView[] =>
  pathway.goals.map(({ goal, title, say, objectives }) => {
    const { priority, barriers = [] } = state.goals[goal] ?? {};
    return {
      ...{ goal, title, say, lifecycle: lifecycleOf(state), priority },
      barriers: barriers.map((one) => ({ ...one, isOpen: state.tasks[one.task]?.status === 'requested' })),
      objectives: objectives
        .flatMap((objective) => sitesOf(pathway, state, objective))
        .map((sited) => objectiveOf({ pathway, state, now }, sited)),
    };
  });

function lifecycleOf(state: PlanState): GoalView['lifecycle'] {
  if (isPrescribed(state)) return 'planned';
  if (isEnd(state.chart)) return state.chart === 'completed' ? 'completed' : 'cancelled';
  return isExit(state.chart) ? 'on-hold' : 'active';
}

/** What was said of it last is what the plan goes by; how far it has come is worked out anew. */
function objectiveOf(plan: Counted, sited: Sited): GoalView['objectives'][number] {
  const { pathway, state, now } = plan;
  const { objective, title, measure, target } = sited.objective;
  const standing = standingOf(plan, sited);
  const { dueAt, reachedAt, baseline, latest, progress } = standing;
  const { achievement, concern } = state.objectives[idOf(sited)] ?? standing;
  const place = sited.site === undefined ? {} : { site: sited.site };
  const doubted = readAt(pathway, state, now, { fact: measure }, place).find(({ known }) => !known);
  return {
    ...{ objective, title, area: sited.site, measure, target: targetText(target) },
    ...{ dueAt, achievement, concern, reachedAt, timing: timingOf(standing), progress },
    baseline: baseline && measurementOf(baseline),
    latest: latest && measurementOf(latest),
    cause: doubted && !doubted.known ? doubted.cause : undefined,
  };
}

const measurementOf = ({ value, unit, source, observedAt }: Point) => ({ value, unit, source, observedAt });

export const outcomesOf = ({ outcomes }: PlanState): OutcomeView[] =>
  outcomes.map((one) => ({ ...one, stage: placeOf(one.belongsTo).stage }));
