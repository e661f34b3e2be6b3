import type { Instant } from '../model/primitives.schema.ts';
import { homeOf, placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { earliest } from '../rules/condition.ts';
import { alertEdges } from './alerts.ts';
import { careEdges } from './care.ts';
import { careHoldEdges } from './care-holds.ts';
import { chargeEdges } from './charges.ts';
import { consentExpiries } from './consent.ts';
import { decisionEdges } from './decisions.ts';
import { delayEdges } from './delays.ts';
import type { Counted } from './due-anchors.ts';
import { exitEdges } from './exits.ts';
import { intervalEdges } from './intervals.ts';
import { choiceEdges } from './keep-choices.ts';
import { objectiveEdges } from './keep-objectives.ts';
import { taskEdges } from './keep-tasks.ts';
import { lastingEdges } from './lasting.ts';
import { linesOf, viewAlong } from './lines.ts';
import { stageNow } from './listed-sessions.ts';
import { appointmentEdges } from './missed.ts';
import { overrideEnds } from './overrides.ts';
import type { PlanState } from './plan-state.schema.ts';
import { reviewEdges } from './reviews.ts';
import { isCourseOver } from './running-tracks.ts';
import { findingsInScope } from './scope.ts';
import { seriesEdges } from './sessions.ts';
import { stageNeedEdges } from './stage-needs.ts';
import { tableAt } from './tables.ts';
import { rungsAhead } from './waits.ts';

/** The earliest instant at which time alone changes anything: a rung, a fact going stale, a window, a consent's end. */
export const wakeAt = (pathway: Pathway, state: PlanState, now: Instant): Instant | undefined =>
  earliest([
    ...rungsAhead(state),
    ...alertEdges({ pathway, state, now }),
    ...careEdges({ pathway, state, now }),
    ...careHoldEdges({ pathway, state, now }),
    ...objectiveEdges({ pathway, state, now }),
    ...chargeEdges({ pathway, state }),
    ...courseEdges({ ...viewAlong(pathway, state, undefined), now }),
    ...linesOf(pathway).flatMap((line) => {
      const seen = viewAlong(pathway, state, line);
      // A track that has not begun by then never does: what is booked for it is for people to move.
      return edgesOf({ ...seen, now }, isCourseOver(pathway, state));
    }),
  ]);

/** Of the plan as a whole: what is asked for along its main course. */
const courseEdges = (plan: Counted): Instant[] => [
  ...choiceEdges(plan),
  ...(plan.pathway.chart.isFinal(homeOf(plan.state)) ? [] : reviewEdges(plan)),
];

/** Along one line. */
function edgesOf(plan: Counted, isOver: boolean): (Instant | undefined)[] {
  const { pathway, state, now } = plan;
  const edges = [...decisionEdges(plan), ...taskEdges(plan), ...exitEdges(plan)];
  if (isOver || pathway.chart.isFinal(homeOf(state))) return edges;
  const stage = stageNow(pathway, state, placeOf(state.chart).stage);
  return [
    ...findingsInScope(pathway, state, now).map(({ finding }) => finding.validUntil),
    ...overrideEnds(plan),
    ...edges,
    ...delayEdges(plan),
    ...lastingEdges(plan),
    ...stageNeedEdges(plan),
    ...(stage ? consentExpiries(pathway, state, stage, now) : []),
    ...intervalEdges(pathway, state, now),
    ...appointmentEdges(pathway, state).filter((at) => at > now),
    ...seriesEdges(plan),
    ...(stage ? [tableAt(pathway, state, stage, now)?.finding.validUntil] : []),
  ];
}
