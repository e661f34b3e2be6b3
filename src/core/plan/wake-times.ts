import type { Instant } from '../model/primitives.schema.ts';
import { placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { earliest } from '../rules/condition.ts';
import { alertEdges } from './alerts.ts';
import { consentExpiries } from './consent.ts';
import { decisionEdges } from './decisions.ts';
import { delayEdges } from './delays.ts';
import { exitEdges } from './exits.ts';
import { intervalEdges } from './intervals.ts';
import { taskEdges } from './keep-tasks.ts';
import { linesOf, viewAlong } from './lines.ts';
import { appointmentEdges } from './missed.ts';
import { overrideEnds } from './overrides.ts';
import type { PlanState } from './plan-state.schema.ts';
import { findingsInScope } from './scope.ts';
import { seriesEdges } from './sessions.ts';
import { tableAt } from './tables.ts';
import { rungsAhead } from './waits.ts';

/** The earliest instant at which time alone changes anything: a rung, a fact going stale, a window, a consent's end. */
export const wakeAt = (pathway: Pathway, state: PlanState, now: Instant): Instant | undefined =>
  earliest([
    ...rungsAhead(state),
    ...alertEdges({ pathway, state, now }),
    ...linesOf(pathway).flatMap((line) => {
      const seen = viewAlong(pathway, state, line);
      return edgesOf(seen.pathway, seen.state, now);
    }),
  ]);

/** Along one line. */
function edgesOf(pathway: Pathway, state: PlanState, now: Instant): (Instant | undefined)[] {
  const edges = [...decisionEdges({ pathway, state, now }), ...taskEdges({ pathway, state, now })];
  if (pathway.chart.isFinal(state.chart)) return edges;
  const stage = pathway.stage(placeOf(state.chart).stage ?? '');
  return [
    ...findingsInScope(pathway, state, now).map(({ finding }) => finding.validUntil),
    ...overrideEnds({ pathway, state, now }),
    ...edges,
    ...delayEdges({ pathway, state, now }),
    ...exitEdges({ pathway, state }),
    ...(stage ? consentExpiries(pathway, state, stage, now) : []),
    ...intervalEdges(pathway, state, now),
    ...appointmentEdges(pathway, state).filter((at) => at > now),
    ...seriesEdges({ pathway, state, now }),
    ...(stage ? [tableAt(pathway, state, stage, now)?.finding.validUntil] : []),
  ];
}
