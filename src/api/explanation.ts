import type { Instant } from '../core/model/primitives.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { bookedOn } from '../core/plan/booked-days.ts';
import { lookAtGate, lookAtPrepGate } from '../core/plan/gate.ts';
import { type Line, viewAlong } from '../core/plan/lines.ts';
import type { Reason } from '../core/plan/outcome.schema.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';
import { findingsInScope } from '../core/plan/scope.ts';
import { sessionDecisionsOpen } from '../core/plan/session-decisions.ts';
import { tableAt } from '../core/plan/tables.ts';
import { openWorkOf } from '../core/plan/tasks.ts';
import { waitingReasons } from '../core/plan/waiting-track.ts';
import { appointmentOf } from './appointment.ts';
import { type Gate, nextGate } from './next-gate.ts';
import type { Explanation } from './plan-view.schema.ts';

/**
 * Asks the core what the gate that the plan is at, or comes to next, would say at `now`; along its main course, and along
 * each track beside it. Changes nothing.
 */
export function explain(pathway: Pathway, state: PlanState, now: Instant): Explanation {
  const tracks = pathway.tracks.map(({ track, title }) => ({
    track,
    title,
    ...explainLine(pathway, state, { line: track, now }),
  }));
  return { planId: state.planId, at: now, ...explainLine(pathway, state, { line: undefined, now }), tracks };
}

type ExplainedLine = Pick<Explanation, 'phase' | 'findings' | 'gate'>;

function explainLine(
  whole: Pathway,
  plan: PlanState,
  { line, now }: { readonly line: Line; readonly now: Instant },
): ExplainedLine {
  const { pathway, state } = viewAlong(whole, plan, line);
  const findings = findingsInScope(pathway, state, now).map(({ stage: of, rule, finding }) => ({
    stage: of.stage,
    kind: rule.kind,
    ...finding,
  }));
  const told = { phase: state.chart, findings };
  const next = nextGate({ line, pathway, state });
  if (!next) return told;
  const { stage, of, isReached } = next;
  const inHand = { line, pathway: whole, whole: plan, seen: state };
  const waiting = waitingReasons({ pathway, state, now, inHand });
  const reasons = [...waiting, ...reasonsAt(pathway, state, next, now)];
  const gate = {
    stage: stage.stage,
    of,
    title: stage.title,
    isOpen: isReached && reasons.length === 0,
    isReached,
    bookedOn: bookedOn(state, stage.stage),
    before: openWorkOf(state).map(([task, { title, role }]) => ({ task, title, role })),
    undecided: undecidedIn(pathway, state),
    window: appointmentOf(pathway, state, stage, now),
    table: of === 'procedure' ? tableAt(pathway, state, stage, now)?.finding : undefined,
    reasons,
  };
  return { ...told, gate };
}

const reasonsAt = (pathway: Pathway, state: PlanState, { stage, of }: Gate, now: Instant): Reason[] => {
  const look = of === 'prep' ? lookAtPrepGate : lookAtGate;
  return [...look(pathway, state, stage, now).reasons];
};

function undecidedIn(pathway: Pathway, state: PlanState) {
  const { chart, questions } = state;
  const decisions = new Set([
    ...pathway.decisionsOf(chart).map(({ decision }) => decision),
    ...sessionDecisionsOpen(pathway, state).map(({ decision }) => decision),
  ]);
  return Object.entries(questions).flatMap(([question, { decision, answer, title, roles }]) =>
    decision !== undefined && answer === undefined && decisions.has(decision)
      ? [{ question, title, roles }]
      : [],
  );
}
