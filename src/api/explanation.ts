import type { Instant } from '../core/model/primitives.schema.ts';
import { placeOf } from '../core/pathway/chart.ts';
import type { StageDefinition } from '../core/pathway/compiled.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { decideGate } from '../core/plan/gate.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';
import { findingsInScope } from '../core/plan/scope.ts';
import { tableAt } from '../core/plan/tables.ts';
import { appointmentOf } from './appointment.ts';
import type { Explanation } from './plan-view.schema.ts';

/** Asks the core what the gate that the plan is at, or comes to next, would say at `now`. Changes nothing. */
export function explain(pathway: Pathway, state: PlanState, now: Instant): Explanation {
  const stage = stageAhead(pathway, state.chart);
  const findings = findingsInScope(pathway, state, now).map(({ stage: of, rule, finding }) => ({
    stage: of.stage,
    kind: rule.kind,
    ...finding,
  }));
  const told = { planId: state.planId, phase: state.chart, at: now, findings };
  if (!stage) return told;
  const isReached = state.chart === `${stage.stage}.ready`;
  const reasons = decideGate(pathway, state, stage, now);
  const gate = {
    stage: stage.stage,
    title: stage.title,
    isOpen: isReached && reasons.length === 0,
    isReached,
    before: openWorkOf(state),
    window: appointmentOf(pathway, state, stage, now),
    table: tableAt(pathway, state, stage, now)?.finding,
    reasons,
  };
  return { ...told, gate };
}

function stageAhead({ stages, stage: stageNamed, chart }: Pathway, at: string): StageDefinition | undefined {
  if (chart.isFinal(at)) return undefined;
  const { phase, stage: name } = placeOf(at);
  const current = name === undefined ? undefined : stageNamed(name);
  if (!current) return stages[0];
  const isBehind = phase === 'closure' || phase === 'recovery';
  return isBehind ? stages[stages.indexOf(current) + 1] : current;
}

/** The tasks that keep the plan in its phase. */
function openWorkOf({ tasks, chart }: PlanState) {
  return Object.entries(tasks).flatMap(([task, { belongsTo, status, title, role }]) =>
    belongsTo === chart && status === 'requested' ? [{ task, title, role }] : [],
  );
}
