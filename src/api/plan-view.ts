import type { Instant } from '../core/model/primitives.schema.ts';
import type { Pathway } from '../core/pathway/pathway.ts';
import { readerOf } from '../core/plan/facts.ts';
import { type PlanState, PlanStatus } from '../core/plan/plan-state.schema.ts';
import type { PlanRow } from '../store/plans.ts';
import type { PlanSummary, PlanView } from './plan-view.schema.ts';

export function viewOf(pathway: Pathway, state: PlanState, now: Instant): PlanView {
  const { planId, patient, status, chart, startedAt, escalation, consents, performed, sequence } = state;
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
    tasks: tasksOf(state),
    holds: Object.entries(state.holds).map(([id, { rule, stage, response, raisedAt, finding }]) => {
      const { title, result, evidence, clears } = finding;
      return { id, rule, stage, response, since: raisedAt, title, result, evidence, clears };
    }),
    waits: waitsOf(state),
    consents,
    performed,
    observations: observationsOf(pathway, state, now),
    sequence,
    wakeAt: state.wake.at,
  };
}

const sinceOf = ({ enteredAt, chart, startedAt }: PlanState): Instant => enteredAt[chart] ?? startedAt;

function tasksOf({ tasks, waits }: PlanState): PlanView['tasks'] {
  return Object.entries(tasks).map(([id, { title, role, status, completedAt, from }]) => {
    const dueAt = waits[`task/${id}`]?.dueAt;
    return {
      id,
      title,
      role,
      status,
      ...(completedAt === undefined ? {} : { completedAt }),
      ...(from === undefined ? {} : { from }),
      ...(dueAt === undefined ? {} : { dueAt }),
    };
  });
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

/** Read as the rules read them. */
function observationsOf(pathway: Pathway, state: PlanState, now: Instant): PlanView['observations'] {
  const reader = readerOf(pathway, state, now);
  return Object.keys(state.observations).map((fact) => {
    const reading = reader.read(fact);
    const title = pathway.fact(fact)?.title ?? fact;
    return { fact, title, ...reading.provenance, ...(reading.known ? {} : { cause: reading.cause }) };
  });
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
