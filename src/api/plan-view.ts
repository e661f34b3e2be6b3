import type { Instant } from '../core/model/primitives.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { type PlanState, PlanStatus } from '../core/plan/plan-state.schema.ts';
import type { PlanRow } from '../store/plans.ts';
import { factsOf } from './facts-view.ts';
import type { PlanSummary, PlanView } from './plan-view.schema.ts';
import { alertsOf, holdsOf, overridesOf, questionsOf, releasesOf } from './steering-view.ts';

export function viewOf(pathway: Pathway, state: PlanState, now: Instant): PlanView {
  const { planId, patient, status, chart, startedAt, escalation, areas, consents } = state;
  const { performed, past, historyKnownAt, sequence } = state;
  return {
    planId,
    patient,
    pathway: { ...state.pathway, title: pathway.title },
    status,
    phase: chart,
    since: sinceOf(state),
    startedAt,
    timeZone: pathway.zone,
    escalation,
    areas,
    observations: factsOf(pathway, state, now),
    alerts: alertsOf(pathway, state),
    holds: holdsOf(state),
    releases: releasesOf(state),
    overrides: overridesOf(pathway, state),
    questions: questionsOf(state),
    tasks: tasksOf(state),
    waits: waitsOf(state),
    consents,
    performed,
    past,
    historyKnownAt,
    sequence,
    wakeAt: state.wake.at,
  };
}

const sinceOf = ({ enteredAt, chart, startedAt }: PlanState): Instant => enteredAt[chart] ?? startedAt;

function tasksOf({ tasks, waits }: PlanState): PlanView['tasks'] {
  return Object.entries(tasks).map(([id, { title, role, status, completedAt, from }]) => ({
    id,
    title,
    role,
    status,
    completedAt,
    from,
    dueAt: waits[`task/${id}`]?.dueAt,
  }));
}

function waitsOf({ waits }: PlanState): PlanView['waits'] {
  const views = Object.entries(waits).map(([id, { kind, title, owner, dueAt, nextAt, rung }]) => ({
    id,
    kind,
    title,
    owner,
    dueAt,
    nextAt,
    rung,
  }));
  return views.sort((one, other) => one.dueAt.localeCompare(other.dueAt) || one.id.localeCompare(other.id));
}

export function summaryOf(state: PlanState): PlanSummary {
  const { planId, patient, pathway, status, chart, escalation, holds, startedAt } = state;
  return {
    planId,
    patient,
    pathway: pathway.id,
    version: pathway.version,
    status,
    phase: chart,
    phaseSince: sinceOf(state),
    nextDueAt: waitsOf(state)[0]?.dueAt ?? null,
    escalation,
    holds: Object.keys(holds),
    startedAt,
  };
}

export const summaryOfRow = (row: PlanRow): PlanSummary => ({
  ...row,
  status: PlanStatus.parse(row.status),
  holds: [...row.holds],
});
